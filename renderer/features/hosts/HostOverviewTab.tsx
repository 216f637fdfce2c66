import { useMemo } from 'react'
import { cpuUse, promisedTo, type HostDetails, type Promised } from '../../../shared/model/host-details'
import type { Host } from '../../../shared/model/host'
import { formatBytes, formatDuration } from '../../../shared/units'
import { api } from '../../api/client'
import { useVms } from '../../stores/vms'
import { Note } from '../../ui/Note'
import { Card, Facts, HostTab } from './HostTab'
import { connectionText, daemonText, memoryText, servicesText, topologyText } from './host-text'
import { useAnswer } from '../../api/use-answer'

const refreshMs = 5000

/** What a host is made of, how much of it is used and promised, and how it is reached. */
export function HostOverviewTab({ host }: { host: Host }) {
  const isConnected = host.status.kind === 'connected'
  const answer = useAnswer(`details ${host.id}`, () => api.hosts.details({ host: host.id }), {
    isWanted: isConnected,
    isKept: true,
    everyMs: refreshMs,
  })
  return (
    <HostTab
      answer={answer}
      isConnected={isConnected}
      failure="The host could not be read"
      waiting="Reading the host…"
    >
      {(details) => (
        <Overview host={host} details={details} use={cpuUse(answer.before?.cpu.time, details.cpu.time)} />
      )}
    </HostTab>
  )
}

function Overview({ host, details, use }: { host: Host; details: HostDetails; use: number | undefined }) {
  const byKey = useVms((state) => state.byKey)
  const promised = useMemo(
    () => promisedTo([...byKey.values()].filter((vm) => vm.host === host.id)),
    [byKey, host.id],
  )
  const info = host.status.kind === 'connected' ? host.status.info : host.lastInfo
  const { cpu, memory, daemon, cells } = details
  const used = memory.freeBytes === undefined ? undefined : memory.totalBytes - memory.freeBytes
  const cached = memory.cachedBytes ?? 0
  return (
    <div className="host-grid">
      {details.libvirtVms === undefined || details.libvirtVms === 0 ? null : (
        <div className="host-wide">
          <Note
            tone="info"
            title={`${details.libvirtVms === 1 ? 'One VM' : `${details.libvirtVms} VMs`} of libvirt run${details.libvirtVms === 1 ? 's' : ''} on this computer, too`}
          >
            Libvirt manages them: add the host qemu:///system there to see them.
          </Note>
        </div>
      )}
      <Card title="CPU" aside={<span className="host-aside">{topologyText(cpu)}</span>}>
        <Bar
          label="In use"
          share={use}
          text={use === undefined ? 'Measuring…' : `${Math.round(use * 100)} %`}
        />
        <PromiseBars
          physical={cpu.threads}
          of={promised}
          amount={(one) => one.vcpus}
          text={(amount) => `${amount} vCPU${amount === 1 ? '' : 's'}`}
        />
      </Card>
      <Card title="Memory" aside={<span className="host-aside">{formatBytes(memory.totalBytes)}</span>}>
        <Bar
          label="In use"
          share={used === undefined ? undefined : (used - cached) / memory.totalBytes}
          text={
            used === undefined
              ? 'Not told'
              : `${formatBytes(Math.max(0, used - cached))}${cached > 0 ? ` · ${formatBytes(cached)} cache` : ''}`
          }
        />
        <PromiseBars
          physical={memory.totalBytes}
          of={promised}
          amount={(one) => one.memoryBytes}
          text={(amount) => formatBytes(amount)}
        />
        <Facts facts={memoryText(memory)} />
      </Card>
      <Card title="Host">
        <Facts
          facts={[
            ['Host name', info?.hostname],
            ['Computer', details.product],
            ['Firmware', details.firmware],
            ['Operating system', details.os],
            ['Kernel', details.kernel],
            ['Running for', details.uptimeMs === undefined ? undefined : formatDuration(details.uptimeMs)],
            ['Processor', cpu.marketingName ?? (cpu.model || undefined)],
            ['CPU model', [cpu.vendor, cpu.model].filter(Boolean).join(' ') || info?.architecture],
            ['Frequency', cpu.mhz === undefined ? undefined : `${cpu.mhz} MHz`],
            ['Architecture', info?.architecture],
            ...servicesText(details.services),
          ]}
        />
      </Card>
      <Card title="Connection">
        <Facts facts={[...connectionText(host, details), ...daemonText(info, daemon)]} />
      </Card>
      {cells.length > 0 ? (
        <Card title="NUMA cells" isWide>
          <table className="host-table">
            <thead>
              <tr>
                <th scope="col">Cell</th>
                <th scope="col">CPUs</th>
                <th scope="col">Memory</th>
                <th scope="col">Free</th>
                <th scope="col">Huge pages</th>
              </tr>
            </thead>
            <tbody>
              {cells.map((cell) => (
                <tr key={cell.id}>
                  <th scope="row">{cell.id}</th>
                  <td className="selectable">
                    {cell.cpuCount}
                    {cell.cpus ? <span className="secondary"> · {cell.cpus}</span> : null}
                  </td>
                  <td>{cell.memoryBytes === undefined ? '–' : formatBytes(cell.memoryBytes)}</td>
                  <td>{cell.freeBytes === undefined ? '–' : formatBytes(cell.freeBytes)}</td>
                  <td>
                    {cell.hugePages
                      .map(({ sizeBytes, count }) => `${count} × ${formatBytes(sizeBytes)}`)
                      .join(', ') || '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      ) : null}
    </div>
  )
}

interface PromiseProps {
  readonly physical: number
  readonly of: { readonly running: Promised; readonly defined: Promised }
  readonly amount: (promised: Promised) => number
  readonly text: (amount: number) => string
}

/** What VMs may take, against what there is. More than all of it is over-commitment, which is allowed but worth seeing. */
function PromiseBars({ physical, of, amount, text }: PromiseProps) {
  return (
    <>
      {(['running', 'defined'] as const).map((which) => {
        const promised = amount(of[which])
        const ratio = physical > 0 ? promised / physical : undefined
        return (
          <Bar
            key={which}
            label={which === 'running' ? 'Promised to running VMs' : 'Promised to all VMs'}
            share={ratio}
            text={`${text(promised)}${ratio === undefined ? '' : ` · ${Math.round(ratio * 100)} %`}`}
          />
        )
      })}
    </>
  )
}

function Bar({ label, share, text }: { label: string; share: number | undefined; text: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, share ?? 0)) * 100)
  const isOver = (share ?? 0) > 1
  return (
    <div className="host-bar">
      <span>{label}</span>
      <span className="host-bar-text">
        {text}
        {isOver ? <span className="host-over"> over-committed</span> : null}
      </span>
      <div
        className={isOver ? 'host-bar-track is-over' : 'host-bar-track'}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={text}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
    </div>
  )
}
