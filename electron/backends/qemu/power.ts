/** The power actions, in the words of QEMU's monitor. */
import { assertNever } from '../../../shared/assert-never'
import { AppError } from '../../../shared/errors'
import { isAgentAction } from '../../../shared/model/guest-agent'
import type { VmId } from '../../../shared/model/ids'
import { whyNot, type PowerAction } from '../../../shared/model/vm'
import type { ActionContext } from '../backend'
import { applyAfterStart } from './after-start'
import { orderByAgent } from './agent/power'
import { completed } from './complete'
import { cancelled } from './errors'
import type { Guest } from './guest'
import { forceOff } from './force-off'
import { runningGuest, type QemuHost } from './host'
import type { VmEntry } from './inventory'
import { discardMemory, restoreMemory, saveMemory } from './memory'
import { resume } from './migration/resume'
import { noFolder, setPasswords, startGuest, surroundingsOf } from './start'

export async function power(
  host: QemuHost,
  id: VmId,
  action: PowerAction,
  context: ActionContext,
): Promise<void> {
  if (context.signal.aborted) throw cancelled()
  const entry = await host.inventory.find(id)
  const reason = whyNot(action, entry.record, host.features)
  if (reason !== undefined) {
    const isHostsFault = whyNot(action, entry.record) !== reason
    throw new AppError(isHostsFault ? 'unsupported' : 'invalid', reason)
  }
  if (context.signal.aborted) throw cancelled()
  try {
    await act(host, entry, action, context)
  } finally {
    await host.inventory.refresh().catch(() => undefined)
  }
}

async function act(
  host: QemuHost,
  entry: VmEntry,
  action: PowerAction,
  context: ActionContext,
): Promise<void> {
  const { id } = entry
  if (isAgentAction(action)) return orderByAgent(host, id, action)
  switch (action) {
    case 'start':
    case 'startPaused':
      return start(host, entry, action === 'startPaused')
    case 'startAfresh':
      await discardMemory(host, entry)
      return start(host, entry, false)
    case 'restore':
      return restoreMemory(host, entry, context)
    case 'discardSaved':
      return discardMemory(host, entry)
    case 'save':
      return saveMemory(host, id, context)
    case 'forceOff':
      return forceOff(host, id)
    case 'shutdown': {
      const { guest } = await runningGuest(host, id)
      await setShutdown(guest, 'poweroff')
      return void (await guest.execute('system_powerdown'))
    }
    case 'reboot':
      return reboot(host, id)
    case 'reset':
      return void (await (await runningGuest(host, id)).guest.execute('system_reset'))
    case 'pause':
      return void (await (await runningGuest(host, id)).guest.execute('stop'))
    case 'resume':
      return resume((await runningGuest(host, id)).guest)
    case 'wakeUp':
      return void (await (await runningGuest(host, id)).guest.execute('system_wakeup'))
    default:
      return assertNever(action)
  }
}

async function start(host: QemuHost, { id, stored, folder }: VmEntry, isPaused: boolean): Promise<void> {
  if (stored === undefined || folder === undefined) throw noFolder()
  const definition = completed(stored, await surroundingsOf(host, { id, definition: stored, folder }))
  // one that somebody wrote by hand gets the places that the guest finds its cards at from now on
  if (definition !== stored) await host.store.write(folder, 'vm.xml', definition)
  await startGuest(host, { id, definition, folder, isPaused })
  await setPasswords((await runningGuest(host, id)).guest, definition)
  await applyAfterStart(host, id)
}

/**
 * QEMU can only press the power button. It is told to stand still when the guest has powered off, and then reset
 * (set-action, since QEMU 6.0), as libvirt does.
 */
async function reboot(host: QemuHost, id: VmId): Promise<void> {
  const { guest } = await runningGuest(host, id)
  if (!(await guest.has('set-action'))) {
    throw new AppError('unsupported', 'This QEMU is too old to restart a guest in an orderly way', {
      cure: 'Restart inside the guest, reset it, or install QEMU 6.0 or newer and start the VM anew.',
    })
  }
  await setShutdown(guest, 'pause')
  const isOff = guest.untilEvent(({ name, data }) => name === 'SHUTDOWN' && data['guest'] === true)
  isOff
    .then(async () => {
      await guest.execute('system_reset')
      await setShutdown(guest, 'poweroff')
      await guest.execute('cont')
    })
    .catch((error: unknown) => host.log(`A restart did not come to its end: ${String(error)}`))
  await guest.execute('system_powerdown')
}

async function setShutdown(guest: Guest, action: 'poweroff' | 'pause'): Promise<void> {
  if (await guest.has('set-action')) await guest.execute('set-action', { shutdown: action })
}
