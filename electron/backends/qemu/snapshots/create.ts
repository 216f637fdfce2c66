/** Takes a snapshot: what is asked for is held against the rules already (backends/snapshots/wish.ts). */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { EditElement } from '../../../domain-xml/edit/tree'
import type { ActionContext } from '../../backend'
import type { CreateOrder } from '../../snapshots/driver'
import { whileHeldStill } from '../agent/held-still'
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
    const overlay = source.attribute('file') ?? overlayBeside(target, path, order.name)
    source.setAttribute('file', overlay)
    return [{ target, path, format, overlay }]
  })
  const file = wanted.find('memory')?.attribute('file')
  if (file !== undefined) await refuseThere(host, file)
  const rest: Pick<Taken, 'state' | 'memory'> = !vm.isActive
    ? { state: 'shutoff', memory: { kind: 'no' } }
    : file === undefined
      ? { state: 'disk-snapshot', memory: { kind: 'no' } }
      : { state: alive, memory: { kind: 'external', file } }
  const made = await makeOverlays(host.commands, outer, order.reuse)
  let isTaken = false
  try {
    if (vm.isActive) {
      const { guest } = await runningGuest(host, id)
      const disks = (): Promise<void> =>
        switchDisks(host, guest, entry, outer, () => {
          isTaken = true
        })
      if (file !== undefined)
        await withMemory(host, guest, { file, folder, live: order.live }, context, disks, () => isTaken)
      else await (order.quiesce ? whileHeldStill(host, id, disks, async () => undefined) : disks())
    } else {
      await moveDisks(host, id, movesOf(outer))
      isTaken = true
    }
  } catch (error) {
    // what the guest writes to already is a snapshot, whatever went wrong after that
    if (isTaken) await write(rest)
    else await removeAll(host.commands, made)
    throw error
  }
  await write(rest)
}

function overlayBeside(target: string, path: string, snapshot: string): string {
  if (!path.startsWith('/dev/')) return overlayOf(path, snapshot)
  throw new AppError('invalid', `${target} is a device of the host, which no file can be put beside`, {
    cure: 'Name a file for it.',
    field: 'disks',
  })
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
