import type { Host, HostInfo } from '../../../shared/model/host'
import { usedMemoryBytes } from '../../../shared/model/stats'
import { vmStates, vmStateText, type Vm } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import type { VmRow } from './vm-table'

/** What virt-top has above its table: what the hosts are, how their VMs stand, and what these take. */
export function summaryOf(
  hosts: readonly Host[],
  vms: readonly Pick<Vm, 'state'>[],
  rows: readonly VmRow[],
): string[] {
  const infos = hosts.flatMap(({ status }): HostInfo[] => (status.kind === 'connected' ? [status.info] : []))
  const cpus = sum(infos.map(({ cpuCount }) => cpuCount))
  const memoryBytes = sum(infos.map((info) => info.memoryBytes))
  const usedCpus = sum(
    rows.map(({ sample, ref }) => ((sample.cpuPercent ?? 0) / 100) * (cpusOf(hosts, ref.host) ?? 0)),
  )
  const usedMemory = sum(rows.map(({ sample }) => usedMemoryBytes(sample) ?? 0))
  return [
    `${counted(infos.length, 'host')} with ${counted(cpus, 'CPU')} and ${formatBytes(memoryBytes)}`,
    statesText(vms),
    `VMs take ${usedCpus.toFixed(1)} CPUs and ${formatBytes(usedMemory)}`,
  ]
}

/** "30 running, 2 paused, 9 shut off": those there are, running ones always. */
function statesText(vms: readonly Pick<Vm, 'state'>[]): string {
  return vmStates
    .map((state) => [state, vms.filter((vm) => vm.state === state).length] as const)
    .filter(([state, count]) => count > 0 || state === 'running')
    .map(([state, count]) => `${count} ${vmStateText[state].toLocaleLowerCase()}`)
    .join(', ')
}

function cpusOf(hosts: readonly Host[], id: Host['id']): number | undefined {
  const host = hosts.find((one) => one.id === id)
  return host?.status.kind === 'connected' ? host.status.info.cpuCount : undefined
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
