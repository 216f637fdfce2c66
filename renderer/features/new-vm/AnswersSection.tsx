import { useRef, type ReactNode } from 'react'
import { answersFormatOf, takesAnswersDisc } from '../../../shared/model/new-vm/answers/format'
import { ownAnswersWords, takesDiscInTree, treeFormatOf } from '../../../shared/model/new-vm/answers/in-tree'
import { shownAnswers, type AnswersWish, type ShownAnswers } from '../../../shared/model/new-vm/answers-wish'
import type { DetectedTree } from '../../../shared/model/new-vm/install-tree'
import { takesImages } from '../../../shared/model/new-vm/cloud-wish'
import type { OsKnowledge } from '../../../shared/model/os/os'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { errorBelow } from './cloud-errors'
import { OwnAnswers } from './OwnAnswers'
import { PasswordField } from './PasswordField'
import { SshKeys } from './SshKeys'
import { errorAt } from './steps'
import { useWizard } from './wizard'

interface FormProps {
  readonly answers: ShownAnswers
  readonly put: (change: AnswersWish) => void
}

const ways = [
  { id: 'off', label: 'I answer them' },
  { id: 'form', label: 'A short form' },
  { id: 'own', label: 'My own file' },
] as const
const treeWays = [...ways, { id: 'url', label: 'A file at an address' }] as const

const ends = [
  { id: 'reboot', label: 'Start again' },
  { id: 'power-off', label: 'Shut down' },
] as const

