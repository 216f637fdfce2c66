import type { Duplex } from 'node:stream'
import { AppError, errorData, type ErrorData } from '../../../shared/errors'
import type { HostUri } from '../../../shared/model/host-uri'
import { dial } from '../../backends/libvirt/dial'
import { SaslLogin } from '../../backends/libvirt/dial-sasl'
import { toAppError } from '../../backends/libvirt/errors'
import { routesTo } from '../../backends/libvirt/routes'
import { isSession } from '../../backends/libvirt/socket-paths'
import { askAuth, RpcClosedError } from '../../libvirt-rpc/index'
import type { Link } from '../../link/link'
import { skipped, type Check } from '../check'
import { fromError } from '../run-checks'
import type { RunState } from '../run-state'
import { judgeAccess, judgeInstalled, judgeRoutes, judgeService, judgeSocket } from '../verdicts/daemon'
import { judgeAuth, judgeKvm, judgeOpen, judgeXen } from '../verdicts/hypervisor'
import type { HostFacts, SocketFacts } from '../probes/host-facts'

const askLimitMs = 8000
/** An agent on the host, or the user here, may have to be asked. */
const openLimitMs = 200_000

/** The daemon as it is seen on the machine it runs on: by programs, services and sockets. */
export function machineChecks(state: RunState, isHere: boolean): Check[] {
  const judged = (
    id: string,
    title: string,
    needs: readonly string[],
    judge: (facts: HostFacts) => ReturnType<Check['run']>,
  ): Check => ({
    id,
    title,
    needs,
    run: () => (state.facts ? judge(state.facts) : skipped('Nothing is known about the machine')),
  })
  const { uri } = state
  return [
    ...(uri.driver === 'xen'
      ? [judged('xen', 'Xen and its services run', ['command'], (facts) => judgeXen(facts, isHere))]
      : []),
    judged('installed', 'libvirt is installed', ['command'], (facts) =>
      judgeInstalled(facts, uri.driver, isHere),
    ),
    judged('service', 'The daemon runs', ['command', 'installed'], (facts) =>
      judgeService(facts, uri, isHere),
    ),
    judged('socket', 'Its socket is there', ['command', 'service'], (facts) =>
      judgeSocket(facts, uri, isHere),
    ),
    accessCheck(state, isHere),
    ...(isHere ? [] : [routesCheck(state)]),
  ]
}

function accessCheck(state: RunState, isHere: boolean): Check {
  return {
    id: 'access',
    title: 'The account may use the socket',
    needs: ['command', 'socket'],
    limitMs: 20_000,
    async run(signal) {
      const { link, facts } = state
      const there = facts?.sockets.find((socket) => socket.state === 'there')
      if (!link || !facts || !there) return skipped('There is no socket to open')
      const error = await whyClosed(link, there, isHere, signal)
      state.isSocketDead = error !== undefined && error.kind !== 'denied'
      const verdict = judgeAccess(facts, error, isHere)
      // who only looks needs the other socket
      if (verdict.state !== 'failed' || !state.request.readOnly || state.isSocketDead) return verdict
      return { ...verdict, state: 'warning', blocks: true }
    },
  }
}

/** By ssh the opening itself may be forbidden while the account has the right, so the rights are looked at there. */
function whyClosed(
  link: Link,
  { path, mayOpen }: SocketFacts,
  isHere: boolean,
  signal: AbortSignal,
): Promise<ErrorData | undefined> {
  if (isHere) return errorOf(link.openUnix(path, signal))
  return Promise.resolve(mayOpen ? undefined : { kind: 'denied', message: 'Permission denied' })
}

async function errorOf(opening: Promise<Duplex>): Promise<ErrorData | undefined> {
  try {
    const stream = await opening
    stream.on('error', () => undefined)
    stream.destroy()
    return undefined
  } catch (error) {
    if (error instanceof AppError) return errorData(error)
    throw error
  }
}

