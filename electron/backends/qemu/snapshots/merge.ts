/** An overlay goes into the file below it: by QEMU itself while the VM runs, by qemu-img while it is off. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import type { ActionContext } from '../../backend'
import type { MergeOrder } from '../../snapshots/driver'
import { mergeFiles, removeFile } from '../../snapshots/files'
import { moveDisks, noDisk } from '../blocks/definitions'
import { runJob } from '../blocks/jobs'
import { closeUnused, openDisk } from '../blocks/nodes'
import { runningGuest, type QemuHost } from '../host'
import { storedOf, type ReadVm } from './read'

export async function merge(
  host: QemuHost,
  id: VmId,
  read: ReadVm,
  order: MergeOrder,
  context: ActionContext,
): Promise<void> {
  storedOf(read.entry)
  if (read.reading.vm.isActive) await mergeRunning(host, id, read, order, context)
  else await mergeFiles(host.commands, order, context)
  const { target, overlay, base, baseFormat, above } = order
  const path = pathOf(read, target)
  await moveDisks(
    host,
    id,
    // what a definition may tell of the images below is not true any more, also where the disk stays where it is
    above === undefined
      ? [{ target, from: overlay, to: base, format: baseFormat }]
      : [{ target, from: path, to: path, format: 'qcow2' }],
  )
  if (read.reading.vm.isActive) {
    const { guest } = await runningGuest(host, id)
    await closeUnused(guest, target, above === undefined ? base : path)
  }
  await removeFile(host.commands, overlay)
}

async function mergeRunning(
  host: QemuHost,
  id: VmId,
  read: ReadVm,
  { target, overlay, base, above }: MergeOrder,
  context: ActionContext,
): Promise<void> {
  const { guest } = await runningGuest(host, id)
  const disk = await openDisk(guest, target, pathOf(read, target))
  const [top, below] = [disk.nodeOf(overlay), disk.nodeOf(base)]
  await runJob(guest, {
    command: 'block-commit',
    args: {
      device: disk.root,
      ...(top === undefined ? { top: overlay } : { 'top-node': top }),
      // the name of a file is looked for within the chain of the disk
      ...(below === undefined ? { base } : { 'base-node': below }),
      'auto-dismiss': false,
    },
    name: { word: above === undefined ? 'merge-top' : 'merge', of: target },
    context,
    cure: 'All disks are whole, and nothing is lost.',
  })
  const now = await openDisk(guest, target, above === undefined ? base : pathOf(read, target))
  if (!now.top.below.some(({ path }) => path === overlay)) return
  throw new AppError('internal', `${overlay} could not be merged into the file below it`, {
    cure: 'All disks are whole, and nothing is lost.',
  })
}

function pathOf({ reading }: ReadVm, target: string): string {
  const path = reading.vm.disks.find((disk) => disk.target === target)?.path
  if (path === undefined) throw noDisk(target)
  return path
}
