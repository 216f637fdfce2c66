import { Fragment, useState } from 'react'
import {
  assessVm,
  consoleVerdicts,
  type ConsoleAssessment,
  type ConsoleDefaults,
  type ConsoleDisplay,
  type ConsoleSecurity,
  type VmConsoles,
} from '../../../shared/model/console-security'
import type { Host } from '../../../shared/model/host'
import { api } from '../../api/client'
import { FindingList, VerdictBadge } from '../../components/ConsoleFindings'
import { openVm } from '../../stores/route'
import { Button } from '../../ui/Button'
import { ChevronDownIcon, ChevronRightIcon } from '../../ui/icons/general'
import { Card, Facts, HostTab } from './HostTab'
import { useAnswer } from '../../api/use-answer'

/** More rows than this are shown when asked for: a thousand safe consoles are not worth drawing. */
const firstRows = 100

/** Who can get at the screens of a host's VMs, worst first. */
export function HostConsolesTab({ host }: { host: Host }) {
  const isConnected = host.status.kind === 'connected'
  const answer = useAnswer(`consoles ${host.id}`, () => api.hosts.consoleSecurity({ host: host.id }), {
    isWanted: isConnected,
    isKept: true,
  })
  return (
    <HostTab
      answer={answer}
      isConnected={isConnected}
      failure="The consoles could not be looked at"
      waiting="Looking at the consoles of all VMs…"
    >
      {(security) => (
        <>
          <Explanation />
          <ConsoleTable
            host={host}
            security={security}
            onReload={answer.reload}
            isLoading={answer.isLoading}
          />
          <Card title="What the host gives VMs that say nothing themselves" isWide>
            <Defaults defaults={security.defaults} />
          </Card>
        </>
      )}
    </HostTab>
  )
}

function Explanation() {
  return (
    <p className="host-lead">
      Being allowed to manage a host and being able to open a screen are two different things. The connection
      to libvirt has its own sign-in; each screen is a server of its own, guarded by where it listens, its
      password and TLS.
    </p>
  )
}

interface TableProps {
  readonly host: Host
  readonly security: ConsoleSecurity
  readonly onReload: () => void
  readonly isLoading: boolean
}

function ConsoleTable({ host, security, onReload, isLoading }: TableProps) {
  const [opened, setOpened] = useState<string>()
  const [isAll, setAll] = useState(false)
  const rows = sorted(security)
  const shown = isAll ? rows : rows.slice(0, firstRows)
  return (
    <Card
      title="Consoles"
      isWide
      aside={
        <Button variant="quiet" isDisabled={isLoading} onPress={onReload}>
          Look again
        </Button>
      }
    >
      {rows.length === 0 ? <p className="secondary">There are no VMs on this host.</p> : null}
      <table className="host-table consoles-table" aria-label="Consoles">
        <thead>
          <tr>
            <th scope="col">VM</th>
            <th scope="col">Judgement</th>
            <th scope="col">Display</th>
            <th scope="col">Password</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ vm, assessment }) => {
            const isOpen = opened === vm.id
            const Chevron = isOpen ? ChevronDownIcon : ChevronRightIcon
            return (
              <Fragment key={vm.id}>
                <tr>
                  <th scope="row">
                    <button
                      type="button"
                      className="row-toggle"
                      aria-expanded={isOpen}
                      title={vm.name}
                      onClick={() => setOpened(isOpen ? undefined : vm.id)}
                    >
                      <Chevron size={12} />
                      <span className="truncate">{vm.name}</span>
                    </button>
                  </th>
                  <td>
                    {vm.unread === undefined ? (
                      <VerdictBadge verdict={assessment.verdict} />
                    ) : (
                      <VerdictBadge verdict="unknown" />
                    )}
                    {vm.pending.length > 0 ? <span className="host-over"> restart pending</span> : null}
                  </td>
                  <td className="selectable">{vm.displays.map(displayText).join(', ') || '–'}</td>
                  <td>{passwordText(vm.displays)}</td>
                </tr>
                {isOpen ? (
                  <tr className="row-more">
                    <td colSpan={4}>
                      <VmDetail vm={vm} assessment={assessment} />
                      <Button onPress={() => openVm({ host: host.id, vm: vm.id }, 'overview')}>
                        Show the VM
                      </Button>
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            )
          })}
        </tbody>
      </table>
      {shown.length < rows.length ? (
        <Button onPress={() => setAll(true)}>{`Show all ${rows.length}`}</Button>
      ) : null}
    </Card>
  )
}

function VmDetail({ vm, assessment }: { vm: VmConsoles; assessment: ConsoleAssessment }) {
  if (vm.unread !== undefined) return <p>{`It could not be read: ${vm.unread}`}</p>
  if (vm.displays.length === 0) return <p>It has no graphical display.</p>
  return (
    <>
      <FindingList findings={assessment.findings} />
      {vm.pending.length > 0 ? <p>{`Restart the VM to change ${vm.pending.join(', ')}.`}</p> : null}
    </>
  )
}

function sorted(security: ConsoleSecurity): { vm: VmConsoles; assessment: ConsoleAssessment }[] {
  const nowMs = Date.now()
  const rows = security.vms.map((vm) => ({ vm, assessment: assessVm(vm.displays, { ...security, nowMs }) }))
  const rank = ({ vm, assessment }: (typeof rows)[number]): number =>
    consoleVerdicts.indexOf(vm.unread === undefined ? assessment.verdict : 'unknown')
  return rows.sort((a, b) => rank(a) - rank(b) || a.vm.name.localeCompare(b.vm.name))
}

export function displayText({ type, listen, port, tlsPort }: ConsoleDisplay): string {
  const name = type.toUpperCase()
  if (listen.kind === 'none') return `${name} without listener`
  if (listen.kind === 'socket') return `${name} on ${listen.path ?? 'a socket'}`
  const address = listen.address ?? "the host's default"
  const shown = tlsPort ?? port
  const bracketed = address.includes(':') ? `[${address}]` : address
  return `${name} on ${bracketed}${shown === undefined ? '' : `:${shown}`}`
}

function passwordText(displays: readonly ConsoleDisplay[]): string {
  if (displays.length === 0) return '–'
  const words = { yes: 'Set', no: 'None', unknown: 'Not told' } as const
  return [...new Set(displays.map(({ password }) => words[password]))].join(', ')
}

function Defaults({ defaults }: { defaults: ConsoleDefaults }) {
  if (defaults.kind === 'unreadable')
    return <p className="secondary">{`They cannot be read: ${defaults.why}`}</p>
  const onOff = (is: boolean): string => (is ? 'On' : 'Off')
  return (
    <Facts
      facts={[
        ['File', defaults.path],
        ['VNC listens on', defaults.vncListen],
        [
          'VNC with TLS',
          `${onOff(defaults.vncTls)}${defaults.vncVerifiesClients ? ', clients need a certificate' : ''}`,
        ],
        ['VNC with SASL', onOff(defaults.vncSasl)],
        ['VNC password', defaults.vncPasswordSet ? 'Set' : 'None'],
        ['SPICE listens on', defaults.spiceListen],
        ['SPICE with TLS', onOff(defaults.spiceTls)],
        ['SPICE with SASL', onOff(defaults.spiceSasl)],
        ['SPICE password', defaults.spicePasswordSet ? 'Set' : 'None'],
      ]}
    />
  )
}
