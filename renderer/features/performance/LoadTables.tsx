import type { ReactNode } from 'react'
import type { VmLoad } from '../../../shared/model/vm-load'
import { formatBytes, formatBytesPerSecond, formatDuration } from '../../../shared/units'
import { milliseconds, percent, requestsPerSecond } from './units'

/** What of a running VM is better read than drawn: each virtual CPU, disk and card by itself. */
export function LoadTables({ load }: { load: VmLoad }) {
  return (
    <>
      {load.vcpus.length === 0 ? null : <Vcpus load={load} />}
      {load.disks.length === 0 ? null : <Disks load={load} />}
      {load.nics.length === 0 ? null : <Nics load={load} />}
    </>
  )
}

const states = { running: 'Running', blocked: 'Blocked', offline: 'Offline', unknown: '–' } as const

function Vcpus({ load }: { load: VmLoad }) {
  return (
    <Table
      title="Virtual CPUs"
      heads={['vCPU', 'State', 'Use', 'Steal', 'Wait', 'CPU time', 'Runs on', 'May run on']}
      rows={load.vcpus.map((vcpu) => [
        String(vcpu.number),
        vcpu.isHalted === true && vcpu.state === 'running' ? 'Idle' : states[vcpu.state],
        written(vcpu.cpuPercent, percent.format),
        written(vcpu.stealPercent, percent.format),
        written(vcpu.waitPercent, percent.format),
        written(vcpu.timeNs, (ns) => formatDuration(ns / 1e6)),
        written(vcpu.hostCpu, (cpu) => `CPU ${cpu}`),
        vcpu.affinity ?? '–',
      ])}
    />
  )
}

function Disks({ load }: { load: VmLoad }) {
  return (
    <Table
      title="Disks"
      heads={[
        'Disk',
        'Read',
        'Write',
        'Reads',
        'Writes',
        'Read takes',
        'Write takes',
        'Flush takes',
        'Since the start',
        'Stored',
      ]}
      rows={load.disks.map((disk) => [
        disk.target,
        written(disk.readBytesPerSecond, formatBytesPerSecond),
        written(disk.writeBytesPerSecond, formatBytesPerSecond),
        written(disk.readRequestsPerSecond, requestsPerSecond.format),
        written(disk.writeRequestsPerSecond, requestsPerSecond.format),
        written(disk.readLatencyMs, milliseconds.format),
        written(disk.writeLatencyMs, milliseconds.format),
        written(disk.flushLatencyMs, milliseconds.format),
        `${written(disk.readBytes, formatBytes)} read, ${written(disk.writeBytes, formatBytes)} written`,
        disk.capacityBytes === undefined
          ? '–'
          : `${written(disk.allocationBytes, formatBytes)} of ${formatBytes(disk.capacityBytes)}`,
      ])}
    />
  )
}

function Nics({ load }: { load: VmLoad }) {
  const lost = (errors: number | undefined, drops: number | undefined): string =>
    `${written(errors, count)} / ${written(drops, count)}`
  return (
    <Table
      title="Network cards"
      heads={[
        'Device',
        'Receive',
        'Send',
        'Packets in',
        'Packets out',
        'Received',
        'Sent',
        'Errors / drops in',
        'Errors / drops out',
      ]}
      rows={load.nics.map((nic) => [
        nic.name,
        written(nic.receiveBytesPerSecond, formatBytesPerSecond),
        written(nic.sendBytesPerSecond, formatBytesPerSecond),
        written(nic.receivePacketsPerSecond, requestsPerSecond.format),
        written(nic.sendPacketsPerSecond, requestsPerSecond.format),
        written(nic.receiveBytes, formatBytes),
        written(nic.sendBytes, formatBytes),
        lost(nic.receiveErrors, nic.receiveDrops),
        lost(nic.sendErrors, nic.sendDrops),
      ])}
    />
  )
}

const count = (value: number): string => value.toLocaleString('en')

function written(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '–' : format(value)
}

interface TableProps {
  readonly title: string
  readonly heads: readonly string[]
  /** The first cell names the row. */
  readonly rows: readonly (readonly string[])[]
}

export function Table({ title, heads, rows }: TableProps): ReactNode {
  return (
    <section className="perf-card perf-wide" aria-label={title}>
      <h2>{title}</h2>
      <div className="perf-table-frame">
        <table className="perf-table selectable">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={heads[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
