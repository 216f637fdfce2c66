import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import { AppError } from '../../shared/errors'
import { abortable, throwIfAborted } from './abort'
import { connectSocket } from './connect-socket'
import { readChosenKeyFile, readIdentity, usualKeyFiles, usualSecurityKeyFiles } from './key-files'
import { KeyRing } from './key-ring'
import { KnownHosts } from './known-hosts'
import type { Link } from './link'
import { tcpError } from './socket-errors'
import type { SignInWay } from './ssh-auth'
import { refuseForeignWay, withEngineCure } from './ssh-config/limits'
import { sshSettings } from './ssh-config/settings'
import { jumpError } from './ssh-errors'
import { openHop } from './ssh-hop'
import type { KeySources } from './ssh-keys'
import { SshLink } from './ssh-link'
import type { SshLinkOptions } from './ssh-options'
import { findRoute, type Hop } from './ssh-route'

export type { SshLinkOptions } from './ssh-options'

const defaultReachTimeoutMs = 15_000
const defaultKeepaliveMs = 5_000
const defaultKeepaliveTries = 3

/**
 * Reaches the host, by way of jump hosts where the settings name some, checks keys and signs in: the one ssh
 * connection that everything to this host then uses.
 */
export async function openSshLink(options: SshLinkOptions): Promise<Link> {
  const { signal, home = homedir() } = options
  throwIfAborted(signal)
  const hops = await routeOf(options, home)
  // before anything is sent: what cannot be used is the user's to mend
  const chosenKey = options.keyFile === undefined ? undefined : await readChosenKeyFile(options.keyFile, home)
  const ring = new KeyRing({
    askPassphrase: async (keyFile, isRetry) => {
      const answer = await options.ask({ kind: 'passphrase', keyFile, isRetry })
      return answer?.kind === 'text' ? answer.values[0] : undefined
    },
    log: options.log,
  })
  const opened: { hop: Hop; client: Client }[] = []
  try {
    for (const [index, hop] of hops.entries()) {
      const isTarget = index === hops.length - 1
      const before = opened.at(-1)
      const client = await openHop({
        ...(await partsFor(hop, isTarget ? options : { ...options, ...ofTargetOnly }, {
          home,
          ring,
          chosenKey: isTarget ? chosenKey : undefined,
        })),
        dial: (dialSignal) => (before ? dialThrough(before, hop, dialSignal) : dialDirectly(hop, dialSignal)),
      })
      opened.push({ hop, client })
    }
  } catch (error) {
    closeAll(opened.map(({ client }) => client))
    throw error
  } finally {
    ring.forget()
  }
  const [target, ...via] = opened.reverse()
  if (!target) throw new AppError('internal', 'There is no host to connect to')
  return new SshLink({
    client: target.client,
    address: target.hop.place,
    via: via.map(({ client, hop }) => ({ client, address: hop.place })),
    netcat: options.netcat ?? 'nc',
    log: options.log,
  })
}

/** What the URI says about the host itself says nothing about the jump hosts before it. */
const ofTargetOnly = {
  knownHostsFile: undefined,
  hostKeyPolicy: undefined,
  ways: undefined,
} satisfies Partial<SshLinkOptions>

async function routeOf(options: SshLinkOptions, home: string): Promise<readonly [...Hop[], Hop]> {
  const { host, user, port, systemConfigFile = inSystem('ssh_config') } = options
  const files = { user: join(home, '.ssh', 'config'), system: systemConfigFile }
  // each file is read again for every host on the way; what is odd in it is told once
  const told = new Set<string>()
  const log = (text: string): void => {
    if (!told.has(text)) options.log(text)
    told.add(text)
  }
  const hops = await findRoute({ host, user, port }, (name) => sshSettings({ ...name, home, files, log }))
  for (const { name, settings } of hops) {
    refuseForeignWay(settings.limits, name.host)
    if (settings.hostName !== name.host) options.log(`${name.host} stands for ${settings.hostName}`)
    for (const { what } of settings.limits) {
      // Debian's settings have it for everybody; it is named where a host offers it and nothing else worked
      if (what === 'GSSAPIAuthentication') continue
      options.log(`${what} of the ssh settings for ${name.host} is not known to Innkeeper's own ssh engine`)
    }
  }
  return hops
}

