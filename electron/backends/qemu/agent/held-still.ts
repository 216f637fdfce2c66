/** The guest's agent holds file systems still (https://www.qemu.org/docs/master/interop/qemu-ga-ref.html, guest-fsfreeze-freeze). */
import { AppError, errorData } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import type { QemuHost } from '../host'
import { askAgent } from './agent'

/** An agent flushes all that was written before it answers. */
const patience = { answerTimeoutMs: 60_000 }

/** A guest that is held for long hangs, so it is let go whatever becomes of the work; `undo` takes back what nobody may rely on. */
export async function whileHeldStill(
  host: QemuHost,
  id: VmId,
  work: () => Promise<void>,
  undo: () => Promise<void>,
): Promise<void> {
  try {
    await askAgent(host, id, 'guest-fsfreeze-freeze', {}, patience)
  } catch (error) {
    // it may have frozen some of them, or answer late
    await askAgent(host, id, 'guest-fsfreeze-thaw', {}, patience).catch(() => undefined)
    throw told(error, 'The guest agent did not hold the file systems still', {
      cure: 'Check that qemu-guest-agent runs inside the guest, or go on without it.',
    })
  }
  let isDone = false
  try {
    await work()
    isDone = true
  } finally {
    await askAgent(host, id, 'guest-fsfreeze-thaw', {}, patience).catch(async (error: unknown) => {
      if (isDone) await undo()
      throw told(error, 'The guest agent did not let the file systems go again', {
        cure: 'Programs inside may hang. Restart the guest if they do.',
      })
    })
  }
}

function told(error: unknown, message: string, { cure }: { readonly cure: string }): unknown {
  if (!(error instanceof AppError) || error.kind === 'unreachable') return error
  const { message: why, detail } = errorData(error)
  return new AppError('busy', message, {
    cure,
    detail: detail === undefined ? why : `${why}: ${detail}`,
    cause: error,
  })
}
