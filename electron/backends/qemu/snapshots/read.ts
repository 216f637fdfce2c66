/** The VM, its snapshots and the files of its disks, as they are now. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { allowed, refused, type Verdict } from '../../../../shared/model/snapshots/verdict'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { chainOf, foreignIn, type LookedAt } from '../../snapshots/chains'
import { ownDisks, type Reading } from '../../snapshots/reading'
import { factsOfDefinition } from '../../snapshots/vm-facts'
import { isListening } from '../agent/agent'
import { keptCheckpoints } from '../backups/checkpoints'
import { gone } from '../errors'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { readKept } from './kept'

export interface ReadVm {
  readonly entry: VmEntry
  readonly reading: Reading
}

export async function readVm(host: QemuHost, id: VmId, worksOnFiles: Verdict): Promise<ReadVm> {
  const entry = await host.inventory.find(id)
  const { record, folder } = entry
  const now = entry.running ?? entry.stored
  const stored = entry.stored ?? entry.running
  if (now === undefined || stored === undefined) throw gone()
  const facts = factsOfDefinition(EditDocument.parse(now).root)
  const isAnswering =
    entry.guest !== undefined &&
    entry.running !== undefined &&
    (await isListening(entry.guest, entry.running)) === true
  const vm: Reading['vm'] = {
    name: record.name,
    isActive: entry.run !== undefined,
    isPaused: record.state === 'paused',
    isPersistent: record.isPersistent,
    hasSavedState: record.hasSavedState,
    ...facts,
    ...(isAnswering ? { agent: 'connected' as const } : {}),
    definition: EditDocument.parse(stored),
    canSnapshot: folder === undefined ? notStored : canTalkTo(entry),
    canInternalUefi: false,
    canWorkOnFiles: worksOnFiles,
    remembersChanges: folder !== undefined && (await keptCheckpoints(host.store, folder)).length > 0,
  }
  const kept = folder === undefined ? undefined : (await readKept(host.store, [folder])).get(folder)
  // QEMU keeps what images say of what they are built on true, also while it runs
  const looked: LookedAt[] = await Promise.all(
    ownDisks(vm)
      .filter(({ path }) => path !== undefined)
      .map((disk) => chainOf(worksOnFiles.isAllowed ? host.commands : undefined, disk, undefined)),
  )
  const snapshots = kept?.snapshots ?? []
  return {
    entry,
    reading: {
      vm,
      snapshots,
      current: kept?.current,
      chains: looked.map(({ target, files }) => ({ target, files })),
      foreign: foreignIn(looked, new Set(snapshots.map(({ name }) => name))),
    },
  }
}

const notStored = refused(
  'The VM is not stored, and what is written down of snapshots lies in the folder of a VM',
  'Store the VM first: create one of its definition.',
)

function canTalkTo({ run, guest, record }: VmEntry): Verdict {
  return run === undefined || guest !== undefined
    ? allowed
    : refused(
        `Nobody can talk to ${record.name} at the moment, as other programs hold all of its monitors`,
        'End them (other windows of Innkeeper, say), then try again.',
      )
}

/** Of an entry that was read: ends with `invalid` for one that is not stored. */
export function storedOf({ folder, stored }: VmEntry): { readonly folder: string; readonly stored: string } {
  if (folder === undefined || stored === undefined)
    throw new AppError('invalid', 'This VM is not stored: it is gone once it stops')
  return { folder, stored }
}
