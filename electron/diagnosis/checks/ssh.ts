import { homedir } from 'node:os'
import { join } from 'node:path'
import { AppError, errorData } from '../../../shared/errors'
import { uriParam } from '../../../shared/model/host-uri'
import { openLink } from '../../backends/libvirt/connect'
import { KnownHosts } from '../../link/known-hosts'
import { ok, skipped, warning, type Check } from '../check'
import { readHostFacts } from '../probes/host-facts'
import { readKeyState } from '../probes/key-state'
import { openPort, readGreeting } from '../probes/network'
import { greetSshServer } from '../probes/ssh-server'
import { ownSshWay, systemSshWay } from '../probes/ssh-way'
import type { RunState } from '../run-state'
import { judgeBanner } from '../verdicts/network'
import {
  clockText,
  judgeHostKey,
  judgeKeys,
  judgeMethods,
  judgeSignIn,
  judgeSshConfig,
} from '../verdicts/ssh'
import { nameCheck, portCheck } from './network'
import { socketsToLookAt } from './sockets'

const greetingLimitMs = 6000
/** The user may have to find a password, or a code on another device. */
const signInLimitMs = 300_000

/** Everything up to a sign-in and a first command on the host. */
export function sshChecks(state: RunState): Check[] {
  return [
    configCheck(state),
    nameCheck(state),
    portCheck(state, {
      name: 'ssh',
      command: "sudo ss -ltnp | grep -w sshd; grep -i '^ *Port' /etc/ssh/sshd_config",
      refusedCure:
        'Install and start the ssh server on the host (package openssh-server), or correct the port',
      recipe: 'sshd',
    }),
    bannerCheck(state),
    hostKeyCheck(state),
    keysCheck(state),
    methodsCheck(state),
    signInCheck(state),
    commandCheck(state),
  ]
}

function configCheck(state: RunState): Check {
  return {
    id: 'ssh-config',
    title: 'What the ssh configuration says',
    needs: [],
    async run(signal) {
      const typed = state.host
      const wanted = { host: typed, port: state.uri.port, user: state.uri.user }
      const isSystem = state.request.sshEngine === 'system'
      const way = isSystem ? await systemSshWay(wanted, signal) : await ownSshWay(wanted)
      if (way) {
        state.sshWay = way
        state.host = way.host
        state.port = way.port
        if (way.user !== '') state.user = way.user
        if (way.by !== undefined) state.jump = way.by
      }
      return judgeSshConfig(typed, way)
    },
  }
}

function bannerCheck(state: RunState): Check {
  return {
    id: 'ssh-server',
    title: 'An ssh server answers',
    needs: ['port'],
    async run(signal) {
      const [address] = state.addresses
      if (state.jump !== undefined || address === undefined) return skippedByJump(state)
      const socket = await openPort(address, state.port, signal, greetingLimitMs)
      return judgeBanner(state.host, state.port, await readGreeting(socket, greetingLimitMs))
    },
  }
}

function knownHostsFiles(state: RunState): readonly string[] {
  const told = uriParam(state.uri, 'known_hosts')
  if (told !== undefined) return [told]
  const configured = state.sshWay?.knownHostsFiles ?? []
  return configured.length > 0 ? configured : [join(homedir(), '.ssh', 'known_hosts')]
}

function hostKeyCheck(state: RunState): Check {
  return {
    id: 'host-key',
    title: 'The host key is the right one',
    needs: ['ssh-server'],
    async run(signal) {
      const [address] = state.addresses
      if (state.jump !== undefined || address === undefined) return skippedByJump(state)
      const knownHosts = await KnownHosts.load({
        user: knownHostsFiles(state),
        system: ['/etc/ssh/ssh_known_hosts'],
      })
      state.shownSsh = await greetSshServer({
        address,
        port: state.port,
        user: state.user,
        signal,
        limitMs: greetingLimitMs,
        preferKeyTypes: knownHosts.typesFor(state.host, state.port),
      })
      const { hostKey } = state.shownSsh
      const verdict = knownHosts.verdict(state.host, state.port, hostKey, state.sshWay?.hostKeyAlias)
      const judged = judgeHostKey(state.host, state.port, hostKey, verdict)
      if (judged.state !== 'failed' || uriParam(state.uri, 'known_hosts_verify') !== 'ignore') return judged
      return { ...judged, state: 'warning', found: `${judged.found} (known_hosts_verify=ignore is set)` }
    },
  }
}

function keysCheck(state: RunState): Check {
  return {
    id: 'keys',
    title: 'Keys of this computer',
    needs: [],
    async run() {
      const keyFile = state.request.keyFile ?? uriParam(state.uri, 'keyfile')
      const agent = state.sshWay?.agent ?? process.env['SSH_AUTH_SOCK']
      const identityFiles = state.sshWay?.identityFiles ?? []
      return judgeKeys(await readKeyState({ keyFile, home: homedir(), identityFiles, agent }))
    },
  }
}

function methodsCheck(state: RunState): Check {
  return {
    id: 'methods',
    title: 'Ways to sign in',
    needs: ['host-key'],
    run() {
      if (!state.shownSsh) return skippedByJump(state)
      const { methods, methodsError } = state.shownSsh
      const verdict = judgeMethods(state.user, methods, methodsError)
      // the other engine may well speak what ours does not
      return verdict.state === 'failed' && state.request.sshEngine === 'system'
        ? { ...verdict, state: 'warning', blocks: false }
        : verdict
    },
  }
}

function signInCheck(state: RunState): Check {
  return {
    id: 'sign-in',
    title: 'Signing in works',
    needs: ['ssh-config', 'port', 'ssh-server', 'host-key', 'keys', 'methods'],
    limitMs: signInLimitMs,
    async run(signal) {
      try {
        state.link = await openLink(state.uri, { ...state.request, signal })
        return ok(`Signed in as ${state.user}`)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return judgeSignIn(errorData(error), {
          user: state.user,
          host: state.host,
          methods: state.shownSsh?.methods ?? [],
        })
      }
    },
  }
}

function commandCheck(state: RunState): Check {
  return {
    id: 'command',
    title: 'Commands can be run on the host',
    needs: ['sign-in'],
    limitMs: 20_000,
    async run(signal) {
      if (!state.link) return skipped('There is no ssh connection')
      const facts = await readHostFacts(state.link, socketsToLookAt(state.uri, false), signal)
      state.facts = facts
      const clock = facts.clockMs === undefined ? undefined : clockText(facts.clockMs, Date.now())
      const lines = [
        `Signed in as ${facts.user}, groups: ${facts.groups.join(', ')}`,
        ...(facts.os === '' ? [] : [`System: ${facts.os.trim().split(/\s+/)[0] ?? ''} (${facts.kernel})`]),
      ]
      if (clock === undefined) return ok('The host runs commands for us', { facts: lines })
      return warning(clock, {
        facts: lines,
        cause: 'One of the two clocks is wrong',
        cure: 'Switch on time synchronization: certificates, Kerberos and one-time codes depend on the time',
        commands: [{ where: 'host', text: 'timedatectl' }],
      })
    },
  }
}

function skippedByJump(state: RunState): ReturnType<typeof skipped> {
  return skipped(
    state.jump === undefined ? 'No address of the host is known' : `The host is reached over ${state.jump}`,
  )
}