async function partsFor(
  hop: Hop,
  options: SshLinkOptions,
  shared: { home: string; ring: KeyRing; chosenKey: KeySources['chosenKey'] },
): Promise<Omit<Parameters<typeof openHop>[0], 'dial'>> {
  const { settings } = hop
  const { home, ring, chosenKey } = shared
  const inSsh = (name: string): string => join(home, '.ssh', name)
  const knownHosts = await KnownHosts.load({
    user: options.knownHostsFile ?? settings.userKnownHosts ?? [inSsh('known_hosts'), inSsh('known_hosts2')],
    system: settings.systemKnownHosts ?? [inSystem('ssh_known_hosts'), inSystem('ssh_known_hosts2')],
    isHashed: settings.hashKnownHosts,
  })
  const named = settings.identityFiles ?? (chosenKey ? [] : usualKeyFiles.map(inSsh))
  const files = await Promise.all(named.map(readIdentity))
  const tokens = settings.identityFiles === undefined ? usualSecurityKeyFiles.map(inSsh) : []
  const found = [...files, ...(await Promise.all(tokens.map(readIdentity)))]
  const limits = found.includes('security-key')
    ? [...settings.limits, { what: 'a security key', affects: 'sign-in' } as const]
    : settings.limits
  const isQuiet = options.isQuiet === true || settings.isQuiet
  return {
    hop: { ...hop, settings: { ...settings, limits } },
    knownHosts,
    hostKeyPolicy: options.hostKeyPolicy ?? settings.hostKeyPolicy,
    ways: waysOf(options.ways ?? settings.methods.map(wayOf), isQuiet),
    isQuiet,
    keys: {
      chosenKey,
      files: files.flatMap((file) => (file === undefined || file === 'security-key' ? [] : file)),
      agent: (options.agent ?? settings.agent ?? usualAgent()) || undefined,
      identitiesOnly: settings.identitiesOnly,
      ring: isQuiet ? new KeyRing({ log: options.log }) : ring,
      log: options.log,
    },
    signal: options.signal,
    reachTimeoutMs: options.reachTimeoutMs ?? (settings.connectTimeoutMs || defaultReachTimeoutMs),
    keepaliveIntervalMs: options.keepaliveIntervalMs ?? (settings.keepaliveIntervalMs || defaultKeepaliveMs),
    keepaliveTries: settings.keepaliveTries ?? defaultKeepaliveTries,
    ask: options.ask,
    onStage: options.onStage,
    log: options.log,
  }
}

async function dialDirectly({ settings, place }: Hop, signal: AbortSignal): Promise<Duplex> {
  const { hostName: host, port } = settings
  try {
    return await connectSocket({ host, port, autoSelectFamily: true, noDelay: true }, signal)
  } catch (error) {
    throw error instanceof AppError ? error : withEngineCure(tcpError(error, place), settings.limits, 'name')
  }
}

function dialThrough(
  before: { hop: Hop; client: Client },
  { settings, address }: Hop,
  signal: AbortSignal,
): Promise<Duplex> {
  const opening = new Promise<Duplex>((resolve, reject) => {
    // the origin is for the server's log only
    before.client.forwardOut('127.0.0.1', 0, settings.hostName, settings.port, (error, channel) => {
      if (error) reject(jumpError(error, before.hop.place, address))
      else resolve(channel)
    })
  })
  return abortable(opening, signal, (late) => {
    late.resume()
    late.destroy()
  })
}

function wayOf(method: 'publickey' | 'keyboard-interactive' | 'password'): SignInWay {
  return method === 'publickey' ? 'keys' : method
}

/** BatchMode of ssh leaves out what needs an answer, too. */
function waysOf(ways: readonly SignInWay[], isQuiet: boolean): readonly SignInWay[] {
  return isQuiet ? ways.filter((way) => way !== 'password' && way !== 'keyboard-interactive') : ways
}

/** Where ssh keeps what counts for all users of this computer. */
function inSystem(name: string): string {
  if (process.platform !== 'win32') return `/etc/ssh/${name}`
  return join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'ssh', name)
}

/** The pipe is where Windows' own agent listens. */
function usualAgent(): string | undefined {
  const windowsPipe = process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined
  return process.env['SSH_AUTH_SOCK'] ?? windowsPipe
}

function closeAll(clients: readonly Client[]): void {
  for (const client of [...clients].reverse()) {
    client.on('error', () => undefined)
    client.end()
    client.destroy()
  }
}
