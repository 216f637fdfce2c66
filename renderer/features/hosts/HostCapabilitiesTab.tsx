import { useState } from 'react'
import type {
  CapabilityGroup,
  GuestCapabilities,
  GuestCapabilitiesQuery,
  GuestKind,
} from '../../../shared/model/host-details'
import type { Host } from '../../../shared/model/host'
import { api } from '../../api/client'
import { SearchField } from '../../ui/SearchField'
import { Select } from '../../ui/Select'
import { Card, Facts, HostTab } from './HostTab'
import { useAnswer } from '../../api/use-answer'
import { queryFor, usualGuest } from './usual-guest'

/** What guests can have here: architectures, machine types, CPU models, firmware, devices. */
export function HostCapabilitiesTab({ host }: { host: Host }) {
  const isConnected = host.status.kind === 'connected'
  const answer = useAnswer(`capabilities ${host.id}`, () => api.hosts.capabilities({ host: host.id }), {
    isWanted: isConnected,
    isKept: true,
  })
  return (
    <HostTab
      answer={answer}
      isConnected={isConnected}
      failure="The capabilities could not be read"
      waiting="Reading the capabilities…"
    >
      {({ guests }) => <Browser host={host} guests={guests} isConnected={isConnected} />}
    </HostTab>
  )
}

interface BrowserProps {
  readonly host: Host
  readonly guests: readonly GuestKind[]
  readonly isConnected: boolean
}

