import { useEffect, useState } from 'react'
import { isOnTextConsole } from '../../../shared/model/new-vm/suggest'
import { treeUrl, type DetectedTree, type InstallerKind } from '../../../shared/model/new-vm/install-tree'
import type { TreeWish } from '../../../shared/model/new-vm/wishes'
import { Button } from '../../ui/Button'
import { ComboField, type ComboOption } from '../../ui/ComboField'
import { Spinner } from '../../ui/Spinner'
import { Switch } from '../../ui/Switch'
import { TextField } from '../../ui/TextField'
import { AnswersSection } from './AnswersSection'
import { recentTrees } from './recent-trees'
import { errorAt, problemText } from './steps'
import { useWizard } from './wizard'

/** Looking asks a server, so it waits until the user rests. */
const calmMs = 600

/** A folder on a web server whose installer is started. */
export function InstallTree() {
  const { wishes, known, problems, set, clear } = useWizard()
  const tree = wishes.tree ?? {}
  const change = (more: Partial<TreeWish>): void => set({ tree: { ...tree, ...more } })
  return (
    <>
      <Address />
      <Found />
      <TextField
        label="Arguments for the kernel"
        value={tree.kernelArgs ?? ''}
        onChange={(kernelArgs) => change({ kernelArgs })}
        isMono
        hint="More for the kernel of the installer, such as ip=dhcp. Where the packages are is told by itself."
        error={errorAt(problems, 'source.kernelArgs')}
      />
      <Switch
        isSelected={isOnTextConsole(wishes)}
        onChange={(isTextConsole) => {
          // the display follows
          clear('graphics')
          change({ isTextConsole })
        }}
      >
        Install on the text console, without a display
      </Switch>
      <AnswersSection>
        <TextField
          label="File with answers"
          value={tree.answersUrl ?? ''}
          onChange={(answersUrl) => change({ answersUrl })}
          placeholder="http://192.0.2.1/answers"
          hint={answersHint(known.tree.value)}
          error={errorAt(problems, 'source.answersUrl')}
        />
      </AnswersSection>
      <p className="nv-note">
        Innkeeper fetches the kernel and puts it on the host for the first start. When the installer restarts
        the VM, it turns off: start it again then, from its disk.
      </p>
    </>
  )
}

function Address() {
  const { wishes, known, problems, set } = useWizard()
  const chosen = wishes.tree?.url ?? ''
  const [typed, setTyped] = useState<string>()
  useEffect(() => {
    if (typed === undefined) return
    const timer = setTimeout(() => {
      set({ tree: { ...wishes.tree, url: typed } })
      setTyped(undefined)
    }, calmMs)
    return () => clearTimeout(timer)
    // `set` is made anew at each drawing
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [typed, wishes.tree])
  const text = typed ?? chosen
  const { error, isLoading } = known.tree
  const wrong = chosen === '' ? undefined : treeUrl.safeParse(chosen.trim()).error?.issues[0]?.message
  return (
    <ComboField
      label="Address"
      value={text}
      onChange={(url) => {
        if (url !== text) setTyped(url)
      }}
      options={offers(known.offer.os?.name, known.offer.os?.trees ?? [], known.offer.info.architecture)}
      placeholder="https://download.example.org/linux/42/os"
      hint="The folder of a distribution that is installed from, as this computer reaches it."
      error={
        typed !== undefined || isLoading
          ? undefined
          : (wrong ?? (error && problemText(error)) ?? errorAt(problems, 'source.url', 'source'))
      }
    />
  )
}

/** What was used before, then what is known of the chosen system. */
function offers(
  name: string | undefined,
  trees: readonly { readonly url?: string; readonly arch: string }[],
  architecture: string,
): ComboOption[] {
  const recent = recentTrees()
  const known = new Set(
    trees.flatMap(({ url, arch }) => (url !== undefined && arch === architecture ? [url] : [])),
  )
  return [
    ...recent.map((id) => ({ id, hint: 'used before' })),
    ...[...known].filter((id) => !recent.includes(id)).map((id) => ({ id, hint: name })),
  ]
}

/** What lies there. */
function Found() {
  const { known, planAgain } = useWizard()
  const { value, error, isLoading, reload } = known.tree
  if (isLoading)
    return (
      <p className="nv-medium" role="status">
        <Spinner size={12} /> Looking at the address…
      </p>
    )
  if (error)
    return (
      <div className="nv-line">
        <Button
          className="button-small"
          onPress={() => {
            reload()
            planAgain()
          }}
        >
          Look again
        </Button>
      </div>
    )
  return value ? (
    <p className="nv-medium" role="status">
      {treeText(value)}
    </p>
  ) : null
}

/** "Fedora Linux 42 installer, Server, x86_64". What the tree says of itself is its own word. */
export function treeText({ os, label, variant, arch }: DetectedTree): string {
  const name = os?.name ?? (label === '' ? 'An unknown system' : `“${label}”`)
  return [`${name} installer`, variant, arch].filter((part) => part !== undefined).join(', ')
}

const answersHints: { readonly [Kind in InstallerKind]: string } = {
  anaconda: 'The address of a Kickstart file, as the VM reaches it.',
  yast: 'The address of an AutoYaST profile, as the VM reaches it.',
  debian: 'The address of a preseed file, as the VM reaches it.',
  subiquity: 'The address of a folder with user-data and meta-data, as the VM reaches it.',
  other: 'How this installer takes one is not known: write it into the arguments.',
}

function answersHint(tree: DetectedTree | undefined): string {
  return tree
    ? answersHints[tree.installer]
    : 'Kickstart, AutoYaST, preseed or autoinstall, by what is found.'
}
