import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import type { QemuHost } from './host'
import type { VmEntry } from './inventory'

/** A process that was told to end writes its caches out first. */
const endMs = 10_000
const quitMs = 3000

/** By its monitor first, so that images are closed in order; then by force, as this is the way out when all hangs. */
export async function forceOff(host: QemuHost, id: VmId): Promise<void> {
  const { run, guest, foreign } = await host.inventory.find(id)
  if (!run) return
  const isOver = (entry: VmEntry | undefined): boolean =>
    entry?.run?.process.startedTicks !== run.process.startedTicks
  // a connection that ends is the answer
  const isAsked = await guest?.execute('quit', {}, { timeoutMs: quitMs }).then(
    () => true,
    () => !guest.isOpen,
  )
  if (isAsked === true && (await host.inventory.until(id, isOver, endMs))) return
  if (foreign) await host.store.killStarted(run.process)
  else await host.store.kill(run.process.pid, id)
  if (await host.inventory.until(id, isOver, endMs)) return
  throw new AppError('timed-out', 'The emulator does not end', {
    cure: 'It may wait for storage that does not answer. Look at it on the host.',
    detail: `Process ${run.process.pid}`,
  })
}
