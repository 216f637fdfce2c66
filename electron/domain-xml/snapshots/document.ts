/** A snapshot as libvirt writes it (https://libvirt.org/formatsnapshot.html), read and changed in places. */
import type {
  Snapshot,
  SnapshotDisk,
  SnapshotKind,
  SnapshotState,
} from '../../../shared/model/snapshots/snapshot'
import { EditDocument, EditElement } from '../edit/tree'

export interface SnapshotFacts extends Omit<Snapshot, 'actions' | 'isCurrent'> {
  readonly document: EditDocument
}

export function readSnapshot(xml: string): SnapshotFacts {
  const document = EditDocument.parse(xml, 'a snapshot')
  const { root } = document
  const name = root.find('name')?.text() ?? ''
  const parent = root.find('parent', 'name')?.text()
  const memory = root.find('memory')
  const memoryKind = memory?.attribute('snapshot') ?? 'no'
  const memoryFile = memory?.attribute('file')
  const state = stateOf(root.find('state')?.text())
  const disks = disksOf(root)
  return {
    name,
    ...(parent === undefined ? {} : { parent }),
    createdAtMs: Number(root.find('creationTime')?.text() ?? 0) * 1000,
    description: root.find('description')?.text() ?? '',
    state,
    kind: kindOf(disks, memoryKind),
    hasMemory: memoryKind === 'internal' || memoryKind === 'external',
    ...(memoryKind === 'external' && memoryFile !== undefined ? { memoryFile } : {}),
    disks,
    document,
  }
}

/** virDomainSnapshotState: those of domains, and "disk-snapshot" for disks without the memory of a guest that ran. */
function stateOf(text: string | undefined): SnapshotState {
  if (text === 'running' || text === 'blocked') return 'running'
  if (text === 'paused' || text === 'pmsuspended') return 'paused'
  return text === 'disk-snapshot' ? 'disk-only' : 'shut-off'
}

function kindOf(disks: readonly SnapshotDisk[], memory: string): SnapshotKind {
  const kinds = new Set(disks.map(({ kind }) => kind).filter((kind) => kind !== 'none'))
  if (memory === 'internal' || memory === 'external') kinds.add(memory)
  if (kinds.size > 1) return 'mixed'
  return kinds.has('external') ? 'external' : 'internal'
}

function disksOf(root: EditElement): SnapshotDisk[] {
  const sources = sourcesOf(root.find('domain'))
  return (root.find('disks')?.children('disk') ?? []).map((disk) => {
    const target = disk.attribute('name') ?? ''
    const kind = disk.attribute('snapshot')
    const overlay = pathOf(disk.find('source'))
    const file = sources.get(target)
    return {
      target,
      kind: kind === 'internal' || kind === 'external' ? kind : 'none',
      ...(kind === 'external' && overlay !== undefined ? { overlay } : {}),
      ...(file === undefined ? {} : { file }),
    }
  })
}

export function sourcesOf(domain: EditElement | undefined): Map<string, string> {
  return new Map(
    (domain?.find('devices')?.children('disk') ?? []).flatMap((disk) => {
      const path = pathOf(disk.find('source'))
      const target = disk.find('target')?.attribute('dev')
      return path === undefined || target === undefined ? [] : [[target, path] as const]
    }),
  )
}

function pathOf(source: EditElement | undefined): string | undefined {
  return source?.attribute('file') ?? source?.attribute('dev')
}

/** Where a disk of a definition lies from now on. What is told of images below it is left to the host to find. */
export function moveDisk(
  domain: EditElement,
  target: string,
  to: { readonly path: string; readonly format?: string },
): void {
  for (const disk of domain.find('devices')?.children('disk') ?? []) {
    if (disk.find('target')?.attribute('dev') === target) moveTo(disk, to)
  }
}

function moveTo(disk: EditElement, to: { readonly path: string; readonly format?: string }): void {
  const source = disk.find('source')
  source?.setAttribute(source.attribute('dev') === undefined ? 'file' : 'dev', to.path)
  if (to.format !== undefined) disk.find('driver')?.setAttribute('type', to.format)
  disk.find('backingStore')?.remove()
}

function chainOf(store: EditElement): string[] {
  const below = store.find('backingStore')
  return [...[pathOf(store.find('source'))].flatMap((path) => path ?? []), ...(below ? chainOf(below) : [])]
}

/** After a file was merged into the one below it: whoever names it means that one. Undefined where nobody does. */
export function withMergedFile(
  { document }: SnapshotFacts,
  merged: { readonly from: string; readonly into: string; readonly format?: string },
): EditDocument | undefined {
  const copy = document.clone()
  let isChanged = false
  for (const name of ['domain', 'inactiveDomain']) {
    const domain = copy.root.find(name)
    for (const disk of domain?.find('devices')?.children('disk') ?? []) {
      const store = disk.find('backingStore')
      if (pathOf(disk.find('source')) === merged.from) moveTo(disk, { ...merged, path: merged.into })
      // a host that is told a chain believes it, and looks for the file that has gone
      else if (store && chainOf(store).includes(merged.from)) store.remove()
      else continue
      isChanged = true
    }
  }
  return isChanged ? copy : undefined
}

export function withWords(
  { document }: SnapshotFacts,
  words: { readonly name?: string; readonly description?: string; readonly parent?: string },
): EditDocument {
  const copy = document.clone()
  const { root } = copy
  if (words.name !== undefined) root.find('name')?.setText(words.name)
  if (words.parent === '') root.find('parent')?.remove()
  else if (words.parent !== undefined) root.find('parent', 'name')?.setText(words.parent)
  if (words.description === '') root.find('description')?.remove()
  else if (words.description !== undefined) {
    const before = root.find('description') ?? root.insert(new EditElement('description'), root.find('name'))
    before.setText(words.description)
  }
  return copy
}

/** The definition inside, as a text of its own: what is used when the VM is started anew, where both are kept. */
export function definitionIn({ document }: SnapshotFacts): EditDocument | undefined {
  const { root } = document
  const domain = root.find('inactiveDomain') ?? root.find('domain')
  if (!domain) return undefined
  const text = domain
    .toString()
    .replace(/^<inactiveDomain/, '<domain')
    .replace(/<\/inactiveDomain>$/, '</domain>')
  const isIndented = /\n {2}<\/domain>$/.test(text)
  return EditDocument.parse(isIndented ? text.replace(/\n {2}/g, '\n') : text)
}

/** Whether two definitions say the same, however their lines are broken. */
export function isSameDefinition(one: EditDocument, other: EditDocument): boolean {
  const plain = ({ root }: EditDocument): string => root.toString().replace(/>\s+</g, '><')
  return plain(one) === plain(other)
}
