/** Where the disks of a VM lie from now on: in what is stored, and in what is kept of the run. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { EditDocument, type EditElement } from '../../../domain-xml/edit/tree'
import { moveDisk, sourcesOf } from '../../../domain-xml/snapshots/document'
import { readDisks } from '../../../domain-xml/disks'
import { parseXml } from '../../../domain-xml/document'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'

export interface DiskPath {
  readonly target: string
  readonly path: string
  readonly format: string
}

/** Of disks that lie in files or devices of the host, as they run or as they are stored. */
export function diskPathsOf({ running, stored }: VmEntry): DiskPath[] {
  return readDisks(parseXml(running ?? stored ?? '').root).flatMap(({ target, source, format = 'raw' }) =>
    source?.kind === 'path' ? [{ target, path: source.path, format }] : [],
  )
}

export interface DiskMove {
  readonly target: string
  readonly from: string
  readonly to: string
  readonly format: string
}

/** A disk that is somewhere else by then stays where it is. With `from` as `to` only what is told of images below it goes. */
export async function moveDisks(host: QemuHost, id: VmId, moves: readonly DiskMove[]): Promise<void> {
  const { stored, running, folder } = await host.inventory.find(id)
  if (running !== undefined) await host.store.writeRunning(id, moved(running, moves))
  if (stored !== undefined && folder !== undefined) {
    const text = moved(stored, moves)
    if (text !== stored) await host.store.write(folder, 'vm.xml', text)
  }
  await host.inventory.refresh()
}

export function moved(definition: string, moves: readonly DiskMove[]): string {
  const document = EditDocument.parse(definition)
  const sources = sourcesOf(document.root)
  for (const { target, from, to, format } of moves)
    if (sources.get(target) === from) {
      moveDisk(document.root, target, { path: to, format })
      if (from !== to) retype(document.root, target, to)
    }
  return document.toString()
}

/** An overlay of a device is a file, and what is below it is the device again. */
function retype(domain: EditElement, target: string, path: string): void {
  const disk = (domain.find('devices')?.children('disk') ?? []).find(
    (one) => one.find('target')?.attribute('dev') === target,
  )
  const source = disk?.find('source')
  const isDevice = path.startsWith('/dev/')
  disk?.setAttribute('type', isDevice ? 'block' : 'file')
  source?.setAttribute(isDevice ? 'file' : 'dev', undefined)
  source?.setAttribute(isDevice ? 'dev' : 'file', path)
}

export function noDisk(target: string): AppError {
  return new AppError('not-found', `The VM has no disk ${target}`, {
    cure: 'It was removed; look at its hardware again.',
  })
}
