/**
 * A guest's memory in a file of its folder, so that it goes on where it was (a "managed save"). QEMU before 8.2 writes to
 * no file by itself: it is given a program to write to. What that is told is fixed; the place comes by the environment
 * that the emulator was started with (start.ts).
 */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import { isObject, type JsonObject } from '../../qmp/index'
import type { ActionContext } from '../backend'
import { cancelled } from './errors'
import { forceOff } from './force-off'
import type { Guest } from './guest'
import { runningGuest, type QemuHost } from './host'
import type { VmEntry } from './inventory'
import { setPlain } from './migration/settings'
import { noFolder, setPasswords, startGuest } from './start'

export const writing = 'exec:cat >"$INNKEEPER_MEMORY.part"'
const reading = 'exec:cat <"$INNKEEPER_MEMORY.save"'
/** Of a file that the start was told of. */
export const readingSource = 'exec:cat <"$INNKEEPER_SOURCE"'
const pollMs = 100

export async function saveMemory(host: QemuHost, id: VmId, context: ActionContext): Promise<void> {
  const { entry, guest } = await runningGuest(host, id)
  const { folder } = entry
  if (folder === undefined) throw noFolder()
  const wasRunning = entry.record.state === 'running'
  await setPlain(guest)
  await guest.execute('migrate', { uri: writing })
  try {
    await untilWritten(guest, context)
  } catch (error) {
    await host.store.removeFiles(folder, 'memory.part')
    if (wasRunning && guest.isOpen) await guest.execute('cont').catch(() => undefined)
    throw error
  }
  await host.store.write(folder, 'state.json', JSON.stringify({ savedPaused: !wasRunning }))
  await host.store.keepMemory(folder, id)
  await forceOff(host, id)
}

/** Cancelled, the guest goes on. */
export async function untilWritten(guest: Guest, { signal, onProgress }: ActionContext): Promise<void> {
  let isCancelled = false
  for (;;) {
    const answer = await guest.execute('query-migrate')
    const { status, ram, 'error-desc': why } = isObject(answer) ? answer : ({} as JsonObject)
    if (status === 'completed') return
    if (status === 'cancelled') throw cancelled()
    if (status === 'failed') {
      throw new AppError('invalid', 'The memory could not be written', {
        cure: 'There may be no room left where it goes. The VM goes on running.',
        detail: typeof why === 'string' ? why : undefined,
      })
    }
    if (signal.aborted && !isCancelled) {
      isCancelled = true
      await guest.execute('migrate_cancel')
    }
    if (isObject(ram)) {
      const [done, total] = [ram['transferred'], ram['total']]
      if (typeof done === 'number' && typeof total === 'number' && total > 0)
        onProgress(Math.min(1, done / total))
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

export async function restoreMemory(
  host: QemuHost,
  entry: VmEntry,
  { signal }: ActionContext,
): Promise<void> {
  const { id, folder } = entry
  if (folder === undefined) throw noFolder()
  const texts = await host.store.read([`${folder}/saved.xml`, `${folder}/state.json`])
  const definition = texts.get(`${folder}/saved.xml`)
  if (definition === undefined) {
    throw new AppError('not-found', 'The definition that the saved memory belongs to is gone', {
      cure: 'Discard the saved state, and start the VM afresh.',
    })
  }
  await startGuest(host, { id, definition, folder, isIncoming: true })
  try {
    const { guest } = await runningGuest(host, id)
    await setPasswords(guest, definition)
    await guest.execute('migrate-incoming', { uri: reading })
    await untilRead(guest, signal)
    await host.store.removeFiles(folder, 'memory.save', 'saved.xml')
    if (!wasPaused(texts.get(`${folder}/state.json`))) await guest.execute('cont')
  } catch (error) {
    // what was saved is still there
    await forceOff(host, id).catch(() => undefined)
    throw error
  }
}

export async function untilRead(guest: Guest, signal: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await guest.execute('query-migrate')
    const { status, 'error-desc': why } = isObject(answer) ? answer : ({} as JsonObject)
    if (status === 'completed') return
    if (status === 'failed') {
      throw new AppError('invalid', 'The saved memory could not be read', {
        cure: 'It is still there. Hardware or versions may differ from when it was saved.',
        detail: typeof why === 'string' ? why : undefined,
      })
    }
    if (signal.aborted) throw cancelled()
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

export function wasPaused(state: string | undefined): boolean {
  try {
    const value: unknown = JSON.parse(state ?? '{}')
    return isObject(value) && value['savedPaused'] === true
  } catch {
    return false
  }
}

export async function discardMemory(host: QemuHost, { folder }: VmEntry): Promise<void> {
  if (folder === undefined) throw noFolder()
  await host.store.removeFiles(folder, 'memory.save', 'saved.xml')
}
