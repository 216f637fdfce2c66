/** The host page: what the host is made of and how it is reached, as its own files tell. */
import { given } from '../../../shared/given'
import type { ConnectionFacts, HostCpu, HostDetails, NumaCell } from '../../../shared/model/host-details'
import type { HostUri } from '../../../shared/model/host-uri'
import { readHostFiles } from '../host/details-files'
import { readHostServices } from '../host/services'
import type { QemuHost } from './host'
import { cpuFrom, memoryFrom } from './host-counters'

const limitMs = 8000
/** Each line is "FILE:text". */
const script = `
grep -sH '' /proc/stat /proc/meminfo /proc/cpuinfo \\
  /sys/devices/system/cpu/cpu[0-9]*/topology/physical_package_id \\
  /sys/devices/system/cpu/cpu[0-9]*/topology/die_id \\
  /sys/devices/system/cpu/cpu[0-9]*/topology/core_id \\
  /sys/devices/system/node/node[0-9]*/cpulist /sys/devices/system/node/node[0-9]*/meminfo
exit 0`

export async function readDetails(host: QemuHost, uri: HostUri): Promise<HostDetails> {
  const { link, info } = host
  const askedMs = performance.now()
  const { stdout } = await link.run(['env', 'LC_ALL=C', 'sh', '-c', script], {
    signal: AbortSignal.timeout(limitMs),
  })
  const answerMs = performance.now() - askedMs
  const texts = byFile(stdout)
  const [files, services] = await Promise.all([readHostFiles(link, info.hostname), readHostServices(link)])
  const memory = memoryFrom((texts.get('/proc/meminfo') ?? []).join('\n'))
  const cached = (memory?.buffersBytes ?? 0) + (memory?.cachedBytes ?? 0)
  const cells = cellsFrom(texts)
  return {
    ...given('os', files.os),
    ...given('kernel', files.kernel),
    ...given('uptimeMs', files.uptimeMs),
    cpu: cpuOf(texts, host),
    memory: {
      totalBytes: memory?.totalBytes ?? info.memoryBytes,
      ...given('freeBytes', memory?.freeBytes),
      ...given('cachedBytes', cached > 0 ? cached : undefined),
      ...files.memory,
    },
    cells,
    libvirtVms: host.discovery.libvirtCount,
    services,
    daemon: { ...given('hypervisorVersion', info.hypervisorVersion), answerMs },
    connection: connectionOf(uri),
    hardening: {
      securityModels: [],
      ksm: files.ksm,
      smt: files.smt,
      nested: files.nested,
      // every guest is started with it (argv)
      seccomp: 'on',
      ...guardsOf(texts),
      ...given('openFlaws', files.openFlaws),
      ...given('whyUnknown', files.whyUnknown),
    },
  }
}

export function connectionOf({ transport, user }: HostUri): ConnectionFacts {
  const isLocal = transport === 'unix'
  return {
    reach: isLocal ? 'local' : 'ssh',
    isSecure: true,
    isEncrypted: !isLocal,
    ...given('account', user),
  }
}

type Texts = ReadonlyMap<string, readonly string[]>

function byFile(stdout: string): Map<string, string[]> {
  const texts = new Map<string, string[]>()
  for (const line of stdout.split('\n')) {
    const at = line.indexOf(':')
    if (at < 0) continue
    const file = line.slice(0, at)
    texts.set(file, [...(texts.get(file) ?? []), line.slice(at + 1)])
  }
  return texts
}

function cpuOf(texts: Texts, { info }: QemuHost): HostCpu {
  const about = texts.get('/proc/cpuinfo') ?? []
  const word = (name: string): string | undefined =>
    about.map((line) => new RegExp(`^${name}\\s*: (.+)$`).exec(line)?.[1]?.trim()).find(Boolean)
  const threads: { package: string; die: string; core: string }[] = []
  for (const [file, [text = '']] of texts) {
    const cpu = /\/cpu(\d+)\/topology\/physical_package_id$/.exec(file)?.[1]
    if (cpu === undefined) continue
    const of = (name: string): string =>
      texts.get(`/sys/devices/system/cpu/cpu${cpu}/topology/${name}`)?.[0] ?? '0'
    threads.push({ package: text, die: of('die_id'), core: of('core_id') })
  }
  const count = (key: (thread: (typeof threads)[number]) => string): number =>
    Math.max(1, new Set(threads.map(key)).size)
  const counted = cpuFrom((texts.get('/proc/stat') ?? []).join('\n'))
  const busyNs = (counted?.userNs ?? 0) + (counted?.systemNs ?? 0)
  const mhz = Number(word('cpu MHz'))
  return {
    ...given('vendor', word('vendor_id')),
    model: info.cpuModel,
    ...given('marketingName', word('model name')),
    ...(mhz > 0 ? { mhz: Math.round(mhz) } : {}),
    sockets: count((one) => one.package),
    dies: count((one) => `${one.package}/${one.die}`),
    cores: count((one) => `${one.package}/${one.die}/${one.core}`),
    threads: Math.max(threads.length, info.cpuCount),
    ...given('time', counted && { busyNs, totalNs: busyNs + counted.idleNs + counted.ioWaitNs }),
  }
}

function cellsFrom(texts: Texts): NumaCell[] {
  const cells: NumaCell[] = []
  for (const [file, [cpus = '']] of texts) {
    const id = /\/node(\d+)\/cpulist$/.exec(file)?.[1]
    if (id === undefined) continue
    const memory = (texts.get(`/sys/devices/system/node/node${id}/meminfo`) ?? []).join('\n')
    const bytes = (name: string): number | undefined => {
      const kiB = new RegExp(`${name}: +(\\d+) kB`).exec(memory)?.[1]
      return kiB === undefined ? undefined : Number(kiB) * 1024
    }
    cells.push({
      id: Number(id),
      ...given('memoryBytes', bytes('MemTotal')),
      ...given('freeBytes', bytes('MemFree')),
      cpuCount: countOf(cpus),
      cpus: cpus.trim(),
      hugePages: [],
    })
  }
  return cells.toSorted((a, b) => a.id - b.id)
}

/** "0-3,8" are five. */
function countOf(list: string): number {
  return list
    .trim()
    .split(',')
    .filter((part) => part !== '')
    .reduce((sum, part) => {
      const [from = 0, to = from] = part.split('-').map(Number)
      return sum + to - from + 1
    }, 0)
}

function guardsOf(texts: Texts): Pick<HostDetails['hardening'], 'smep' | 'smap' | 'hap'> {
  const flags = (texts.get('/proc/cpuinfo') ?? []).find((line) => line.startsWith('flags'))?.split(/\s+/)
  const has = (...names: string[]): 'on' | 'off' | 'unknown' =>
    flags === undefined ? 'unknown' : names.some((name) => flags.includes(name)) ? 'on' : 'off'
  return { smep: has('smep'), smap: has('smap'), hap: has('ept', 'npt') === 'on' ? 'on' : 'unknown' }
}
