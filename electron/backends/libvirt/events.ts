/**
 * Domain events, taken as hints that something about a domain changed: their order surprises (a start tells "resumed"
 * before "started") and handles in them may be out of date, so the domain is looked at afresh instead of believing them.
 */
import type { VmId } from '../../../shared/model/ids'
import type { EventMessage, LibvirtSession } from '../../libvirt-rpc/index'
import { vmIdOf } from './domain-handle'

/** `definition`: title and everything else may have changed; `state`: what a VmRecord says without its title. */
export type Hint = 'definition' | 'state'

/** virDomainEventID, each with what it hints at. */
const hints = {
  DOMAIN_EVENT_CALLBACK_LIFECYCLE: 'definition',
  DOMAIN_EVENT_CALLBACK_METADATA_CHANGE: 'definition',
  DOMAIN_EVENT_CALLBACK_REBOOT: 'state',
  DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON: 'state',
  DOMAIN_EVENT_CALLBACK_WATCHDOG: 'state',
  DOMAIN_EVENT_CALLBACK_CONTROL_ERROR: 'state',
  DOMAIN_EVENT_CALLBACK_PMSUSPEND: 'state',
  DOMAIN_EVENT_CALLBACK_PMWAKEUP: 'state',
  DOMAIN_EVENT_CALLBACK_PMSUSPEND_DISK: 'state',
  DOMAIN_EVENT_CALLBACK_BALLOON_CHANGE: 'state',
  DOMAIN_EVENT_CALLBACK_DEVICE_ADDED: 'state',
  DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED: 'state',
  DOMAIN_EVENT_CALLBACK_TUNABLE: 'state',
  DOMAIN_EVENT_CALLBACK_JOB_COMPLETED: 'state',
} as const satisfies Record<string, Hint>

type Name = keyof typeof hints
const names = Object.keys(hints) as Name[]

/**
 * Asks for the events; listen before listing, as none is repeated. False when the driver has not even lifecycle
 * events, so that the inventory must be polled.
 */
export async function watchDomains(
  rpc: LibvirtSession,
  onHint: (vm: VmId, hint: Hint) => void,
): Promise<boolean> {
  for (const name of names) {
    rpc.onEvent(name, (message: EventMessage<Name>) => {
      // older kinds of event wrap their content, newer ones do not
      const { dom } = 'msg' in message ? message.msg : message
      onHint(vmIdOf(dom), hints[name])
    })
  }
  const known = await rpc.registerEvents(names)
  return known.has('DOMAIN_EVENT_CALLBACK_LIFECYCLE')
}
