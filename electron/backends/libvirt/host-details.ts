/** The host page: what a host is made of, how it is reached, and what guests can have on it. */
import type {
  ConnectionFacts,
  GuestCapabilities,
  GuestCapabilitiesQuery,
  HostCapabilities,
  HostCpu,
  HostDetails,
  HostMemory,
  NumaCell,
} from '../../../shared/model/host-details'
import type { HostHardening, Known } from '../../../shared/model/host-security'
import type { HostInfo } from '../../../shared/model/host'
import type { HostServices } from '../../../shared/model/host-services'
import { parseHostUri } from '../../../shared/model/host-uri'
import { hyperNumber, paramMap, type CallOptions, type NodeGetInfoRet } from '../../libvirt-rpc/index'
import { settingsOf } from './console-security'
import { numberIn } from './domain-stats'
import { given } from '../../../shared/given'
import type { LibvirtHost } from './host'
import { readHostFiles, type HostFiles } from '../host/details-files'
import { readHostServices } from '../host/services'
import type { KeptMemory } from '../host/memory-files'
import { dotted } from './host-info'
import {
  readCells,
  readCpuCounts,
  readCpuFeatures,
  readHostCapabilities,
  readHostCpu,
  readPageBytes,
  readSecurityModels,
} from './xml/capabilities'
import { parseXml, type XmlElement } from '../../domain-xml/document'
import { readGuestCapabilities } from './xml/domain-capabilities'
import { readSysinfo } from './xml/sysinfo'
import { unlessRefused } from './unless-refused'

const quick: CallOptions = { timeoutMs: 8000 }
/** The first question about a program makes the daemon start it and ask; later ones are answered from its memory. */
const probing: CallOptions = { timeoutMs: 25_000 }
/** What rarely changes is not asked again while the page refreshes itself. */
const keepMs = 60_000

interface Lasting {
  readonly capabilities?: XmlElement
  readonly sysinfo: ReturnType<typeof readSysinfo>
  readonly files: HostFiles
  readonly services: HostServices
  readonly seccomp: Known
  readonly libVersion?: string
  readonly readAtMs: number
}

export class HostFacts {
  readonly #host: LibvirtHost
  readonly #info: HostInfo
  readonly #uri: string
  #lasting: Promise<Lasting> | undefined

  constructor(host: LibvirtHost, info: HostInfo, uri: string) {
    this.#host = host
    this.#info = info
    this.#uri = uri
  }

