/** The guest's agent holds file systems still (https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainFSFreeze). */
import { AppError } from '../../../../shared/errors'
import { RpcError, type DomainHandle } from '../../../libvirt-rpc/index'
import type { LibvirtHost } from '../host'

/** An agent flushes all that was written before it answers. */
const patience = { timeoutMs: 60_000 }
const all = { mountpoints: [], flags: 0 }

/** A guest that is held for long hangs, so it is let go whatever becomes of the work; `undo` takes back what nobody may rely on. */
export async function whileHeldStill(
  { rpc }: Pick<LibvirtHost, 'rpc'>,
  dom: DomainHandle,
  work: () => Promise<void>,
  undo: () => Promise<void>,
): Promise<void> {
  try {
    await rpc.callJob('DOMAIN_FSFREEZE', { dom, ...all }, patience)
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
    throw new AppError('busy', 'The guest agent did not hold the file systems still', {
      cure: 'Check that qemu-guest-agent runs inside the guest, or go on without it.',
      detail: error.message,
      cause: error,
    })
  }
  let isDone = false
  try {
    await work()
    isDone = true
  } finally {
    await letGo(rpc, dom).catch(async (error: unknown) => {
      if (isDone) await undo()
      throw error
    })
  }
}

async function letGo(rpc: LibvirtHost['rpc'], dom: DomainHandle): Promise<void> {
  try {
    await rpc.callJob('DOMAIN_FSTHAW', { dom, ...all }, patience)
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
    throw new AppError('busy', 'The guest agent did not let the file systems go again', {
      cure: 'Programs inside may hang. On the host, run "virsh domfsthaw" for this VM, or restart it.',
      detail: error.message,
      cause: error,
    })
  }
}
