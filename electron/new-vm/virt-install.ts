/** The equal of a new VM for a shell. Words are as virt-install shall get them; quoting is the caller's. */
import { answersFormatOf, discLabelOf, fileNameOf } from '../../shared/model/new-vm/answers/format'
import { takesDiscInTree, treeFormatOf } from '../../shared/model/new-vm/answers/in-tree'
import type { DetectedTree, TreeSource } from '../../shared/model/new-vm/install-tree'
import { kernelLineOf, wholeLine } from '../../shared/model/new-vm/kernel-line'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import { EditDocument } from '../domain-xml/edit/tree'
import { readItems } from '../domain-xml/hardware/view'
import { definitionOf } from './definition'
import { needsEfi, newGuest, type NewGuest } from './definition/guest'
import type { CreationFacts } from './facts'
import { containerNotes, containerWords } from './virt-install/container'
import { deviceWords, installDiscs } from './virt-install/devices'
import { systemWords } from './virt-install/system'
import { joined, option } from './virt-install/words'

export interface VirtInstall {
  readonly words: readonly string[]
  /** What that command does differently, in sentences. */
  readonly notes: readonly string[]
}

export function virtInstallOf(
  input: NewVmInput,
  facts: CreationFacts,
  os: OsKnowledge | undefined,
): VirtInstall | undefined {
  if (input.source.kind === 'container')
    return { words: containerWords(input, input.source), notes: containerNotes(input) }
  if (input.guest.osType === 'exe') return undefined
  const guest = newGuest(input, facts, os)
  const items = readItems(EditDocument.parse(definitionOf(input, facts, os)).root, undefined)
  const page = (kind: string) => items.find(({ ref }) => ref.kind === kind)?.values ?? {}
  const pages = { cpu: page('cpu'), boot: page('boot'), features: page('features'), clock: page('clock') }
  return {
    words: [
      ...systemWords(input, facts, os, guest, pages),
      ...sourceWords(input, facts),
      ...deviceWords(input, facts, os, guest, items),
      ...(input.hasAutostart ? ['--autostart'] : []),
      '--noautoconsole',
    ],
    notes: notes(input, facts, os, guest),
  }
}

function sourceWords(input: NewVmInput, facts: CreationFacts): string[] {
  const [disc] = facts.discs
  switch (input.source.kind) {
    case 'iso':
    case 'drive':
      return installDiscs(input, facts) === 1 && disc && disc.source.kind !== 'volume'
        ? ['--cdrom', disc.source.path]
        : ['--install', 'bootdev=cdrom']
    case 'network-boot':
      return ['--pxe']
    case 'import':
    case 'cloud':
      return ['--import']
    case 'tree':
      return treeWords(input.source, input.guest.architecture, facts.tree)
    // has words of its own
    case 'container':
      return []
    case 'none':
      return input.disks.length > 0 ? ['--import'] : ['--install', 'no_install=yes']
  }
}

/** It knows the folders of systems it knows, and where their kernels are. */
function treeWords(source: TreeSource, architecture: string, tree: DetectedTree | undefined): string[] {
  if (!tree) return ['--location', source.url]
  const { place, rest } = kernelLineOf(source, tree, architecture)
  const isKnown = tree.os !== undefined
  const extra = isKnown ? rest : wholeLine({ rest, ...(place === undefined ? {} : { place }) })
  const files = isKnown ? [] : [['kernel', tree.kernel] as const, ['initrd', tree.initrd] as const]
  return [
    '--location',
    joined(/[,']/.test(source.url) ? ['location', source.url] : source.url, ...files),
    ...(source.answers && !takesDiscInTree(tree)
      ? injected(tree).flatMap((file) => ['--initrd-inject', file])
      : []),
    ...(extra === '' ? [] : option('--extra-args', extra)),
  ]
}

function notes(
  input: NewVmInput,
  facts: CreationFacts,
  os: OsKnowledge | undefined,
  guest: NewGuest,
): string[] {
  const { kind } = input.source
  const isInstalled = kind === 'iso' || kind === 'drive' || kind === 'network-boot'
  const hasNamelessVolume = input.disks.some(
    (disk, at) => disk.kind === 'new' && facts.disks[at]?.source.kind === 'volume',
  )
  return [
    input.source.kind === 'cloud' || facts.seed
      ? 'The UUID is drawn anew.'
      : 'The UUID and the addresses of network cards are drawn anew.',
    ...(isInstalled
      ? [
          kind === 'network-boot'
            ? 'It tries the network before the disk, and stays off when the installer restarts it.'
            : `It tries the disc before the disk, and stays off when the installer restarts it${guest.isWindows ? '' : '; the disc is out of the drive then'}.`,
        ]
      : []),
    ...cloudNotes(input, facts),
    ...(input.disks.some((disk) => disk.kind === 'new' && disk.original)
      ? ['The copies of the disks have to be there before: make them on the Storage page.']
      : []),
    ...answersNotes(input, os, facts.tree),
    ...(kind === 'tree'
      ? ['It fetches the kernel itself, and the VM stays off when the installer restarts it.']
      : []),
    ...(input.startsNow ? [] : ['It starts the VM at once.']),
    ...(hasNamelessVolume ? ['It names the new volume itself.'] : []),
    ...(os === undefined && input.osId !== undefined
      ? ['It does not note the operating system, which its own catalogue may not know.']
      : []),
    ...(guest.firmware === 'other' && guest.isX86 && guest.isQemu && needsEfi(os, input.guest.architecture)
      ? ['It chooses UEFI for this operating system.']
      : []),
  ]
}

/** Its own --unattended knows other answers than ours. */
function answersNotes(
  { source }: NewVmInput,
  os: OsKnowledge | undefined,
  tree: DetectedTree | undefined,
): string[] {
  if (source.kind === 'tree' && source.answers && !(tree && takesDiscInTree(tree)))
    return injected(tree).map(
      (file) =>
        `Put what is shown under Answers into a file called ${file} before, with your password's hash.`,
    )
  if ((source.kind !== 'iso' && source.kind !== 'tree') || !source.answers) return []
  const format = source.kind === 'tree' ? tree && treeFormatOf(tree) : os && answersFormatOf(os)
  const label = format && discLabelOf(format)
  if (!format || label === undefined) return []
  return [
    `The disc with the answers has to be there before: put what is shown here on a disc with the label "${label}", as ${fileNameOf(format)}.`,
  ]
}

/** In the folder it is started in. */
function injected(tree: DetectedTree | undefined): string[] {
  const format = tree && treeFormatOf(tree)
  return format ? [fileNameOf(format)] : []
}

/** Its own --cloud-init takes the disc away after the first start, so ours is given as a disk. */
function cloudNotes({ source }: NewVmInput, { base, disks }: CreationFacts): string[] {
  if (source.kind !== 'cloud') return []
  const [disk] = disks
  const copied = base?.how === 'copy' && disk && disk.source.kind !== 'volume'
  return [
    'The disc for cloud-init has to be there before: put the files shown here on a disc with the label "cidata".',
    ...(copied ? [`${disk.source.path} has to be there before, as a copy of the image.`] : []),
  ]
}
