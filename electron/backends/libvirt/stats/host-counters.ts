/** CPU time and memory of the host itself (virNodeGetCPUStats, virNodeGetMemoryStats). */
import type { HostCounters, HostMemory } from '../../../../shared/model/host-load'
import { hyperNumber, isUnsupported, type Hyper } from '../../../libvirt-rpc/index'
import type { LibvirtHost } from '../host'
import { given } from '../../../../shared/given'
import { detailOptions } from './options'

/** VIR_NODE_CPU_STATS_ALL_CPUS and VIR_NODE_MEMORY_STATS_ALL_CELLS. */
const all = -1

/** The daemon wants to be told exactly how many figures it has, so it is asked for that once. */
export class HostCounterReader {
  readonly #host: LibvirtHost
  #cpuFields: number | undefined
  #memoryFields: number | undefined

  constructor(host: LibvirtHost) {
    this.#host = host
  }

  async read(): Promise<HostCounters> {
    const [cpu, memory] = await Promise.all([orNothing(this.#cpu()), orNothing(this.#memory())])
    return { ...given('cpu', cpu && cpuFrom(cpu)), ...given('memory', memory && memoryFrom(memory)) }
  }

  async #cpu(): Promise<Figures> {
    const ask = (nparams: number) =>
      this.#host.rpc.call('NODE_GET_CPU_STATS', { cpuNum: all, nparams, flags: 0 }, detailOptions)
    this.#cpuFields ??= (await ask(0)).nparams
    return figures((await ask(this.#cpuFields)).params)
  }

  async #memory(): Promise<Figures> {
    const ask = (nparams: number) =>
      this.#host.rpc.call('NODE_GET_MEMORY_STATS', { cellNum: all, nparams, flags: 0 }, detailOptions)
    this.#memoryFields ??= (await ask(0)).nparams
    return figures((await ask(this.#memoryFields)).params)
  }
}

type Figures = ReadonlyMap<string, number>

function figures(params: readonly { readonly field: string; readonly value: Hyper }[]): Figures {
  return new Map(params.map(({ field, value }) => [field, hyperNumber(value)]))
}

async function orNothing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (isUnsupported(error)) return undefined
    throw error
  }
}

/** FreeBSD's daemon tells no wait, and counts interrupts apart. */
function cpuFrom(values: Figures): HostCounters['cpu'] {
  const userNs = values.get('user')
  const systemNs = values.get('kernel')
  const idleNs = values.get('idle')
  if (userNs === undefined || systemNs === undefined || idleNs === undefined) return undefined
  return {
    userNs,
    systemNs: systemNs + (values.get('intr') ?? 0),
    idleNs,
    ioWaitNs: values.get('iowait') ?? 0,
  }
}

function memoryFrom(values: Figures): HostMemory | undefined {
  const bytes = (field: string): number | undefined => {
    const kiB = values.get(field)
    return kiB === undefined ? undefined : kiB * 1024
  }
  const totalBytes = bytes('total')
  const freeBytes = bytes('free')
  if (totalBytes === undefined || freeBytes === undefined) return undefined
  return {
    totalBytes,
    freeBytes,
    ...given('buffersBytes', bytes('buffers')),
    ...given('cachedBytes', bytes('cached')),
  }
}
