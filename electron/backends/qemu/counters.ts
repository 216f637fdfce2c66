/** Loads of running guests: CPU and memory of their processes, requests by their monitors. */
import { given } from '../../../shared/given'
import type { HostCounters } from '../../../shared/model/host-load'
import type { VmId } from '../../../shared/model/ids'
import type { VmCounters } from '../../../shared/model/stats'
import type { DiskCounters, NicCounters, VcpuCounters, VmLoadCounters } from '../../../shared/model/vm-load'
import { parseXml } from '../../domain-xml/document'
import { objectsIn, isObject, type Json, type JsonObject } from '../../qmp/index'
import type { CounterWish } from '../backend'
import type { StatsSession } from '../stats-session'
import { windowed } from '../windowed'
import { topNodes } from './blocks/top-nodes'
import type { Guest } from './guest'
import { runningGuest, shutOff, type QemuHost } from './host'
import { readHostCounters } from './host-counters'
import type { VmEntry } from './inventory'
import { readNics } from './nic-counters'

const limitMs = 5000
const width = 6
/** Of what /proc counts in, wherever Linux runs VMs (proc_pid_stat(5)). */
const tickNs = 10_000_000
const pageBytes = 4096
const quick = { timeoutMs: limitMs }

export async function readCounters(host: QemuHost, { figures }: CounterWish = {}): Promise<VmCounters[]> {
  const running = host.inventory.known().filter(({ run }) => run !== undefined)
  const processes = await readProcesses(
    host,
    running.flatMap(({ run }) => (run ? [`/proc/${run.process.pid}/stat`] : [])),
  )
  const wants = (figure: 'cpu' | 'memory' | 'disk' | 'network'): boolean =>
    figures === undefined || figures.includes(figure)
  const nics = wants('network')
    ? await readNics(host.link, pidsWithTaps(running))
    : new Map<number, NicCounters[]>()
  return windowed(running, width, async ({ id, run, guest, running: xml }): Promise<VmCounters> => {
    const process = processes.get(run?.process.pid ?? -1)
    const disks = wants('disk') && guest ? await readDisks(guest, xml).catch(() => []) : []
    return {
      id,
      ...(wants('cpu') ? given('cpuTimeNs', process?.cpuTimeNs) : {}),
      ...(wants('memory')
        ? { ...given('residentBytes', process?.residentBytes), ...given('balloonBytes', guest?.balloonBytes) }
        : {}),
      ...(disks.length > 0 ? sums(disks) : {}),
      ...netSums(nics.get(run?.process.pid ?? -1)),
    }
  })
}

export function statsOf(host: QemuHost): StatsSession {
  return {
    vmCounters: (vm) => readLoad(host, vm),
    hostCounters: (): Promise<HostCounters> => readHostCounters(host.link),
    async setMemoryReports(vm, periodSeconds) {
      const { guest } = await runningGuest(host, vm)
      await guest.execute('qom-set', {
        path: '/machine/peripheral/balloon0',
        property: 'guest-stats-polling-interval',
        value: periodSeconds,
      })
    },
  }
}

async function readLoad(host: QemuHost, id: VmId): Promise<VmLoadCounters> {
  const { run, guest, record, running } = await host.inventory.find(id)
  if (!run) throw shutOff(record.name)
  const { pid } = run.process
  const cpus = guest ? await guest.execute('query-cpus-fast', {}, quick) : []
  const threads = objectsIn(cpus).flatMap((cpu) => {
    const [number, thread] = [cpu['cpu-index'], cpu['thread-id']]
    return typeof number === 'number' && typeof thread === 'number' ? [{ number, thread }] : []
  })
  const files = [`/proc/${pid}/stat`, ...threads.map(({ thread }) => `/proc/${pid}/task/${thread}/stat`)]
  const processes = await readProcesses(host, files)
  const own = processes.get(pid)
  const nics = await readNics(host.link, [pid])
  const disks = guest ? await readDisks(guest, running) : []
  const sources = new Map(
    (running === undefined ? [] : (parseXml(running).root.find('devices')?.children('disk') ?? [])).map(
      (disk) => [
        disk.find('target')?.attribute('dev') ?? '',
        disk.find('source')?.attribute('file') ?? disk.find('source')?.attribute('dev'),
      ],
    ),
  )
  return {
    ...given('cpuTimeNs', own?.cpuTimeNs),
    vcpus: threads.map(
      ({ number, thread }): VcpuCounters => ({
        number,
        state: 'running',
        ...given('timeNs', processes.get(thread)?.cpuTimeNs),
      }),
    ),
    disks: disks.map((disk) => ({ ...disk, ...given('source', sources.get(disk.target)) })),
    nics: nics.get(pid) ?? [],
    memory: {
      maximumBytes: record.maxMemoryBytes,
      ...given('balloonBytes', guest?.balloonBytes),
      ...given('residentBytes', own?.residentBytes),
    },
  }
}