function Browser({ host, guests, isConnected }: BrowserProps) {
  const [chosen, setChosen] = useState<GuestCapabilitiesQuery>()
  const [search, setSearch] = useState('')
  const query = chosen ?? usualGuest(guests)
  const kind = guests.find((guest) => guest.architecture === query?.architecture)
  if (!query || !kind) return <p className="secondary">The hypervisor names no guests it can run.</p>
  const needle = search.trim().toLowerCase()
  const machines = kind.machines.filter(({ name, canonical = '' }) =>
    `${name} ${canonical}`.toLowerCase().includes(needle),
  )
  return (
    <>
      <div className="caps-bar">
        <Select
          label="Architecture"
          value={kind.architecture}
          options={guests.map((guest) => ({ id: guest.architecture, label: guest.architecture }))}
          onChange={(id) => {
            const next = guests.find((guest) => guest.architecture === id)
            if (next) setChosen(queryFor(next))
          }}
        />
        <Select
          label="Runs by"
          value={query.virtType}
          options={kind.virtTypes.map(({ name }) => ({ id: name, label: name }))}
          onChange={(virtType) => setChosen({ ...query, virtType })}
        />
        <Select
          label="Machine"
          value={query.machine ?? ''}
          options={[
            ...(query.machine === undefined ? [{ id: '', label: 'Usual' }] : []),
            ...kind.machines.map(({ name, canonical }) => ({
              id: name,
              label: name,
              ...(canonical === undefined ? {} : { hint: canonical }),
            })),
          ]}
          onChange={(machine) => setChosen({ ...query, machine })}
        />
        <SearchField
          label="Search the capabilities"
          placeholder="Search models, devices, machines…"
          value={search}
          onChange={setSearch}
        />
      </div>
      <Guest
        key={JSON.stringify(query)}
        host={host}
        query={query}
        needle={needle}
        isConnected={isConnected}
      />
      <Card title="Machine types" isWide aside={<span className="host-aside">{machines.length}</span>}>
        <ul className="caps-list">
          {machines.map(({ name, canonical, maxCpus, isDeprecated }) => (
            <li key={name}>
              <span className="mono selectable">{name}</span>
              <span className="secondary">
                {[
                  canonical && `is ${canonical}`,
                  maxCpus && `up to ${maxCpus} vCPUs`,
                  isDeprecated && 'deprecated',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
        {machines.length === 0 ? <Nothing needle={needle} /> : null}
      </Card>
    </>
  )
}

interface GuestProps {
  readonly host: Host
  readonly query: GuestCapabilitiesQuery
  readonly needle: string
  readonly isConnected: boolean
}

function Guest({ host, query, needle, isConnected }: GuestProps) {
  const key = `guest ${host.id} ${JSON.stringify(query)}`
  const answer = useAnswer(key, () => api.hosts.guestCapabilities({ host: host.id, ...query }), {
    isWanted: isConnected,
    isKept: true,
  })
  return (
    <HostTab
      answer={answer}
      isConnected={isConnected}
      failure="The hypervisor could not be asked"
      waiting="Asking the hypervisor, which may take some seconds…"
    >
      {(guest) => <GuestCards guest={guest} needle={needle} />}
    </HostTab>
  )
}

function GuestCards({ guest, needle }: { guest: GuestCapabilities; needle: string }) {
  const models = guest.cpuModels.filter((model) =>
    `${model.name} ${model.vendor ?? ''} ${model.blockers.join(' ')}`.toLowerCase().includes(needle),
  )
  const usable = guest.cpuModels.filter((model) => model.usable === 'yes').length
  const { firmware, hostModel } = guest
  return (
    <div className="host-grid">
      <Card title="Guest">
        <Facts
          facts={[
            ['Machine', guest.machine],
            ['Emulator', guest.emulator],
            ['vCPUs', guest.maxVcpus === undefined ? undefined : `Up to ${guest.maxVcpus}`],
            ['Firmware', firmware.kinds.join(', ') || undefined],
            ['Loaders', firmware.loaders.join('\n') || undefined],
            [
              'Secure Boot',
              { yes: 'Possible', no: 'Not possible', unknown: 'Not told' }[firmware.secureBoot],
            ],
            [
              'CPU modes',
              guest.cpuModes
                .filter(({ isSupported }) => isSupported)
                .map(({ name }) => name)
                .join(', '),
            ],
            ['Host model', hostModel && [hostModel.vendor, hostModel.model].filter(Boolean).join(' ')],
            [
              'Its features',
              hostModel?.features
                .map(({ name, policy }) => (policy === 'disable' ? `−${name}` : name))
                .join(', '),
            ],
          ]}
        />
      </Card>
      <Card
        title="CPU models"
        aside={<span className="host-aside">{`${usable} of ${guest.cpuModels.length} usable`}</span>}
      >
        <ul className="caps-list caps-scroll" tabIndex={0} aria-label="CPU models">
          {models.map(({ name, vendor, usable: is, isDeprecated, blockers }) => (
            <li key={name} data-off={is === 'no' ? true : undefined}>
              <span className="mono selectable">{name}</span>
              <span className="secondary">
                {[
                  vendor,
                  is === 'no' && (blockers.length > 0 ? `lacks ${blockers.join(', ')}` : 'not usable'),
                  isDeprecated && 'deprecated',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
        {models.length === 0 ? <Nothing needle={needle} /> : null}
      </Card>
      <Groups title="Devices" groups={guest.devices} needle={needle} />
      <Groups title="Features" groups={guest.features} needle={needle} />
    </div>
  )
}

function Groups(props: { title: string; groups: readonly CapabilityGroup[]; needle: string }) {
  const { title, groups, needle } = props
  const shown = groups.filter((group) => JSON.stringify(group).toLowerCase().includes(needle))
  return (
    <Card title={title}>
      <Facts
        facts={shown.map((group) => [
          group.name,
          group.isSupported
            ? group.values
                .filter(({ values }) => values.length > 0)
                .map(({ name, values }) => `${name}: ${values.join(', ')}`)
                .join('\n') || 'Supported'
            : 'Not supported',
        ])}
      />
      {shown.length === 0 ? <Nothing needle={needle} /> : null}
    </Card>
  )
}

function Nothing({ needle }: { needle: string }) {
  return (
    <p className="secondary">
      {needle === '' ? 'The hypervisor names none.' : `Nothing here has “${needle}”.`}
    </p>
  )
}
