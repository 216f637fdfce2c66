/** The power actions: what each is in libvirt's words, and on which connection it is safe to wait for it. */
import { AppError } from '../../../shared/errors'
import { assertNever } from '../../../shared/assert-never'
import { isAgentAction, type AgentAction } from '../../../shared/model/guest-agent'
import type { VmId } from '../../../shared/model/ids'
import { whyNot, type PowerAction } from '../../../shared/model/vm'
import {
  RpcError,
  virErrorNumber as codes,
  virDomainCreateFlags as startFlags,
  virDomainRebootFlagValues as rebootFlags,
  virDomainShutdownFlagValues as shutdownFlags,
  type DomainHandle,
} from '../../libvirt-rpc/index'
import type { ActionContext } from '../backend'
import { domainOf } from './domain-handle'
import { cancelled } from './errors'
import { changeTimeoutMs, currentRecord, type LibvirtHost } from './host'
import { askAgent } from './power-agent'
import { save } from './saves/save-job'

/** Devices, networks and memory are set up before a start is answered. */
const startTimeoutMs = 110_000
/** A large image is read back before a restore is answered. */
const restoreTimeoutMs = 3_500_000

export async function power(
  host: LibvirtHost,
  id: VmId,
  action: PowerAction,
  context: ActionContext,
): Promise<void> {
  if (context.signal.aborted) throw cancelled()
  const record = await currentRecord(host, id)
  const reason = whyNot(action, record, host.features)
  if (reason !== undefined) {
    const isHostsFault = whyNot(action, record) !== reason
    throw new AppError(isHostsFault ? 'unsupported' : 'invalid', reason)
  }
  if (context.signal.aborted) throw cancelled()
  const hintsBefore = host.inventory.hintCount(id)
  try {
    const dom = domainOf(id, record.name)
    await (isAgentAction(action) ? askAgent(host, id, dom, action) : act(host, dom, action, context))
  } catch (error) {
    throw await overtaken(host, id, action, error, hintsBefore)
  }
  // the list is true again when the action ends, with or without an event; a failed look is made good by the next
  await host.inventory.settle(id).catch(() => undefined)
}

/**
 * Another client may have changed the state between our look and the action. Drivers tell that with any code (the test
 * driver says "internal error"), so the state decides.
 */
async function overtaken(
  host: LibvirtHost,
  id: VmId,
  action: PowerAction,
  error: unknown,
  hintsBefore: number,
): Promise<unknown> {
  await host.inventory.settle(id).catch(() => undefined)
  if (!(error instanceof RpcError)) return error
  const now = await host.inventory.refresh(id).catch(() => undefined)
  const reason = now && whyNot(action, now, host.features)
  const more = { cure: 'Its state changed a moment ago.', detail: error.message, cause: error }
  if (reason !== undefined) return new AppError('invalid', reason, more)
  // only where a failed action sends no events itself: QEMU's tells of the start that ended, with the true cause
  const wasChanged = host.driver === 'TEST' && host.inventory.hintCount(id) !== hintsBefore
  if (!wasChanged || error.code !== codes.VIR_ERR_INTERNAL_ERROR) return error
  return new AppError('busy', 'Somebody else changed the state of this VM at the same time', {
    ...more,
    cure: 'Try again.',
  })
}

async function act(
  host: LibvirtHost,
  dom: DomainHandle,
  action: Exclude<PowerAction, AgentAction>,
  context: ActionContext,
): Promise<void> {
  const { rpc } = host
  const isQemu = host.driver === 'QEMU'
  const inTime = { timeoutMs: changeTimeoutMs }
  switch (action) {
    case 'start':
      await rpc.callJob('DOMAIN_CREATE_WITH_FLAGS', { dom, flags: 0 }, { timeoutMs: startTimeoutMs })
      return
    case 'startPaused': {
      const flags = startFlags.VIR_DOMAIN_START_PAUSED
      await rpc.callJob('DOMAIN_CREATE_WITH_FLAGS', { dom, flags }, { timeoutMs: startTimeoutMs })
      return
    }
    case 'startAfresh': {
      const flags = startFlags.VIR_DOMAIN_START_FORCE_BOOT
      await rpc.callJob('DOMAIN_CREATE_WITH_FLAGS', { dom, flags }, { timeoutMs: startTimeoutMs })
      return
    }
    case 'restore':
      return restore(host, dom)
    case 'discardSaved':
      return rpc.callJob('DOMAIN_MANAGED_SAVE_REMOVE', { dom, flags: 0 }, inTime)
    case 'shutdown': {
      // with no flag QEMU's driver asks the guest agent first and waits long for one that hangs
      const flags = isQemu ? shutdownFlags.VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN : 0
      return rpc.callJob('DOMAIN_SHUTDOWN_FLAGS', { dom, flags }, inTime)
    }
    case 'reboot': {
      const flags = isQemu ? rebootFlags.VIR_DOMAIN_REBOOT_ACPI_POWER_BTN : 0
      return rpc.callJob('DOMAIN_REBOOT', { dom, flags }, inTime)
    }
    case 'reset':
      return rpc.callJob('DOMAIN_RESET', { dom, flags: 0 }, inTime)
    case 'forceOff':
      // not behind slow starts on the jobs connection: it is the way out when those hang
      return rpc.call('DOMAIN_DESTROY', { dom }, inTime)
    case 'pause':
      return rpc.callJob('DOMAIN_SUSPEND', { dom }, inTime)
    case 'resume':
      return rpc.callJob('DOMAIN_RESUME', { dom }, inTime)
    case 'wakeUp':
      return rpc.callJob('DOMAIN_PM_WAKEUP', { dom, flags: 0 }, inTime)
    case 'save':
      return save(host, dom, context)
    default:
      return assertNever(action)
  }
}

/** The call that starts also takes the saved image where there is one; reading it back may take minutes. */
async function restore(host: LibvirtHost, dom: DomainHandle): Promise<void> {
  const session = await host.openAnother()
  try {
    await session.call('DOMAIN_CREATE_WITH_FLAGS', { dom, flags: 0 }, { timeoutMs: restoreTimeoutMs })
  } finally {
    void session.close()
  }
}
