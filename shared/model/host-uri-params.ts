import type { HostUri } from './host-uri'

/**
 * Parameters the client uses itself; all others are the daemon's (https://libvirt.org/uri.html#remote-uris, and
 * doRemoteOpen in libvirt's src/remote/remote_driver.c).
 */
export type LocalParam =
  | 'name'
  | 'command'
  | 'socket'
  | 'auth'
  | 'authfile'
  | 'sshauth'
  | 'netcat'
  | 'keyfile'
  | 'pkipath'
  | 'known_hosts'
  | 'known_hosts_verify'
  | 'tls_priority'
  | 'mode'
  | 'proxy'
  | 'no_sanity'
  | 'no_verify'
  | 'no_tty'

interface ParamRule {
  /** The values there are; any text where it is left out. */
  readonly values?: readonly string[]
  /** Whole numbers: zero is off, others are on. */
  readonly isFlag?: true
}

const rules: Readonly<Record<LocalParam, ParamRule>> = {
  name: {},
  command: {},
  socket: {},
  auth: {},
  authfile: {},
  sshauth: {},
  netcat: {},
  keyfile: {},
  pkipath: {},
  known_hosts: {},
  known_hosts_verify: { values: ['normal', 'auto', 'ignore'] },
  tls_priority: {},
  mode: { values: ['auto', 'legacy', 'direct'] },
  proxy: { values: ['auto', 'netcat', 'native'] },
  no_sanity: { isFlag: true },
  no_verify: { isFlag: true },
  no_tty: { isFlag: true },
}

/** The parameter of this name, whatever its case; undefined for the daemon's own. */
export function localParam(name: string): LocalParam | undefined {
  const known = name.toLowerCase()
  return Object.hasOwn(rules, known) ? (known as LocalParam) : undefined
}

export interface BadParam {
  readonly message: string
  readonly cure: string
}

/** What is wrong with the parameters, alone or together; undefined when they are fine. */
export function badParams(uri: HostUri): BadParam | undefined {
  for (const { name, value } of uri.params) {
    const known = localParam(name)
    const bad = known === undefined ? undefined : badValue(known, value)
    if (bad) return bad
  }
  const last = (name: LocalParam): string | undefined =>
    uri.params.findLast((param) => localParam(param.name) === name)?.value
  const auth = last('auth')
  if (auth !== undefined && !/^(polkit|sasl(\.[A-Za-z0-9_-]{1,20})?)$/i.test(auth)) {
    return {
      message: `"${auth}" is not a way to sign in`,
      cure: 'Use auth=sasl, auth=sasl.SCRAM-SHA-256 or auth=polkit, or leave it out',
    }
  }
  const isSsh = ['ssh', 'libssh', 'libssh2'].includes(uri.transport)
  if (last('mode') === 'direct' && isSsh && last('socket') === undefined) {
    return {
      message: 'mode=direct needs the daemon’s socket when the host is reached by ssh',
      cure: 'Add socket=/var/run/libvirt/virtqemud-sock, or leave mode out',
    }
  }
  if (last('netcat') !== undefined && last('proxy') === 'native') {
    return {
      message: 'netcat and proxy=native rule each other out',
      cure: 'Leave out one of them',
    }
  }
  if (uri.transport === 'ext' && last('command') === undefined) {
    return {
      message: 'The ext transport needs the program to run',
      cure: 'Name it with command=/path/to/program',
    }
  }
  return undefined
}

function badValue(name: LocalParam, value: string): BadParam | undefined {
  const { values, isFlag } = rules[name]
  if (isFlag && !/^\s*[+-]?\d+$/.test(value)) {
    return { message: `${name} is "${value}", which is no number`, cure: `Write ${name}=1 or ${name}=0` }
  }
  if (values && !values.includes(value)) {
    return { message: `"${value}" is not a value of ${name}`, cure: `Use one of ${values.join(', ')}` }
  }
  return undefined
}
