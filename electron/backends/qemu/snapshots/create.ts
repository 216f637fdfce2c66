/** Takes a snapshot: what is asked for is held against the rules already (backends/snapshots/wish.ts). */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { EditElement } from '../../../domain-xml/edit/tree'
import type { ActionContext } from '../../backend'
import type { CreateOrder } from '../../snapshots/driver'
import { cancelled } from '../errors'
import { runningGuest, type QemuHost } from '../host'
import {
  makeOverlays,
  movesOf,
  overlayOf,
  removeAll,
  switchDisks,
  withMemory,
  type OuterDisk,
} from './external'
import { takeOff, whileItRuns } from './internal'
import { keep } from './kept'
import { storedOf, type ReadVm } from './read'
import { takenSnapshot, type Taken } from './taken'
import { moveDisks } from '../blocks/definitions'

/** Of a snapshot's name within an image: QEMUSnapshotInfo has room for 256 bytes with the end. */
const longestTagBytes = 255

export async function create(
  host: QemuHost,
  id: VmId,
  { entry, reading }: ReadVm,
  order: CreateOrder,
  context: ActionContext,
): Promise<void> {
  if (context.signal.aborted) throw cancelled()
  const { folder, stored } = storedOf(entry)
  const { vm } = reading
  const wanted = order.xml.clone()
  const named = wanted.find('disks')?.children('disk') ?? []
  const kindOf = (disk: EditElement): string => disk.attribute('snapshot') ?? 'no'
  const isExternal = named.some((disk) => kindOf(disk) === 'external')
  const about = {
    wanted,
    parent: reading.current,
    domain: entry.running ?? stored,
    ...(entry.running === undefined ? {} : { inactive: stored }),
  }
  const write = (rest: Pick<Taken, 'state' | 'memory'>): Promise<void> =>
    keep(host.store, folder, takenSnapshot({ ...about, ...rest }), true)
  const alive = vm.isPaused ? 'paused' : 'running'

  if (!isExternal) {
    refuseTag(order.name)
    const disks = named.flatMap((disk) => {
      const target = disk.attribute('name') ?? ''
      const path = vm.disks.find((one) => one.target === target)?.path
      return kindOf(disk) === 'internal' && path !== undefined ? [{ target, path }] : []
    })
    if (!vm.isActive) {
      await takeOff(host.commands, order.name, disks)
      await write({ state: 'shutoff', memory: { kind: 'no' } })
      return
    }
    const { guest } = await runningGuest(host, id)
    await whileItRuns(guest, 'save', order.name, disks, context)
    await write({ state: alive, memory: { kind: 'internal' } })
    return
  }

  const outer = named.flatMap((disk): OuterDisk[] => {
    const target = disk.attribute('name') ?? ''
    const { path, format = 'raw' } = vm.disks.find((one) => one.target === target) ?? {}
    if (kindOf(disk) !== 'external' || path === undefined) return []
    const source = disk.find('source') ?? disk.insert(new EditElement('source'))
    const overlay = source.attribute('file') ?? overlayOf(path, order.name)
    source.setAttribute('file', overlay)
    return [{ target, path, format, overlay }]
  })
  const file = wanted.find('memory')?.attribute('file')
  if (file !== undefined) await refuseThere(host, file)
  const made = await makeOverlays(host.commands, outer, order.reuse)
  try {
    if (!vm.isActive) {
      await moveDisks(host, id, movesOf(outer))
      await write({ state: 'shutoff', memory: { kind: 'no' } })
      return
    }
    const { guest } = await runningGuest(host, id)
    const disks = (): Promise<void> => switchDisks(host, guest, entry, outer)
    if (file === undefined) await disks()
    else await withMemory(host, guest, { file, folder, live: order.live }, context, disks)
  } catch (error) {
    await removeAll(host.commands, made)
    throw error
  }
  await write(
    file === undefined
      ? { state: 'disk-snapshot', memory: { kind: 'no' } }
      : { state: alive, memory: { kind: 'external', file } },
  )
}

function refuseTag(name: string): void {
  if (Buffer.byteLength(name) <= longestTagBytes) return
  throw new AppError('invalid', 'That is too long for a name within an image', {
    cure: `Choose one of at most ${longestTagBytes} bytes.`,
    field: 'name',
  })
}

async function refuseThere({ commands }: QemuHost, file: string): Promise<void> {
  if ((await commands.run(['test', '-e', file])).code !== 0) return
  throw new AppError('already-exists', `${file} is there already`, {
    cure: 'Choose another file for the memory.',
    field: 'memoryFile',
  })
}
