/** What is good to know about a network card, and refused by nobody. */
import { plain, type Row, type Values } from '../field'
import { valuesOf, type CheckContext, type Problem } from '../kind'

export function nicHints(values: Values, context: CheckContext): Problem[] {
  return [...migrationHint(values), ...queueHint(values, context), ...routedHint(values), ...sshHints(values)]
}

function migrationHint({ type, teaming }: Values): Problem[] {
  if (type !== 'hostdev' || teaming === 'transient') return []
  return [
    {
      severity: 'hint',
      field: 'hostdev',
      message:
        'With this card the VM cannot be migrated while it runs, nor saved with its memory, unless it is the part of a team that goes',
    },
  ]
}

/** Each queue is a thread on the host and an interrupt for each direction in the guest. */
function queueHint({ queues }: Values, context: CheckContext): Problem[] {
  const { maximum } = valuesOf(context, 'cpu')
  if (typeof queues !== 'number' || typeof maximum !== 'number' || queues <= maximum) return []
  return [
    {
      severity: 'hint',
      field: 'queues',
      message: `The VM has ${maximum} virtual CPU${maximum === 1 ? '' : 's'}: more queues than that only cost CPU time`,
      ...(context.self
        ? {
            fix: {
              label: `Use ${maximum}`,
              changes: [{ kind: 'set', item: context.self, values: { queues: maximum } }],
            },
          }
        : {}),
    },
  ]
}

/** Xen's script for a routed network: the host knows the way to one address, and nobody hands it out. */
function routedHint({ type, script, guestIps }: Values): Problem[] {
  if (type !== 'ethernet' || !plain(script).includes('vif-route')) return []
  const addresses = Array.isArray(guestIps) ? (guestIps as readonly Row[]) : []
  const [first] = addresses
  if (!first)
    return [
      {
        severity: 'warning',
        field: 'script',
        message: 'A routed guest has a fixed address and cannot use DHCP: enter the address it will have',
      },
    ]
  return [
    {
      severity: 'hint',
      field: 'script',
      message: `In the guest, as root: ip addr add ${plain(first['address'])}/32 dev eth0; ip route add HOST dev eth0; ip route add default via HOST, with the host’s own address`,
    },
  ]
}

/** How to use a forward that leads to the guest's ssh. */
function sshHints({ portForwards }: Values): Problem[] {
  const forwards = Array.isArray(portForwards) ? (portForwards as readonly Row[]) : []
  return forwards
    .filter(
      ({ proto, start, end, to, exclude }) =>
        proto === 'tcp' &&
        start !== undefined &&
        end === undefined &&
        exclude !== true &&
        (to ?? start) === 22,
    )
    .map(({ start, address }) => ({
      severity: 'hint',
      field: 'portForwards',
      message: `Signing in from outside: ssh ${start === 22 ? '' : `-p ${plain(start)} `}USER@${plain(address) || 'HOST'}`,
    }))
}
