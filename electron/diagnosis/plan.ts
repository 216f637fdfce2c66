import { userInfo } from 'node:os'
import { AppError, errorData } from '../../shared/errors'
import { parseHostUri, type HostUri } from '../../shared/model/host-uri'
import type { ConnectRequest } from '../backends/backend'
import { openLink, refuseUnsupported } from '../backends/libvirt/connect'
import { directHost } from '../backends/libvirt/routes-direct'
import { failed, ok, type Check, type Verdict } from './check'
import { daemonChecks, kvmCheck, machineChecks } from './checks/daemon'
import { nameCheck, portCheck } from './checks/network'
import { sshChecks } from './checks/ssh'
import { socketsToLookAt } from './checks/sockets'
import { tlsChecks } from './checks/tls'
import { readHostFacts } from './probes/host-facts'
import type { RunState } from './run-state'

export interface Plan {
  readonly checks: readonly Check[]
  /** Ends what the checks opened. */
  close(): Promise<void>
}

/** The ordered checks for a libvirt host, by the transport of its URI. */
export function planChecks(request: ConnectRequest): Plan {
  let uri: HostUri
  try {
    uri = parseHostUri(request.uri)
    refuseUnsupported(uri)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const verdict = badUri(error)
    return { checks: [{ ...uriStep, run: () => verdict }], close: async () => undefined }
  }
  const state: RunState = {
    uri,
    request,
    host: directHost(uri),
    port: uri.port ?? usualPort(uri),
    user: uri.user ?? userInfo().username,
    addresses: [],
  }
  const good: Check = { ...uriStep, run: () => goodUri(uri) }
  return {
    checks: [good, ...byTransport(state)],
    close: async () => state.link?.close(),
  }
}

const uriStep = { id: 'uri', title: 'The connection URI is valid', needs: [] }

function badUri(error: AppError): Verdict {
  const { message, cure, detail } = errorData(error)
  return failed(message, {
    ...(cure === undefined ? {} : { cure }),
    ...(detail === undefined ? {} : { detail }),
    cause: 'The URI of the host cannot be used as it is written',
  })
}

const wayText: Record<HostUri['transport'], string> = {
  unix: 'the local socket',
  ssh: 'ssh',
  libssh: 'ssh',
  libssh2: 'ssh',
  tls: 'TLS',
  tcp: 'plain TCP',
  ext: 'a command',
}

function goodUri(uri: HostUri): Verdict {
  const kind = uri.path === '/session' ? 'the user session' : 'the system'
  return ok(`${uri.driver} of ${kind}, by ${wayText[uri.transport]}`)
}

function usualPort(uri: HostUri): number {
  if (uri.transport === 'tls') return 16_514
  return uri.transport === 'tcp' ? 16_509 : 22
}

function byTransport(state: RunState): Check[] {
  switch (state.uri.transport) {
    case 'unix':
      return [
        localFactsCheck(state),
        ...machineChecks(state, true),
        ...daemonChecks(state, ['command', 'access'], ['command', 'socket']),
        kvmCheck(state, true),
      ]
    case 'ssh':
    case 'libssh':
    case 'libssh2':
      return [
        ...sshChecks(state),
        ...machineChecks(state, false),
        ...daemonChecks(state, ['sign-in', 'access', 'route'], ['sign-in', 'socket']),
        kvmCheck(state, false),
      ]
    case 'tls':
      return [
        ...tlsChecks(state),
        directLinkCheck(state),
        ...daemonChecks(state, ['link', 'dates', 'chain', 'names', 'accepted'], ['auth']),
      ]
    case 'tcp':
      return [
        nameCheck(state),
        portCheck(state, {
          name: 'libvirt over TCP',
          command:
            "sudo ss -ltnp 'sport = :16509'; systemctl is-active libvirtd-tcp.socket virtproxyd-tcp.socket",
          refusedCure:
            'Better use ssh or TLS. Plain TCP is switched on by libvirtd-tcp.socket (virtproxyd-tcp.socket with modular daemons), or listen_tcp = 1 with --listen',
          recipe: 'sasl-libvirt',
        }),
        directLinkCheck(state),
        ...daemonChecks(state, ['port', 'link'], ['auth']),
      ]
    case 'ext':
      return []
  }
}

function localFactsCheck(state: RunState): Check {
  return {
    id: 'command',
    title: 'This computer can be looked at',
    needs: [],
    async run(signal) {
      state.link = await openLink(state.uri, { ...state.request, signal })
      state.facts = await readHostFacts(state.link, socketsToLookAt(state.uri, true), signal)
      const { user, groups } = state.facts
      return ok(`You are ${user}`, { facts: [`Groups: ${groups.join(', ')}`] })
    },
  }
}

/** Opens nothing yet: streams over it are made by the steps that follow. */
function directLinkCheck(state: RunState): Check {
  return {
    id: 'link',
    title: 'How the connection is protected',
    needs: ['port'],
    async run(signal) {
      state.link = await openLink(state.uri, { ...state.request, signal })
      if (state.uri.transport === 'tls') return ok('Encrypted by TLS')
      return {
        state: 'warning',
        found: 'Plain TCP is not encrypted',
        cause: 'Everybody on the way can read and change what is sent',
        cure: 'Use ssh (+ssh) or TLS (+tls) except inside a network you trust wholly',
        recipe: 'tls-server',
      }
    },
  }
}
