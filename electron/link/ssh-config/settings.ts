import { hostname, userInfo } from 'node:os'
import { AppError } from '../../../shared/errors'
import { evaluateConfig, type Lookup } from './evaluate'
import { jumpOfCommand, parseJumps, type HostName } from './jumps'
import { expandPath, expandTokens, type Tokens } from './tokens'
import { engineLimits, type EngineLimit } from './limits'

/** ssh's words for how to sign in, as in PreferredAuthentications. */
export type SignInMethod = 'publickey' | 'keyboard-interactive' | 'password'

/** What ssh_config(5) says for one host, as far as our own ssh engine can follow it. */
export interface SshSettings {
  /** The real name or address behind an alias. */
  readonly hostName: string
  readonly port: number
  readonly user: string
  /** Undefined: the usual ones. Empty: none. */
  readonly identityFiles: readonly string[] | undefined
  readonly identitiesOnly: boolean
  /** Socket of the ssh agent; empty: none; undefined: the environment's. */
  readonly agent: string | undefined
  readonly jumps: readonly HostName[]
  readonly userKnownHosts: readonly string[] | undefined
  readonly systemKnownHosts: readonly string[] | undefined
  readonly hostKeyAlias: string | undefined
  readonly hostKeyPolicy: 'ask' | 'strict' | 'accept-new'
  readonly hashKnownHosts: boolean
  readonly keepaliveIntervalMs: number | undefined
  readonly keepaliveTries: number | undefined
  readonly connectTimeoutMs: number | undefined
  /** BatchMode: ask nothing. */
  readonly isQuiet: boolean
  /** In the order to try them. */
  readonly methods: readonly SignInMethod[]
  readonly limits: readonly EngineLimit[]
}

export interface SettingsQuery extends HostName {
  readonly home: string
  readonly files: Lookup['files']
  readonly env?: Readonly<Record<string, string | undefined>>
  log(text: string): void
}

/** What is given with the query wins over the files, as with -l and -p of ssh. */
export async function sshSettings(query: SettingsQuery): Promise<SshSettings> {
  const { host, home, log, env = process.env } = query
  const { username: localUser, uid } = userInfo()
  const values = await evaluateConfig({ ...query, localUser })
  const reader = new ValueReader(values, log)
  const hostName = expandTokens(reader.text('hostname') ?? '%h', { h: host }) ?? host
  const user = query.user ?? reader.text('user') ?? localUser
  const port = query.port ?? reader.number('port', 1, 65_535) ?? 22
  const localName = hostname()
  const tokens: Tokens = {
    d: home,
    h: hostName,
    i: String(uid),
    k: reader.text('hostkeyalias') ?? host,
    L: localName.replace(/\..*$/, ''),
    l: localName,
    n: host,
    p: String(port),
    r: user,
    u: localUser,
  }
  const paths = (keyword: string): readonly string[] | undefined => {
    const words = reader.all(keyword)
    if (words === undefined) return undefined
    return words
      .filter((word) => word.toLowerCase() !== 'none')
      .flatMap((word) => {
        const path = expandPath(word, tokens, env)
        if (path === undefined) log(`${keyword} ${word} holds something unknown and is passed over`)
        return path ?? []
      })
  }
  const seconds = (keyword: string): number | undefined => {
    const value = reader.number(keyword, 0, 86_400)
    return value === undefined ? undefined : value * 1000
  }
  return {
    hostName,
    port,
    user,
    identityFiles: paths('identityfile'),
    identitiesOnly: reader.isOn('identitiesonly'),
    agent: agentOf(reader.text('identityagent'), (word) => expandPath(word, tokens, env), env),
    jumps: jumpsOf(reader, host),
    userKnownHosts: paths('userknownhostsfile'),
    systemKnownHosts: paths('globalknownhostsfile'),
    hostKeyAlias: reader.text('hostkeyalias'),
    hostKeyPolicy: policyOf(reader.text('stricthostkeychecking'), log),
    hashKnownHosts: reader.isOn('hashknownhosts'),
    keepaliveIntervalMs: seconds('serveraliveinterval'),
    keepaliveTries: reader.number('serveralivecountmax', 1, 1000),
    connectTimeoutMs: seconds('connecttimeout'),
    isQuiet: reader.isOn('batchmode'),
    methods: methodsOf(reader),
    limits: engineLimits((keyword) => reader.words(keyword)),
  }
}

