import { AppError, errorData } from '../../../shared/errors'
import type { HostFeatures, HostInfo } from '../../../shared/model/host'
import { parseHostUri, type HostUri } from '../../../shared/model/host-uri'
import type { Backend, ConnectRequest, HypervisorSession } from '../backend'
import { gib } from './build'
import { cancelled, systemClock, type Clock } from './clock'
import { containerFeatures } from './containers'
import { FakeHost } from './fake-host'
import { FakeSession } from './fake-session'
import { sentinels, type Sentinel } from './sentinels'

const stageMs = 150

/**
 * The in-memory hypervisor behind `demo://` URIs: the demo host, unit tests and e2e. It obeys the rules libvirt obeys
 * and passes the same suite. The table in sentinels.ts lists hosts and VMs that fail on purpose.
 */
export function fakeBackend(options: Partial<Clock> = {}): FakeBackend {
  return new FakeBackend({ ...systemClock, ...options })
}

export class FakeBackend implements Backend {
  readonly name = 'demo'
  readonly #hosts = new Map<string, FakeHost>()
  readonly #drops = new Map<string, number>()

  constructor(private readonly clock: Clock) {}

  accepts(uri: string): boolean {
    return /^demo:\/\//i.test(uri.trim())
  }

  /** The host behind a URI: what another client of it would change. Lives as long as the backend. */
  hostAt(uri: string): FakeHost {
    return this.#host(parseHostUri(uri))
  }

  async connect(request: ConnectRequest): Promise<HypervisorSession> {
    const uri = parseHostUri(request.uri)
    const sentinel = sentinelOf(uri)
    const callDelayMs = sentinel.callDelayMs?.(uri) ?? 0
    if (request.signal.aborted) throw cancelled()
    request.onStage('reaching')
    request.log(`Reaching demo host "${hostName(uri)}"`)
    await this.clock.delay(callDelayMs || stageMs, request.signal)
    request.onStage('authenticating')
    await sentinel.greet?.(request, this.clock)
    if (request.signal.aborted) throw cancelled()
    request.onStage('opening')
    await this.clock.delay(callDelayMs || stageMs, request.signal)
    const host = this.#host(uri)
    const session = new FakeSession(host, infoOf(uri), featuresOf(sentinel), callDelayMs)
    request.log('Opened the demo hypervisor')
    this.#scheduleDrop(uri, sentinel, session)
    return session
  }

  #host(uri: HostUri): FakeHost {
    const key = JSON.stringify([hostName(uri), uri.path, uri.params])
    const known = this.#hosts.get(key)
    if (known) return known
    const sentinel = sentinelOf(uri)
    const host = new FakeHost(hostName(uri), this.clock)
    sentinel.populate(host, uri)
    this.#hosts.set(key, host)
    return host
  }

  #scheduleDrop(uri: HostUri, sentinel: Sentinel, session: FakeSession): void {
    const plan = sentinel.drops?.(uri)
    if (!plan) return
    const key = JSON.stringify([hostName(uri), uri.params])
    const dropped = this.#drops.get(key) ?? 0
    if (dropped >= plan.times) return
    this.#drops.set(key, dropped + 1)
    void this.clock.delay(plan.afterMs).then(() => {
      session.end(
        errorData(
          new AppError('unreachable', 'The connection to the host was lost', { detail: 'read ECONNRESET' }),
        ),
      )
    })
  }
}

function hostName(uri: HostUri): string {
  return uri.host ?? 'local'
}

function sentinelOf(uri: HostUri): Sentinel {
  const name = hostName(uri)
  const sentinel = Object.hasOwn(sentinels, name) ? sentinels[name] : undefined
  if (!sentinel) {
    throw new AppError('invalid', `There is no demo host called "${name}"`, {
      cure: 'Use demo://local/',
      field: 'uri',
    })
  }
  return sentinel
}

function infoOf(uri: HostUri): HostInfo {
  const name = hostName(uri)
  return {
    hostname: name === 'local' ? 'demo-host' : `demo-${name}`,
    hypervisor: sentinelOf(uri).isXen === true ? 'Xen' : 'Demo',
    hypervisorVersion: '1.0.0',
    connectedUri: `demo://${name}/`,
    architecture: 'x86_64',
    cpuModel: 'EPYC-Rome',
    cpuCount: 32,
    memoryBytes: 128 * gib,
    isReadOnly: false,
  }
}

function featuresOf(sentinel: Sentinel): HostFeatures {
  const can = sentinel.isBasic !== true
  return {
    canSave: can,
    canPause: can,
    canStartPaused: can,
    canReset: can,
    canAskAgent: can,
    canRename: can,
    canAutostart: can,
    canDelete: can,
    hasGraphicalConsole: can,
    updates: 'events',
    ...(sentinel.isLxc === true ? containerFeatures : {}),
  }
}
