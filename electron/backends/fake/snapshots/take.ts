/** A snapshot being taken: what is written down, and the files that are begun. */
import { AppError } from '../../../../shared/errors'
import { isActive } from '../../../../shared/model/vm'
import { EditElement, EditDocument } from '../../../domain-xml/edit/tree'
import { readSnapshot, sourcesOf } from '../../../domain-xml/snapshots/document'
import type { CreateOrder } from '../../snapshots/driver'
import type { FakeHost } from '../fake-host'
import type { FakeSnapshot, FakeVm } from '../model'
import { storedXmlOf } from '../xml'
import { swapFile } from './swap'

export interface Taken {
  readonly snapshot: FakeSnapshot
  readonly overlays: readonly { readonly target: string; readonly path: string }[]
  readonly memoryFile?: string
}

export function take(host: FakeHost, vm: FakeVm, order: CreateOrder): Taken {
  const root = order.xml.clone()
  const stored = EditDocument.parse(storedXmlOf(vm)).root
  const sources = sourcesOf(stored)
  const overlays: { target: string; path: string }[] = []
  for (const disk of root.find('disks')?.children('disk') ?? []) {
    const target = disk.attribute('name') ?? ''
    const base = sources.get(target)
    if (disk.attribute('snapshot') !== 'external' || base === undefined) continue
    const path = disk.find('source')?.attribute('file') ?? besides(base, order.name)
    if (disk.find('source') === undefined) disk.insert(new EditElement('source')).setAttribute('file', path)
    begin(host, { path, base, reuse: order.reuse })
    overlays.push({ target, path })
  }
  const active = isActive(vm.state)
  const add = (name: string): EditElement => root.insert(new EditElement(name))
  add('state').setText(active ? (order.isDiskOnly ? 'disk-snapshot' : vm.state) : 'shutoff')
  const parent = vm.snapshots?.find(({ isCurrent }) => isCurrent)?.name
  if (parent !== undefined) add('parent').insert(new EditElement('name')).setText(parent)
  add('creationTime').setText(String(Math.floor(host.clock.now() / 1000)))
  if (root.find('memory') === undefined) add('memory').setAttribute('snapshot', active ? 'internal' : 'no')
  root.insert(stored)
  const memoryFile = root.find('memory')?.attribute('file')
  const xml = root.toString()
  const facts = readSnapshot(xml)
  return {
    snapshot: {
      name: order.name,
      images: facts.disks.flatMap(({ overlay, file, kind }) =>
        kind === 'none'
          ? []
          : [...(overlay === undefined ? [] : [overlay]), ...(file === undefined ? [] : [file])],
      ),
      xml,
      isCurrent: true,
      ...(facts.hasMemory && vm.run ? { uptimeMs: vm.run.clock.uptimeMs() } : {}),
    },
    overlays,
    ...(memoryFile === undefined ? {} : { memoryFile }),
  }
}

export function keep(host: FakeHost, vm: FakeVm, { snapshot, overlays, memoryFile }: Taken): void {
  for (const { target, path } of overlays) swapFile(host, vm, target, { path, format: 'qcow2' })
  const sizeBytes = vm.definition.memoryBytes
  if (memoryFile !== undefined)
    host.files.set(memoryFile, { sizeBytes, allocationBytes: Math.floor(sizeBytes / 3), format: 'raw' })
  vm.snapshots = [...(vm.snapshots ?? []).map((one) => ({ ...one, isCurrent: false })), snapshot]
}

/** What was begun for a snapshot that was not to be. */
export function withoutOverlayFiles(host: FakeHost, { overlays }: Taken): void {
  for (const { path } of overlays) host.files.delete(path)
}

/** libvirt puts the snapshot's name in place of what follows the last dot. */
function besides(base: string, name: string): string {
  const slash = base.lastIndexOf('/')
  const dot = base.lastIndexOf('.')
  return `${dot > slash ? base.slice(0, dot) : base}.${name}`
}

function begin(
  host: FakeHost,
  { path, base, reuse }: { readonly path: string; readonly base: string; readonly reuse: boolean },
): void {
  const there = host.files.get(path)
  if (there !== undefined && !reuse)
    throw new AppError('already-exists', `${path} is there already`, {
      cure: 'Choose another name or another file.',
      field: 'disks',
    })
  if (there === undefined && reuse)
    throw new AppError('not-found', `${path} is not there`, { field: 'disks' })
  const below = host.files.get(base)
  host.files.set(path, {
    sizeBytes: below?.sizeBytes ?? 0,
    allocationBytes: 196_624,
    format: 'qcow2',
    backingPath: base,
    backingFormat: below?.format ?? 'raw',
  })
}
