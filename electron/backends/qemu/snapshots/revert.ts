/** Goes back to a snapshot inside of the images, and lets guests go on with memory that lies in a file. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import type { RevertStart } from '../../../../shared/model/snapshots/plan'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { definitionIn, isSameDefinition, type SnapshotFacts } from '../../../domain-xml/snapshots/document'
import type { ActionContext } from '../../backend'
import { snapshotNamed } from '../../snapshots/plans'
import { forgetChanges } from '../backups/checkpoints'
import { forceOff } from '../force-off'
import type { Guest } from '../guest'
import { runningGuest, type QemuHost } from '../host'
import { readingSource, untilRead } from '../memory'
import { setPasswords, startGuest } from '../start'
import { applyOff, innerDisks, whileItRuns } from './internal'
import { setCurrent } from './kept'
import { storedOf, type ReadVm } from './read'

/** Memory that is read cannot be half of it: there is nothing to cancel. */
const calm: ActionContext = { signal: new AbortController().signal, onProgress: () => undefined }

export async function revertInternal(
  host: QemuHost,
  id: VmId,
  { entry, reading }: ReadVm,
  name: string,
  start: RevertStart,
): Promise<void> {
  const { folder, stored } = storedOf(entry)
  const snapshot = snapshotNamed(reading, name)
  const disks = innerDisks(snapshot)
  const paths = disks.map(({ path }) => path)
  // it may have been called something else then
  const then = named(definitionIn(snapshot)?.toString() ?? stored, entry.record.name)
  const asStored = async (): Promise<void> => {
    if (then !== stored) await host.store.write(folder, 'vm.xml', then)
    await setCurrent(host.store, folder, name)
    await host.inventory.refresh()
  }
  if (!snapshot.hasMemory) {
    await forceOff(host, id)
    await forgetChanges(host, id, paths)
    await applyOff(host.commands, name, disks)
    await asStored()
    if (start !== 'as-was')
      await startAnew(host, id, { definition: then, folder, isPaused: start === 'paused' })
    return
  }
  const guest = await guestFor(host, id, { entry, reading }, snapshot)
  await forgetChanges(host, id, paths)
  await whileItRuns(guest, 'load', name, disks, calm)
  await asStored()
  await goOn(guest, start === 'as-was' ? snapshot.state === 'paused' : start === 'paused')
}

/** What was saved fits the hardware that it was saved of only: one with other hardware is started anew. */
async function guestFor(
  host: QemuHost,
  id: VmId,
  { entry }: ReadVm,
  { document }: SnapshotFacts,
): Promise<Guest> {
  const domain = document.root.find('domain')
  if (!domain) throw new AppError('not-found', 'The snapshot does not tell what the VM was')
  const definition = EditDocument.parse(named(domain.toString(), entry.record.name))
  if (entry.running !== undefined && isSameDefinition(definition, EditDocument.parse(entry.running)))
    return (await runningGuest(host, id)).guest
  await forceOff(host, id)
  const { folder } = storedOf(entry)
  return startAnew(host, id, { definition: definition.toString(), folder, isPaused: true })
}

export function named(definition: string, name: string): string {
  const document = EditDocument.parse(definition)
  document.root.find('name')?.setText(name)
  return document.toString()
}

async function goOn(guest: Guest, isPaused: boolean): Promise<void> {
  await guest.execute(isPaused ? 'stop' : 'cont')
}

interface StartAnew {
  readonly definition: string
  readonly folder: string
  readonly isPaused?: boolean
  readonly isIncoming?: boolean
  readonly memoryFile?: string
}

export async function startAnew(host: QemuHost, id: VmId, wish: StartAnew): Promise<Guest> {
  await startGuest(host, { id, ...wish })
  const { guest } = await runningGuest(host, id)
  await setPasswords(guest, wish.definition)
  return guest
}

export async function restoreMemory(
  host: QemuHost,
  id: VmId,
  {
    folder,
    file,
    definition,
    isPaused,
  }: {
    readonly folder: string
    readonly file: string
    readonly definition: string
    readonly isPaused: boolean
  },
): Promise<void> {
  const guest = await startAnew(host, id, { definition, folder, isIncoming: true, memoryFile: file })
  try {
    await guest.execute('migrate-incoming', { uri: readingSource })
    await untilRead(guest, calm.signal)
    if (!isPaused) await guest.execute('cont')
  } catch (error) {
    // the file is still there
    await forceOff(host, id).catch(() => undefined)
    throw error
  }
}
