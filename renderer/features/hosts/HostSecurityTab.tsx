import { adviseOn, type Advice } from '../../../shared/model/host-security'
import type { Host } from '../../../shared/model/host'
import type { GuestCapabilities } from '../../../shared/model/host-details'
import { api } from '../../api/client'
import { Disclosure } from '../../ui/Disclosure'
import { CheckIcon, InfoIcon, QuestionIcon, WarningIcon } from '../../ui/icons/general'
import { FirewallCard } from './FirewallCard'
import { HostTab } from './HostTab'
import { useAnswer } from '../../api/use-answer'
import { usualGuest } from './usual-guest'

const icons = { good: CheckIcon, consider: InfoIcon, act: WarningIcon, unknown: QuestionIcon } as const
const words = {
  good: 'Good',
  consider: 'Worth considering',
  act: 'Should be changed',
  unknown: 'Not known',
} as const

/** How well the host keeps its guests apart, each point with what it means and what to do. */
export function HostSecurityTab({ host }: { host: Host }) {
  const isConnected = host.status.kind === 'connected'
  const details = useAnswer(`details ${host.id}`, () => api.hosts.details({ host: host.id }), {
    isWanted: isConnected,
    isKept: true,
  })
  const consoles = useAnswer(`consoles ${host.id}`, () => api.hosts.consoleSecurity({ host: host.id }), {
    isWanted: isConnected,
    isKept: true,
  })
  const guest = useAnswer(
    `usual guest ${host.id}`,
    async () => {
      const { guests } = await api.hosts.capabilities({ host: host.id })
      const query = usualGuest(guests)
      return query && (await api.hosts.guestCapabilities({ host: host.id, ...query }))
    },
    { isWanted: isConnected, isKept: true },
  )
  const info = host.status.kind === 'connected' ? host.status.info : host.lastInfo
  return (
    <HostTab
      answer={details}
      isConnected={isConnected}
      failure="The host could not be read"
      waiting="Looking at the host's protections…"
    >
      {({ hardening }) => (
        <>
          <ul className="advice-list">
            {adviseOn(hardening, {
              hypervisor: info?.hypervisor ?? '',
              ...(guest.value === undefined
                ? {}
                : {
                    secureBoot: guest.value.firmware.secureBoot,
                    memoryEncryption: encryptionOf(guest.value),
                  }),
              ...(consoles.value === undefined
                ? {}
                : { guests: consoles.value.vms.filter((vm) => vm.unread === undefined) }),
            }).map((advice) => (
              <AdviceRow key={advice.id} advice={advice} />
            ))}
          </ul>
          <FirewallCard host={host.id} isConnected={isConnected} />
        </>
      )}
    </HostTab>
  )
}

function encryptionOf({ features }: GuestCapabilities): string[] {
  return features.flatMap(({ name, isSupported }) =>
    isSupported && ['sev', 'tdx', 's390-pv', 'sgx'].includes(name) && name !== 'sgx'
      ? [name.toUpperCase()]
      : [],
  )
}

function AdviceRow({ advice }: { advice: Advice }) {
  const { title, state, finding, meaning, cure, vms = [] } = advice
  const Icon = icons[state]
  return (
    <li className={`advice advice-${state}`}>
      <Icon size={16} />
      <div className="advice-text selectable">
        <h3>{title}</h3>
        <p>
          <span className="visually-hidden">{`${words[state]}: `}</span>
          {finding}
        </p>
        <p className="secondary">{meaning}</p>
        {cure === undefined ? null : (
          <p>
            <strong>To do:</strong> {cure}
          </p>
        )}
        {vms.length > 0 ? (
          <Disclosure summary={`${vms.length} VM${vms.length === 1 ? '' : 's'}`}>
            <ul className="advice-vms">
              {vms.map((vm) => (
                <li key={vm}>{vm}</li>
              ))}
            </ul>
          </Disclosure>
        ) : null}
      </div>
      <span className="advice-state">{words[state]}</span>
    </li>
  )
}
