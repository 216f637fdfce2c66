import { AppError } from '../../../shared/errors'

/** What the user chose for this host; all that is not here is ssh_config's to say. */
export interface SshTarget {
  readonly host: string
  readonly port?: number | undefined
  readonly user?: string | undefined
  readonly keyFile?: string | undefined
  readonly knownHostsFile?: string | undefined
  /** libvirt's URI parameter of that name: normal, auto or ignore. */
  readonly knownHostsVerify?: string | undefined
  /** Another file than ~/.ssh/config. */
  readonly configFile?: string | undefined
  /** Whether nobody is to be asked anything. */
  readonly isSilent?: boolean | undefined
}

/** What is to be done there: connection options first, then the host after "--", which nothing can be taken for. */
export function sshArguments(
  target: SshTarget,
  more: readonly string[],
  command: readonly string[] = [],
): string[] {
  const { port, user, keyFile, knownHostsFile, configFile } = target
  refuseOptionLike('host', target.host)
  if (user !== undefined) refuseOptionLike('user', user)
  return [
    ...(configFile === undefined ? [] : ['-F', configFile]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(user === undefined ? [] : ['-l', user]),
    // a chosen key is the only one offered: servers allow few tries (sshd's MaxAuthTries), agents hold many keys
    ...(keyFile === undefined ? [] : ['-i', literal('key file', keyFile), '-o', 'IdentitiesOnly=yes']),
    ...(knownHostsFile === undefined
      ? []
      : ['-o', `UserKnownHostsFile=${quoted('known_hosts', knownHostsFile)}`]),
    ...strictness(target.knownHostsVerify),
    ...(target.isSilent === true ? ['-o', 'BatchMode=yes'] : []),
    '-T',
    ...more,
    '--',
    target.host,
    ...command,
  ]
}

/**
 * "auto" takes unknown keys without asking, as libvirt has it, and still refuses changed ones (ssh_config(5),
 * accept-new). "ignore" would trust anybody in between: it is not passed on.
 */
function strictness(verify: string | undefined): string[] {
  if (verify === undefined || verify === 'ignore') return []
  if (verify === 'normal') return ['-o', 'StrictHostKeyChecking=ask']
  if (verify === 'auto') return ['-o', 'StrictHostKeyChecking=accept-new']
  throw new AppError('invalid', `"${verify}" is no way to verify host keys`, {
    field: 'uri',
    cure: 'Use known_hosts_verify=normal or known_hosts_verify=auto.',
  })
}

/**
 * ssh takes what begins with "-" for an option, and a ProxyCommand or "Match exec" in ssh_config hands names on to a
 * shell: OpenSSH refuses the same characters since 9.6 only.
 */
function refuseOptionLike(what: 'host' | 'user', name: string): void {
  const isSafe = name !== '' && !name.startsWith('-') && !/[\s\p{Cc}'"`;&<>|(){}]|\\$/u.test(name)
  // ssh would take "user@host" and "ssh://host" apart
  if (isSafe && (what === 'user' || !/[@/]/.test(name))) return
  throw new AppError('invalid', `The ${what} name ${JSON.stringify(name)} cannot be used with ssh`, {
    field: 'uri',
    cure: `Give the ${what} an alias (Host, User) in your ssh settings and use that.`,
  })
}

/** As a value on its own; ssh expands %-tokens and ${variables} in paths, of which the latter has no escape. */
export function literal(what: string, path: string): string {
  if (/[\0\r\n]|\$\{/.test(path)) {
    throw new AppError('invalid', `ssh cannot be given the path of this ${what}: ${JSON.stringify(path)}`, {
      cure: 'Move it to a path without such characters.',
    })
  }
  return path.replaceAll('%', '%%')
}

/** As one of several values in an option. */
function quoted(what: string, path: string): string {
  return `"${literal(what, path).replace(/["\\]/g, '\\$&')}"`
}
