/**
 * From a URI to a session: the link, the way to the daemon's socket, opening the hypervisor, reading what is there.
 * Whatever ends it early leaves nothing open, and a daemon that is stuck ends it in time.
 */
import { AppError } from '../../../shared/errors'
import { parseHostUri, uriParam, type HostUri } from '../../../shared/model/host-uri'
import type { ConnectRequest, HypervisorSession } from '../backend'
import { findCredentials } from '../../client-config/auth-file'
import { openDirectLink } from '../../link/direct'
import type { Link } from '../../link/link'
import { openHostLink } from '../open-link'
import { BulkStats } from './domain-stats'
import { dial } from './dial'
import { SaslLogin } from './dial-sasl'
import { toAppError } from './errors'
import { watchDomains } from './events'
import type { LibvirtHost } from './host'
import { featuresOf, readHostInfo } from './host-info'
import { Inventory } from './inventory'
import { OpeningDeadline } from './opening-deadline'
import { readAllRecords, readRecord } from './records'
import { directHost } from './routes-direct'
import { openedSession } from './session'
import { SessionEvents } from '../session-events'
import { isReadOnlySocket } from './socket-paths'
import { readWords } from './titles'

/** For everything after the link is up; hosts are given up after twice that by the layer above. */
const openingLimitMs = 12_000

/** Drivers that run inside libvirt's client library, which a daemon does not serve. */
const clientOnlyDrivers = new Set([
  'esx',
  'vpx',
  'gsx',
  'hyperv',
  'vmwareplayer',
  'vmwarews',
  'vmwarefusion',
  'openvz',
])

export async function connectLibvirt(request: ConnectRequest): Promise<HypervisorSession> {
  const uri = parseHostUri(request.uri)
  refuseUnsupported(uri)
  throwIfAborted(request.signal)
  request.onStage('reaching')
  const link = await openLink(uri, request)
  const deadline = new OpeningDeadline(request.signal, openingLimitMs)
  try {
    return await openSession(link, uri, request, deadline)
  } catch (error) {
    void link.close()
    throw deadline.reason ?? toAppError(error)
  } finally {
    deadline.stop()
  }
}

async function openSession(
  link: Link,
  uri: HostUri,
  request: ConnectRequest,
  deadline: OpeningDeadline,
): Promise<HypervisorSession> {
  const readOnly = (request.readOnly ?? false) || isReadOnlySocket(uri)
  if (readOnly) request.log('Read-only: the daemon refuses every change')
  const login = new SaslLogin(uri, {
    log: (text) => request.log(text),
    ask: async (prompt) => {
      // somebody is typing
      deadline.suspend()
      request.onStage('authenticating')
      try {
        return await deadline.within(request.ask(prompt))
      } finally {
        deadline.resume()
      }
    },
    fromFile: async () => {
      const host = uri.host ?? 'localhost'
      const found = await findCredentials({ service: 'libvirt', host, file: uriParam(uri, 'authfile') })
      for (const warning of found?.warnings ?? []) request.log(`Warning: ${warning}`)
      return found
    },
  })
  const { session: rpc, another } = await dial(link, uri, {
    signal: deadline.signal,
    deadlineMs: openingLimitMs,
    readOnly,
    login,
    log: (text) => request.log(text),
    onStage: (stage) => {
      deadline.renew()
      // somebody at the host is being asked; that may take as long as it takes
      if (stage === 'waiting-for-polkit') {
        deadline.suspend()
        request.onStage('authenticating')
        request.log("Waiting for a confirmation by the host's polkit")
      } else if (stage === 'opening') {
        deadline.resume()
        request.onStage('opening')
      }
    },
  })
  try {
    const info = await deadline.within(readHostInfo(rpc, readOnly))
    request.log(
      `${info.hypervisor} ${info.hypervisorVersion ?? ''} through libvirt ${info.daemon?.version ?? ''}`,
    )
    const events = new SessionEvents()
    const bulk = new BulkStats(rpc)
    const inventory = new Inventory(
      {
        readAll: () => readAllRecords(rpc, bulk, { timeoutMs: 20_000 }),
        readOne: (id) => readRecord(rpc, id, { timeoutMs: 5000 }),
        readWords: (id) => readWords(rpc, id),
      },
      (event) => events.emit(event),
    )
    // events are not repeated: ask for them first, then list
    const hasEvents = await deadline.within(watchDomains(rpc, (vm, hint) => inventory.hint(vm, hint)))
    request.onStage('listing')
    await deadline.within(inventory.start())
    const features = featuresOf(rpc, info.hypervisor, hasEvents)
    const host: LibvirtHost = {
      rpc,
      link,
      driver: info.hypervisor,
      features,
      inventory,
      bulk,
      openAnother: another,
    }
    return openedSession(host, info, events, request.uri)
  } catch (error) {
    void rpc.close()
    throw error
  }
}

export async function openLink(uri: HostUri, request: ConnectRequest): Promise<Link> {
  if (uri.transport === 'tls' || uri.transport === 'tcp') return openDirectLink(directHost(uri))
  return openHostLink(uri, request)
}

export function refuseUnsupported(uri: HostUri): void {
  if (clientOnlyDrivers.has(uri.driver)) {
    throw new AppError('unsupported', `"${uri.driver}" hosts cannot be managed by Innkeeper`, {
      cure: 'Their driver is part of libvirt’s client library; only drivers of a libvirt daemon work.',
      field: 'uri',
    })
  }
  if (uri.path === '/embed') {
    throw new AppError('unsupported', 'The embedded driver works inside another program only', {
      cure: 'Use qemu:///system or qemu:///session.',
      field: 'uri',
    })
  }
  switch (uri.transport) {
    // libssh and libssh2 are other ways to the same server
    case 'unix':
    case 'ssh':
    case 'libssh':
    case 'libssh2':
    case 'tls':
    case 'tcp':
      return
    case 'ext':
      throw new AppError('unsupported', 'Connections by a command of your own (ext) are not possible', {
        cure: `Use ssh: ${uri.driver}+ssh://${uri.host ?? 'host'}${uri.path}`,
        field: 'uri',
      })
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return
  throw signal.reason instanceof AppError
    ? signal.reason
    : new AppError('cancelled', 'Connecting was cancelled')
}
