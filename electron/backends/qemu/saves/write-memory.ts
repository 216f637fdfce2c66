/** The memory of a running guest into a file of one's choice, as QEMU writes it: what it writes is led there by a link. */
import { AppError } from '../../../../shared/errors'
import type { ActionContext } from '../../backend'
import type { Guest } from '../guest'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { untilWritten, writing } from '../memory'
import { setPlain } from '../migration/settings'

/** Afterwards the guest stands still. When it fails or is cancelled, no file stays and the guest goes on. */
export async function writeMemory(
  { store }: QemuHost,
  { id, folder }: Pick<VmEntry, 'id' | 'folder'>,
  guest: Guest,
  path: string,
  context: ActionContext,
): Promise<void> {
  const wasRunning = guest.state.state === 'running'
  // the place that the emulator was started with (command/start-note.ts)
  const link = `${folder === undefined ? store.runFolder(id) : store.vmFolder(folder)}/memory.part`
  if (!(await store.leadElsewhere(link, path)))
    throw new AppError('invalid', `There is already a file ${path}`, {
      cure: 'Choose another name: it would be overwritten.',
      field: 'path',
    })
  try {
    await setPlain(guest)
    await guest.execute('migrate', { uri: writing })
    await untilWritten(guest, context)
  } catch (error) {
    await store.command(['rm', '-f', '--', path])
    if (wasRunning && guest.isOpen) await guest.execute('cont').catch(() => undefined)
    throw error
  } finally {
    await store.command(['rm', '-f', '--', link]).catch(() => undefined)
  }
}
