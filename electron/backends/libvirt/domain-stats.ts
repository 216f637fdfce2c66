/**
 * Statistics of many domains in one call (virConnectGetAllDomainStats). Not every driver has it, and not every version
 * knows NOWAIT, which keeps a domain that is locked by a long job from holding up the answer; what was learned about
 * the host is remembered.
 */
import {
  DomainStatsSieve,
  RpcTimeoutError,
  hyperNumber,
  isRpcError,
  isUnsupported,
  paramMap,
  virConnectGetAllDomainStatsFlags as statsFlags,
  virConnectListAllDomainsFlags as listFlags,
  virDomainStatsTypes as groupFlags,
  type CallArgs,
  type CallOptions,
  type DomainHandle,
  type EachStats,
  type LibvirtSession,
  type ParamValue,
  type SievedStats,
} from '../../libvirt-rpc/index'
import { turn } from './turns'

/** Domains read at a time; a fleet's statistics would otherwise hold the main loop for a noticeable while. */
const domainsPerTurn = 200

/**
 * Groups for which QEMU's driver asks each running emulator (qemuDomainGetStatsWorkers in libvirt's qemu_driver.c). One
 * that does not answer holds up the statistics of all, for ever; with NOWAIT only the first such call, as that one then
 * has the guest locked.
 */
const fromEmulators =
  groupFlags.VIR_DOMAIN_STATS_BALLOON |
  groupFlags.VIR_DOMAIN_STATS_VCPU |
  groupFlags.VIR_DOMAIN_STATS_BLOCK |
  groupFlags.VIR_DOMAIN_STATS_IOTHREAD |
  groupFlags.VIR_DOMAIN_STATS_DIRTYRATE
/** Longer than a healthy host takes for a thousand guests; then it has to do without the emulators. */
const patienceMs = 5_000
/** Each unanswered call holds one of the daemon's workers, so emulators are not asked for ever. */
const maxUnanswered = 3

type ReadOptions = { activeOnly?: boolean; domains?: DomainHandle[] } & CallOptions

export class BulkStats {
  readonly #rpc: LibvirtSession
  readonly #sieves = new Map<number, DomainStatsSieve>()
  readonly #eachSieves = new Map<number, DomainStatsSieve>()
  #optionalFlags: number = statsFlags.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT
  #isSupported = true
  /** Calls given up that the daemon still works on. */
  #unanswered = 0

  constructor(rpc: LibvirtSession) {
    this.#rpc = rpc
  }

  /**
   * Keeps the fields that `wanted` names; the same for each call with these groups. Fields of emulators are absent while
   * some do not answer. Undefined when the driver has no such statistics.
   */
  async read(
    groups: number,
    wanted: readonly string[],
    options: ReadOptions,
  ): Promise<SievedStats[] | undefined> {
    const answer = await this.#ask(groups, options, (args, callOptions) =>
      this.#rpc.callRaw('CONNECT_GET_ALL_DOMAIN_STATS', args, callOptions),
    )
    return answer && this.#pickOut(answer.reply, answer.groups, wanted)
  }

  /** The same with nothing added up: `wanted` names the fields of each device ("block.*.name"). */
  async readEach(
    groups: number,
    wanted: readonly string[],
    options: ReadOptions,
  ): Promise<EachStats[] | undefined> {
    const answer = await this.#ask(groups, options, (args, callOptions) =>
      this.#rpc.callRaw('CONNECT_GET_ALL_DOMAIN_STATS', args, callOptions),
    )
    if (!answer) return undefined
    const sieve = this.#eachSieves.get(groups) ?? new DomainStatsSieve(wanted)
    this.#eachSieves.set(groups, sieve)
    return inTurns(sieve.readEach(answer.reply))
  }

  /** All fields of one domain, under the same rules; empty when it is gone. */
  async readOne(
    domain: DomainHandle,
    groups: number,
    options: CallOptions,
  ): Promise<ReadonlyMap<string, ParamValue> | undefined> {
    const answer = await this.#ask(groups, { ...options, domains: [domain] }, (args, callOptions) =>
      this.#rpc.call('CONNECT_GET_ALL_DOMAIN_STATS', args, callOptions),
    )
    return answer && paramMap(answer.reply.retStats[0]?.params ?? [])
  }

  async #ask<Reply>(
    groups: number,
    options: ReadOptions,
    call: (args: CallArgs<'CONNECT_GET_ALL_DOMAIN_STATS'>, options: CallOptions) => Promise<Reply>,
  ): Promise<{ readonly reply: Reply; readonly groups: number } | undefined> {
    if (!this.#isSupported) return undefined
    const { timeoutMs } = options
    const isPatient = (groups & fromEmulators) === 0
    if (!isPatient && this.#unanswered >= maxUnanswered)
      return this.#ask(groups & ~fromEmulators, options, call)
    const { activeOnly = false, domains = [], ...callOptions } = options
    const flags = this.#optionalFlags | (activeOnly ? listFlags.VIR_CONNECT_LIST_DOMAINS_ACTIVE : 0)
    try {
      const reply = await call(
        { doms: domains, stats: groups, flags },
        isPatient
          ? callOptions
          : {
              ...callOptions,
              timeoutMs: Math.min(timeoutMs ?? patienceMs, patienceMs),
              onLate: () => (this.#unanswered -= 1),
            },
      )
      return { reply, groups }
    } catch (error) {
      if (error instanceof RpcTimeoutError && !isPatient) {
        this.#unanswered += 1
        return this.#ask(groups & ~fromEmulators, options, call)
      }
      if (isUnsupported(error)) {
        this.#isSupported = false
        return undefined
      }
      // since libvirt 4.5; the test driver refuses it to this day
      if (isRpcError(error, 'VIR_ERR_INVALID_ARG') && this.#optionalFlags !== 0) {
        this.#optionalFlags = 0
        return this.#ask(groups, options, call)
      }
      throw error
    }
  }

  async #pickOut(reply: Uint8Array, groups: number, wanted: readonly string[]): Promise<SievedStats[]> {
    const sieve = this.#sieves.get(groups) ?? new DomainStatsSieve(wanted)
    this.#sieves.set(groups, sieve)
    return inTurns(sieve.read(reply))
  }
}

async function inTurns<T>(domains: Iterable<T>): Promise<T[]> {
  const all: T[] = []
  await turn()
  for (const stats of domains) {
    all.push(stats)
    if (all.length % domainsPerTurn === 0) await turn()
  }
  return all
}

export function numberIn(values: ReadonlyMap<string, ParamValue>, field: string): number | undefined {
  const value = values.get(field)
  return typeof value === 'number' || typeof value === 'bigint' ? hyperNumber(value) : undefined
}