  async details(): Promise<HostDetails> {
    const { rpc } = this.#host
    const lasting = await this.#readLasting()
    const { capabilities, sysinfo, files } = lasting
    const askedMs = performance.now()
    const secure = await unlessRefused(rpc.call('CONNECT_IS_SECURE', undefined, quick))
    const answerMs = performance.now() - askedMs
    const [node, memory, cpuTime, shared, cells] = await Promise.all([
      rpc.call('NODE_GET_INFO', undefined, quick),
      this.#memory(),
      this.#cpuTime(),
      this.#sharedPages(),
      this.#cells(capabilities),
    ])
    return {
      ...given('product', sysinfo.product),
      ...given('firmware', sysinfo.firmware),
      ...given('os', files.os),
      ...given('kernel', files.kernel),
      ...given('uptimeMs', files.uptimeMs),
      cpu: cpuOf(node, capabilities, sysinfo.processor, cpuTime, this.#info.cpuModel),
      memory: {
        ...(memory ?? { totalBytes: hyperNumber(node.memory) * 1024 }),
        ...keptMemory(files.memory, capabilities),
      },
      cells,
      services: lasting.services,
      daemon: {
        ...given('libraryVersion', lasting.libVersion),
        ...given('daemonVersion', this.#info.daemon?.version),
        ...given('hypervisorVersion', this.#info.hypervisorVersion),
        ...given('uptimeMs', files.daemonUptimeMs),
        answerMs,
      },
      connection: connectionFacts(this.#uri, this.#host.link.isLocal, secure?.secure === 1),
      hardening: { ...hardeningOf(capabilities, files, shared, node), seccomp: lasting.seccomp },
    }
  }

  async capabilities(): Promise<HostCapabilities> {
    const { capabilities } = await this.#readLasting()
    return capabilities ? readHostCapabilities(capabilities) : { guests: [] }
  }

  /** On the connection for long work, so that a slow probe holds up nothing else. */
  async guestCapabilities(query: GuestCapabilitiesQuery): Promise<GuestCapabilities> {
    const { capabilities } = await this.#host.rpc.callJob(
      'CONNECT_GET_DOMAIN_CAPABILITIES',
      {
        emulatorbin: null,
        arch: query.architecture,
        machine: query.machine ?? null,
        virttype: query.virtType,
        flags: 0,
      },
      probing,
    )
    return readGuestCapabilities(parseXml(capabilities, 'the capabilities of its guests').root)
  }

  #readLasting(): Promise<Lasting> {
    const reading = this.#lasting ?? this.#startReading()
    return reading.then((value) =>
      performance.now() - value.readAtMs < keepMs || this.#lasting !== reading ? value : this.#startReading(),
    )
  }

  #startReading(): Promise<Lasting> {
    const { rpc, link } = this.#host
    const reading = (async (): Promise<Lasting> => {
      const [capabilities, sysinfo, libVersion, files, settings] = await Promise.all([
        unlessRefused(rpc.call('CONNECT_GET_CAPABILITIES', undefined, quick)),
        unlessRefused(rpc.call('CONNECT_GET_SYSINFO', { flags: 0 }, quick)),
        unlessRefused(rpc.call('CONNECT_GET_LIB_VERSION', undefined, quick)),
        readHostFiles(link, this.#info.hostname),
        settingsOf({ host: this.#host, ...this.#info }),
      ])
      return {
        ...given(
          'capabilities',
          capabilities && parseXml(capabilities.capabilities, 'its capabilities').root,
        ),
        sysinfo: sysinfo ? readSysinfo(parseXml(sysinfo.sysinfo, 'its hardware tables').root) : {},
        ...given('libVersion', libVersion && dotted(hyperNumber(libVersion.lib_ver))),
        files,
        services: files.whyUnknown === undefined ? await readHostServices(link) : {},
        seccomp: settings.seccomp,
        readAtMs: performance.now(),
      }
    })()
    this.#lasting = reading
    reading.catch(() => {
      if (this.#lasting === reading) this.#lasting = undefined
    })
    return reading
  }

  /** KiB by name (virNodeGetMemoryStats); the first call tells how many there are. */
  async #memory(): Promise<HostMemory | undefined> {
    const values = await this.#nodeStats('NODE_GET_MEMORY_STATS', (nparams) => ({
      nparams,
      cellNum: -1,
      flags: 0,
    }))
    const bytes = (name: string): number | undefined => {
      const kiB = values?.get(name)
      return kiB === undefined ? undefined : kiB * 1024
    }
    const totalBytes = bytes('total')
    if (totalBytes === undefined) return undefined
    const cached = (bytes('buffers') ?? 0) + (bytes('cached') ?? 0)
    return {
      totalBytes,
      ...given('freeBytes', bytes('free')),
      ...given('cachedBytes', cached > 0 ? cached : undefined),
    }
  }

  async #cpuTime(): Promise<HostCpu['time']> {
    const values = await this.#nodeStats('NODE_GET_CPU_STATS', (nparams) => ({
      cpuNum: -1,
      nparams,
      flags: 0,
    }))
    const idle = values?.get('idle')
    if (!values || idle === undefined) return undefined
    const busyNs = (values.get('kernel') ?? 0) + (values.get('user') ?? 0) + (values.get('intr') ?? 0)
    return { busyNs, totalNs: busyNs + idle + (values.get('iowait') ?? 0) }
  }

  async #nodeStats(
    name: 'NODE_GET_MEMORY_STATS' | 'NODE_GET_CPU_STATS',
    args: (nparams: number) => { nparams: number; flags: number },
  ): Promise<ReadonlyMap<string, number> | undefined> {
    const call = (nparams: number) =>
      // both procedures take the count and answer alike
      this.#host.rpc.call(name as 'NODE_GET_MEMORY_STATS', args(nparams) as never, quick)
    const count = await unlessRefused(call(0))
    const answer = count && (await unlessRefused(call(count.nparams)))
    return answer && new Map(answer.params.map(({ field, value }) => [field, hyperNumber(value)]))
  }

  /** Pages that KSM merged; undefined where the driver does not tell. */
  async #sharedPages(): Promise<number | undefined> {
    const { rpc } = this.#host
    const call = (nparams: number) => rpc.call('NODE_GET_MEMORY_PARAMETERS', { nparams, flags: 0 }, quick)
    const count = await unlessRefused(call(0))
    const answer = count && (await unlessRefused(call(count.nparams)))
    return answer && numberIn(paramMap(answer.params), 'shm_pages_sharing')
  }

  async #cells(capabilities: XmlElement | undefined): Promise<NumaCell[]> {
    const cells = capabilities ? readCells(capabilities) : []
    if (cells.length === 0) return []
    const last = Math.max(...cells.map((cell) => cell.id))
    const free = await unlessRefused(
      this.#host.rpc.call('NODE_GET_CELLS_FREE_MEMORY', { startCell: 0, maxcells: last + 1 }, quick),
    )
    return cells.map((cell) => {
      const bytes = free?.cells[cell.id]
      return { ...cell, ...given('freeBytes', bytes === undefined ? undefined : hyperNumber(bytes)) }
    })
  }
}