/** One value of each keyword, checked; what makes no sense is told and passed over. */
class ValueReader {
  readonly #values: ReadonlyMap<string, readonly string[][]>
  readonly #log: (text: string) => void

  constructor(values: ReadonlyMap<string, readonly string[][]>, log: (text: string) => void) {
    this.#values = values
    this.#log = log
  }

  words(keyword: string): readonly string[] | undefined {
    return this.#values.get(keyword)?.[0]
  }

  /** Of a keyword that may be repeated, or names several files. */
  all(keyword: string): readonly string[] | undefined {
    return this.#values.get(keyword)?.flat()
  }

  text(keyword: string): string | undefined {
    return this.words(keyword)?.[0]
  }

  isOn(keyword: string): boolean {
    return /^(yes|true)$/i.test(this.text(keyword) ?? '')
  }

  isOff(keyword: string): boolean {
    return /^(no|false)$/i.test(this.text(keyword) ?? '')
  }

  number(keyword: string, least: number, most: number): number | undefined {
    const text = this.text(keyword)
    if (text === undefined) return undefined
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    this.#log(`${keyword} ${text} of the ssh settings makes no sense and is passed over`)
    return undefined
  }
}

function jumpsOf(reader: ValueReader, host: string): readonly HostName[] {
  const text = reader.text('proxyjump')
  if (text !== undefined && text.toLowerCase() !== 'none') {
    const jumps = parseJumps(text)
    // going without would be another way than the one the user set up
    if (jumps) return jumps
    throw new AppError('invalid', `"${text}" is not a jump host`, {
      cure: `Write ProxyJump for ${host} in the ssh settings like user@host:port`,
    })
  }
  const jump = jumpOfCommand(reader.words('proxycommand') ?? [])
  return jump ? [jump] : []
}

function agentOf(
  text: string | undefined,
  expand: (word: string) => string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (text === undefined || text === 'SSH_AUTH_SOCK') return undefined
  if (text.toLowerCase() === 'none') return ''
  if (/^\$\w+$/.test(text)) return env[text.slice(1)] ?? ''
  return expand(text)
}

/** "no" accepts what is unknown as "accept-new" does; a changed key is refused all the same. */
function policyOf(text: string | undefined, log: (text: string) => void): SshSettings['hostKeyPolicy'] {
  switch (text?.toLowerCase()) {
    case 'yes':
    case 'true':
      return 'strict'
    case 'accept-new':
      return 'accept-new'
    case 'no':
    case 'off':
    case 'false':
      log('StrictHostKeyChecking no: unknown host keys are accepted; changed ones are refused all the same')
      return 'accept-new'
    default:
      return 'ask'
  }
}

/** Keys, the server's questions, a password, unless the settings say otherwise (PreferredAuthentications). */
function methodsOf(reader: ValueReader): readonly SignInMethod[] {
  const switches: [SignInMethod, string[]][] = [
    ['publickey', ['pubkeyauthentication']],
    ['keyboard-interactive', ['kbdinteractiveauthentication', 'challengeresponseauthentication']],
    ['password', ['passwordauthentication']],
  ]
  const possible = switches.filter(([, keywords]) => !keywords.some((keyword) => reader.isOff(keyword)))
  const names = possible.map(([method]) => method)
  const preferred = reader.text('preferredauthentications')?.split(',')
  if (preferred === undefined) return names
  return preferred.flatMap((name) => names.find((method) => method === name) ?? [])
}