/** Answers for the installer: on a small disc that it looks for by itself, or with its first start from the web. */
export function AnswersSection({ children }: { readonly children?: ReactNode }) {
  const { wishes, shown, known, problems, set } = useWizard()
  const section = useRef<HTMLElement>(null)
  const { os, choices } = known.offer
  const answers = shownAnswers(wishes.answers ?? {}, known.offer)
  const isTree = shown.source === 'tree'
  if (!isTree && wishes.disc === undefined) return null
  if (!isTree && os && !takesAnswersDisc(os)) return <NoDisc os={os} />
  // what only the other source offers counts as nothing
  const kind = !isTree && answers.kind === 'url' ? 'off' : answers.kind
  const put = (change: AnswersWish): void => set({ answers: { ...wishes.answers, ...change } })
  const error = errorAt(problems, 'source.answers')
  const isOnDisc = isTree ? known.tree.value !== undefined && takesDiscInTree(known.tree.value) : true
  const takers = choices?.pools.items.filter(takesImages) ?? []
  const choose = (chosen: (typeof treeWays)[number]['id']): void => {
    put({ kind: chosen })
    // what is to be filled in now is longer than what is left of the page
    if (chosen !== 'off') requestAnimationFrame(() => section.current?.scrollIntoView?.({ block: 'start' }))
  }
  return (
    <section ref={section} className="nv-answers" aria-label="The installer’s questions">
      <Segmented
        label="The installer’s questions"
        value={kind}
        segments={isTree ? treeWays : ways}
        onChange={choose}
      />
      {error === undefined ? (
        <p className="nv-note">
          {isTree ? treeNote(known.tree.value) : noteOf(os, known.medium?.os?.isLive === true)}
        </p>
      ) : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      {kind === 'form' ? <ShortForm answers={answers} put={put} /> : null}
      {kind === 'own' ? (
        <OwnAnswers
          text={answers.text}
          onChange={(text) => put({ text })}
          error={errorBelow(problems, 'source.answers.text')}
        />
      ) : null}
      {kind === 'url' ? children : null}
      {!isOnDisc || (kind !== 'form' && kind !== 'own') ? null : (
        <Select
          label="Pool for the disc"
          value={answers.pool}
          options={takers.map(({ name }) => ({ id: name, label: name }))}
          onChange={(pool) => put({ pool })}
          hint="The disc is made beside the disk and stays in the VM. Take it out once the system is installed."
          error={errorAt(problems, 'source.answers.pool')}
        />
      )}
    </section>
  )
}

/** Nothing is offered that would be refused afterwards. */
function NoDisc({ os }: { readonly os: OsKnowledge }) {
  const { wishes, known, set } = useWizard()
  const canBeAnswered = answersFormatOf(os) !== undefined
  const { architecture } = known.offer.info
  const url = wishes.tree?.url ?? os.trees.find((tree) => tree.arch === architecture && tree.url)?.url
  return (
    <section className="nv-answers" aria-label="The installer’s questions">
      <p className="nv-note">
        {canBeAnswered
          ? `The installer of ${os.name} asks its questions on the console: it looks for no answers on a disc. Started from an install tree on the web it can be given them.`
          : `The installer of ${os.name} asks its questions on the console: no way is known here to answer it.`}
      </p>
      {canBeAnswered ? (
        <div className="nv-line">
          <Button
            onPress={() =>
              set({
                source: 'tree',
                tree: { ...wishes.tree, ...(url === undefined ? {} : { url }) },
                answers: { ...wishes.answers, kind: 'form' },
              })
            }
          >
            Start from an install tree instead
          </Button>
        </div>
      ) : null}
    </section>
  )
}

/** What this installer takes, and what it asks all the same. */
function noteOf(os: OsKnowledge | undefined, isLive: boolean): string {
  if (!os) return 'Which file of answers it takes is known once the operating system is.'
  const format = answersFormatOf(os)
  switch (format) {
    case 'kickstart':
      return isLive
        ? 'This is a live disc, which looks for no answers: use the disc for servers, or for installing over the network.'
        : 'The installer finds a Kickstart file.'
    case 'autoyast':
      return 'The installer finds an AutoYaST profile.'
    case 'autoinstall':
      return 'The installer finds an autoinstall file. It asks once whether it may go on: answer “yes” on the console.'
    case 'windows':
      return 'The setup finds an answer file. If the disk or network card is virtio, add the disc with its drivers as a second disc: they are looked for there.'
    case 'preseed':
    case undefined:
      return ''
  }
}

function treeNote(tree: DetectedTree | undefined): string {
  if (!tree) return 'Which file of answers it takes is known once there is something at the address.'
  if (ownAnswersWords(tree) === undefined)
    return 'How this installer is given answers with its first start is not known.'
  if (takesDiscInTree(tree))
    return 'The installer finds an autoinstall file on a disc of its own. It needs the address of its ISO image among the arguments: ip=dhcp url=http://….'
  const names = { kickstart: 'a Kickstart file', preseed: 'a preseed file', autoyast: 'an AutoYaST profile' }
  const format = treeFormatOf(tree)
  const name = format && format in names ? names[format as keyof typeof names] : 'a file of answers'
  return `The installer finds ${name} in its initrd, which is removed from the host once the VM runs.`
}

function ShortForm({ answers, put }: FormProps) {
  const { known, shown, problems } = useWizard()
  const at = 'source.answers.form'
  const isWindows = known.offer.os?.family === 'winnt'
  const text = (label: string, key: TextKey, field: string, placeholder = '') => (
    <TextField
      label={label}
      value={answers[key]}
      onChange={(value) => put({ [key]: value })}
      placeholder={placeholder}
      error={errorBelow(problems, `${at}.${field}`)}
    />
  )
  return (
    <>
      {/* first, as nothing goes on without it and the form is longer than the page */}
      <Checkbox isSelected={answers.erasesDisk} onChange={(erasesDisk) => put({ erasesDisk })}>
        The first disk is erased without being asked
      </Checkbox>
      {errorAt(problems, `${at}.erasesDisk`) === undefined ? null : (
        <p className="field-error" role="alert">
          {errorAt(problems, `${at}.erasesDisk`)}
        </p>
      )}
      <div className="nv-grid">
        {text('User', 'userName', 'user.name')}
        {text('Full name', 'fullName', 'user.fullName', 'As the user')}
        <PasswordField
          label="Password of the user"
          value={answers.password}
          onChange={(password) => put({ password })}
          hint={
            isWindows
              ? 'Windows takes it encoded, not encrypted: who reads the disc can read it.'
              : 'It is kept as a hash only.'
          }
          error={errorBelow(problems, `${at}.user.password`)}
        />
        {text('Name of the computer', 'hostname', 'hostname', 'As the VM')}
        {text('Language', 'language', 'language')}
        {isWindows ? null : text('Keyboard', 'keyboard', 'keyboard')}
        {text('Time zone', 'timeZone', 'timeZone')}
        {isWindows
          ? null
          : text('Packages to install', 'packages', 'packages', 'None, or names such as vim nginx')}
        {isWindows ? text('Edition', 'edition', 'windows.edition', 'The setup asks') : null}
        {isWindows ? text('Product key', 'productKey', 'windows.productKey', 'None') : null}
      </div>
      {isWindows ? null : (
        <SshKeys
          value={answers.sshKeys}
          onChange={(sshKeys) => put({ sshKeys })}
          error={errorBelow(problems, `${at}.user.sshKeys`)}
        />
      )}
      {/* from the web, the end of the installer turns the VM off either way */}
      {shown.source === 'tree' ? null : (
        <Segmented
          label="Once it is installed"
          value={answers.atEnd}
          segments={ends}
          onChange={(atEnd) => put({ atEnd })}
        />
      )}
    </>
  )
}

type TextKey =
  | 'userName'
  | 'fullName'
  | 'hostname'
  | 'language'
  | 'keyboard'
  | 'timeZone'
  | 'packages'
  | 'productKey'
  | 'edition'