function cpuOf(
  node: NodeGetInfoRet,
  capabilities: XmlElement | undefined,
  processor: string | undefined,
  time: HostCpu['time'],
  model: string,
): HostCpu {
  const perNode = Math.max(1, node.nodes)
  const sockets = Math.max(1, node.sockets) * perNode
  const cores = sockets * Math.max(1, node.cores)
  const known = capabilities && readCpuCounts(capabilities)
  return {
    ...given('vendor', capabilities && readHostCpu(capabilities).vendor),
    model,
    ...given('marketingName', processor),
    ...given('mhz', node.mhz > 0 ? node.mhz : undefined),
    ...(known ?? { sockets, dies: sockets, cores, threads: node.cpus }),
    ...given('time', time),
  }
}

export function connectionFacts(uriText: string, isLocal: boolean, isDaemonSecure: boolean): ConnectionFacts {
  const uri = parseHostUri(uriText)
  const isTunnelled = uri.transport === 'ssh' || uri.transport === 'libssh' || uri.transport === 'libssh2'
  const isTls = uri.transport === 'tls'
  return {
    reach: isLocal && uri.transport === 'unix' ? 'local' : isTunnelled ? 'ssh' : 'network',
    // what the daemon says concerns its own way to the hypervisor; ours is the transport's
    isSecure: isDaemonSecure && (uri.transport === 'unix' || isTunnelled || isTls),
    isEncrypted: isTunnelled || isTls,
    ...given('account', uri.user),
  }
}

/** With sizes, where the host tells how large its pages are. */
function keptMemory({ merging, ...rest }: KeptMemory, capabilities: XmlElement | undefined): KeptMemory {
  const pageBytes = capabilities && readPageBytes(capabilities)
  const savedBytes =
    merging?.savedPages === undefined || pageBytes === undefined ? undefined : merging.savedPages * pageBytes
  return { ...rest, ...given('merging', merging && { ...merging, ...given('savedBytes', savedBytes) }) }
}

function hardeningOf(
  capabilities: XmlElement | undefined,
  files: HostFiles,
  sharedPages: number | undefined,
  node: NodeGetInfoRet,
): Omit<HostHardening, 'seccomp'> {
  const features = capabilities && readCpuFeatures(capabilities)
  const isX86 = capabilities && /^(x86_64|i686)$/.test(readHostCpu(capabilities).architecture ?? '')
  const has = (...names: string[]): Known => {
    if (!features || !isX86) return 'unknown'
    return names.some((name) => features.has(name)) ? 'on' : 'off'
  }
  const xenHap = capabilities?.children('guest').some((guest) => guest.find('features', 'hap') !== undefined)
  const counts = capabilities && readCpuCounts(capabilities)
  const seenSmt: Known = (counts ? counts.threads > counts.cores : node.threads > 1) ? 'on' : 'unknown'
  return {
    securityModels: capabilities ? readSecurityModels(capabilities) : [],
    // merged pages prove it is on; none prove nothing
    ksm: files.ksm === 'unknown' && (sharedPages ?? 0) > 0 ? 'on' : files.ksm,
    smt: files.smt === 'unknown' ? seenSmt : files.smt,
    nested: files.nested,
    smep: has('smep'),
    smap: has('smap'),
    // libvirt lists npt among AMD's features; Intel's ept is a capability of VMX that it does not list
    hap: xenHap || features?.has('npt') || features?.has('vmx-ept') ? 'on' : 'unknown',
    ...given('openFlaws', files.openFlaws),
    ...given('whyUnknown', files.whyUnknown),
  }
}