function routesCheck(state: RunState): Check {
  return {
    id: 'route',
    title: 'A way from ssh to the daemon',
    needs: ['command', 'access'],
    limitMs: 20_000,
    async run(signal) {
      const { link, facts } = state
      if (!link || !facts) return skipped('Nothing is known about the host')
      const there = facts.sockets.find((socket) => socket.state === 'there')
      const hasProgram = ['virt-ssh-helper', 'nc'].some((name) => facts.programs.includes(name))
      // without either, opening the socket works only if the ssh server forwards to it
      const forwards =
        hasProgram || !there ? undefined : (await errorOf(link.openUnix(there.path, signal))) === undefined
      return judgeRoutes(facts, forwards, isSession(state.uri))
    },
  }
}

/** What the daemon itself says, whichever way leads to it. */
export function daemonChecks(
  state: RunState,
  needs: readonly string[],
  /** To look is another right, by a socket of its own: it may work where managing does not. */
  needsToLook: readonly string[],
): Check[] {
  return [
    {
      id: 'auth',
      title: 'What the daemon asks for',
      needs,
      limitMs: 30_000,
      async run(signal) {
        if (!state.link) return skipped('There is no connection')
        try {
          const asked = await askByRoutes(state.link, state.uri, signal)
          const { methods, mechanisms } = asked
          return judgeAuth(
            { methods, ...(mechanisms === undefined ? {} : { saslMechanisms: mechanisms }) },
            state.uri.transport !== 'tcp',
          )
        } catch (error) {
          return fromError(toAppError(error), { recipe: 'start-daemon' })
        }
      },
    },
    openCheck(state, 'read-only', needsToLook),
    openCheck(state, 'read-write', ['auth']),
  ]
}

async function askByRoutes(
  link: Link,
  uri: HostUri,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<typeof askAuth>>> {
  const routes = routesTo(link, uri, { readOnly: false, log: () => undefined })
  let last: unknown = new AppError('unreachable', 'There is no way to the daemon')
  for (const route of routes) {
    try {
      return await askAuth(await route.open(signal), askLimitMs)
    } catch (error) {
      signal.throwIfAborted()
      const why = error instanceof RpcClosedError ? await route.whyEnded?.() : undefined
      // the next way may exist where this one does not
      last = why === 'absent' || why === undefined ? error : why
      if (why !== 'absent') break
    }
  }
  throw last
}

function openCheck(state: RunState, kind: 'read-only' | 'read-write', needs: readonly string[]): Check {
  return {
    id: `open-${kind}`,
    title: kind === 'read-only' ? 'The hypervisor opens to look' : 'The hypervisor opens to manage',
    needs,
    limitMs: openLimitMs,
    async run(signal) {
      const { link, uri, request } = state
      if (!link) return skipped('There is no connection')
      if (kind === 'read-only' && isSession(uri)) {
        return skipped('A user session has no read-only socket')
      }
      if (state.isSocketDead) return skipped('Nobody listens at the socket')
      const context = { isReadOnlyHost: request.readOnly ?? false, user: state.facts?.user ?? state.user }
      try {
        const { session } = await dial(link, uri, {
          signal,
          deadlineMs: 12_000,
          readOnly: kind === 'read-only',
          login: new SaslLogin(uri, {
            log: () => undefined,
            ask: (prompt) => request.ask(prompt),
            fromFile: async () => undefined,
          }),
          onStage: () => undefined,
          log: () => undefined,
        })
        let type: string
        try {
          ;({ type } = await session.call('CONNECT_GET_TYPE', undefined, { timeoutMs: 8000 }))
        } finally {
          await session.close()
        }
        return judgeOpen(
          kind,
          { found: `${type} opens ${kind === 'read-only' ? 'to look' : 'to manage'}` },
          context,
        )
      } catch (error) {
        const known = toAppError(error)
        if (!(known instanceof AppError)) throw error
        return judgeOpen(kind, { error: errorData(known) }, context)
      }
    },
  }
}

export function kvmCheck(state: RunState, isHere: boolean): Check {
  return {
    id: 'kvm',
    title: 'Hardware virtualization',
    needs: ['command'],
    run: () =>
      state.facts
        ? judgeKvm(state.facts, state.uri.driver, isHere)
        : skipped('Nothing is known about the machine'),
  }
}