/** Others have nothing that the host counts, and looking costs. */
function pidsWithTaps(running: readonly VmEntry[]): number[] {
  return running.flatMap(({ run, running: xml }) =>
    run && /<interface\b[^>]*\btype=["'](bridge|ethernet)/.test(xml ?? '') ? [run.process.pid] : [],
  )
}

/** Nothing where nothing is counted, which is another thing than none. */
function netSums(
  nics: readonly NicCounters[] | undefined,
): Pick<VmCounters, 'netReceiveBytes' | 'netSendBytes'> {
  if (!nics || nics.length === 0) return {}
  const sum = (name: 'receiveBytes' | 'sendBytes'): number =>
    nics.reduce((total, nic) => total + (nic[name] ?? 0), 0)
  return { netReceiveBytes: sum('receiveBytes'), netSendBytes: sum('sendBytes') }
}

interface Process {
  readonly cpuTimeNs: number
  readonly residentBytes: number
}

/** Each line begins with the number of its process or thread; one that has ended has none. */
async function readProcesses(host: QemuHost, files: readonly string[]): Promise<Map<number, Process>> {
  if (files.length === 0) return new Map()
  const { stdout } = await host.link.run(['cat', '--', ...files], { signal: AbortSignal.timeout(limitMs) })
  return new Map(
    stdout.split('\n').flatMap((line) => {
      const process = processFrom(line)
      return process ? [process] : []
    }),
  )
}

/** proc_pid_stat(5): the name in parentheses may hold anything. */
export function processFrom(line: string): [number, Process] | undefined {
  const pid = Number(line.slice(0, line.indexOf(' ')))
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const [user, system, pages] = [fields[11], fields[12], fields[21]].map(Number)
  if (!Number.isInteger(pid) || user === undefined || system === undefined || pages === undefined)
    return undefined
  if (![user, system, pages].every(Number.isFinite)) return undefined
  return [pid, { cpuTimeNs: (user + system) * tickNs, residentBytes: pages * pageBytes }]
}

async function readDisks(guest: Guest, running: string | undefined): Promise<DiskCounters[]> {
  const answer = await guest.execute('query-blockstats', {}, quick)
  // QEMU itself named an image that was below another one, and is the disk since these were merged
  const isStrange = objectsIn(answer).some(({ qdev, 'node-name': node }) =>
    typeof qdev === 'string' && typeof node === 'string' ? node.startsWith('#') : false,
  )
  if (!isStrange || running === undefined) return disksFrom(answer)
  const tops = await topNodes(guest, running)
  return disksFrom(answer, new Map([...tops].map(([target, node]) => [node, target])))
}

/** Only what a guest sees as a disk has a device; its node is named after the target of the definition. */
export function disksFrom(answer: Json, targets: ReadonlyMap<string, string> = new Map()): DiskCounters[] {
  return objectsIn(answer).flatMap((one): DiskCounters[] => {
    const { stats, qdev } = one
    const target = targetOf(one, targets)
    if (!isObject(stats) || typeof qdev !== 'string' || target === undefined) return []
    const number = (name: string): number | undefined => {
      const value = stats[name]
      return typeof value === 'number' ? value : undefined
    }
    return [
      {
        target,
        ...given('readBytes', number('rd_bytes')),
        ...given('readRequests', number('rd_operations')),
        ...given('readTimeNs', number('rd_total_time_ns')),
        ...given('writeBytes', number('wr_bytes')),
        ...given('writeRequests', number('wr_operations')),
        ...given('writeTimeNs', number('wr_total_time_ns')),
        ...given('flushRequests', number('flush_operations')),
        ...given('flushTimeNs', number('flush_total_time_ns')),
      },
    ]
  })
}

function targetOf(one: JsonObject, targets: ReadonlyMap<string, string>): string | undefined {
  const node = one['node-name']
  return typeof node === 'string' ? (targets.get(node) ?? /^drive-([a-z]+)/.exec(node)?.[1]) : undefined
}

function sums(disks: readonly DiskCounters[]): Omit<VmCounters, 'id'> {
  const sum = (name: Exclude<keyof DiskCounters, 'target' | 'source'>): number =>
    disks.reduce((total, disk) => total + (disk[name] ?? 0), 0)
  return {
    diskReadBytes: sum('readBytes'),
    diskWriteBytes: sum('writeBytes'),
    diskReadRequests: sum('readRequests'),
    diskWriteRequests: sum('writeRequests'),
    diskReadTimeNs: sum('readTimeNs'),
    diskWriteTimeNs: sum('writeTimeNs'),
  }
}
