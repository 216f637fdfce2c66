/**
 * Statistics of many domains in one call (virConnectGetAllDomainStats). Not every driver has it, and not every version
 * knows NOWAIT, which keeps a domain that is locked by a long job from holding up the answer; what was learned about
 * the host is remembered.
 */
import {
  hyperNumber,
  isRpcError,
  isUnsupported,
  paramMap,
  virConnectGetAllDomainStatsFlags as statsFlags,
  virConnectListAllDomainsFlags as listFlags,
  type CallOptions,
  type DomainHandle,
  type LibvirtSession,
  type ParamValue,
} from '../../libvirt-rpc/index'

export interface DomainStats {
  readonly domain: DomainHandle
  readonly values: ReadonlyMap<string, ParamValue>
}

export class BulkStats {
  readonly #rpc: LibvirtSession
  #optionalFlags: number = statsFlags.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT
  #isSupported = true

  constructor(rpc: LibvirtSession) {
    this.#rpc = rpc
  }

  /** Undefined when the driver has no bulk statistics. */
  async read(
    groups: number,
    options: { activeOnly?: boolean; domains?: DomainHandle[] } & CallOptions,
  ): Promise<DomainStats[] | undefined> {
    if (!this.#isSupported) return undefined
    const { activeOnly = false, domains = [], ...callOptions } = options
    const flags = this.#optionalFlags | (activeOnly ? listFlags.VIR_CONNECT_LIST_DOMAINS_ACTIVE : 0)
    try {
      const { retStats } = await this.#rpc.call(
        'CONNECT_GET_ALL_DOMAIN_STATS',
        { doms: domains, stats: groups, flags },
        callOptions,
      )
      return retStats.map(({ dom, params }) => ({ domain: dom, values: paramMap(params) }))
    } catch (error) {
      if (isUnsupported(error)) {
        this.#isSupported = false
        return undefined
      }
      // since libvirt 4.5; the test driver refuses it to this day
      if (isRpcError(error, 'VIR_ERR_INVALID_ARG') && this.#optionalFlags !== 0) {
        this.#optionalFlags = 0
        return this.read(groups, options)
      }
      throw error
    }
  }
}

export function numberIn(values: ReadonlyMap<string, ParamValue>, field: string): number | undefined {
  const value = values.get(field)
  return typeof value === 'number' || typeof value === 'bigint' ? hyperNumber(value) : undefined
}
