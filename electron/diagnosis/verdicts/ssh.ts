import type { ErrorData } from '../../../shared/errors'
import { shellWord } from '../../../shared/shell-word'
import { fingerprint, keyTypeOf, knownHostsName, type HostKeyVerdict } from '../../link/known-hosts'
import { failed, ok, skipped, warning, type Verdict } from '../check'
import type { AgentState, FoundKey, KeyState } from '../probes/key-state'
import type { SshWay } from '../probes/ssh-way'

export function judgeSshConfig(typed: string, way: SshWay | undefined): Verdict {
  if (!way) return skipped('There is no ssh program on this computer to ask')
  const isAlias = way.host !== typed
  if (!isAlias && way.by === undefined) return ok('The ssh configuration has nothing special for this host')
  const facts = [
    ...(isAlias ? [`${typed} stands for ${way.host}`] : []),
    `Port ${way.port}`,
    ...(way.by === undefined ? [] : [`Reached by ${way.by}`]),
  ]
  return ok(way.by === undefined ? `${typed} stands for ${way.host}` : `The way leads over ${way.by}`, {
    facts,
  })
}

export function judgeHostKey(host: string, port: number, key: Buffer, verdict: HostKeyVerdict): Verdict {
  const shown = `${keyTypeOf(key)} ${fingerprint(key)}`
  const address = knownHostsName(host, port)
  switch (verdict.kind) {
    case 'known':
      return ok('The host key is the one on record', { facts: [shown] })
    case 'unknown':
      return warning('The host key is not on record yet', {
        facts: [`The host shows ${shown}`],
        cause:
          'This computer has not connected to the host before, so nothing proves that it is the right one',
        cure: 'You will be asked once. Compare the fingerprint with what the host itself says:',
        commands: [
          { where: 'host', text: 'for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf "$key"; done' },
        ],
      })
    case 'changed':
      return failed('The host key is not the one on record', {
        facts: [
          `The host shows ${shown}`,
          `On record: ${verdict.knownType} ${fingerprint(verdict.knownKey)} (${verdict.file} line ${verdict.line})`,
        ],
        cause:
          'The host was reinstalled or its address was given to another machine, or somebody is in between',
        cure: 'Ask the administrator of the host for its fingerprint. Only if it is the one shown, remove the old key and connect again',
        commands: [
          { where: 'here', text: `ssh-keygen -f ${shellWord(verdict.file)} -R ${shellWord(address)}` },
        ],
      })
    case 'revoked':
      return failed('The host key has been revoked', {
        facts: [`The host shows ${shown}`, `Marked @revoked in ${verdict.file} line ${verdict.line}`],
        cause: 'Somebody marked this key as no longer to be trusted',
        cure: 'Do not connect. Ask the administrator of the host for its new key',
      })
  }
}

export function judgeKeys(state: KeyState): Verdict {
  const facts = [agentText(state.agent)]
  if (state.chosen?.error) {
    const { message, cure, detail } = state.chosen.error
    return failed(message, {
      facts,
      cause: 'The key chosen for this host cannot be used, so nothing is sent to the host',
      ...(cure === undefined ? {} : { cure }),
      ...(detail === undefined ? {} : { detail }),
    })
  }
  const keys = state.chosen?.file ? [state.chosen.file] : state.usual
  facts.unshift(...keys.map(keyText))
  const open = keys.filter(({ mode }) => mode !== undefined && (mode & 0o077) !== 0)
  if (open.length > 0) {
    return warning('A private key is readable by others', {
      facts,
      cause: 'Other accounts of this computer can copy it, and the ssh program refuses such a key',
      cure: 'Take the rights of others away',
      commands: [{ where: 'here', text: `chmod 600 ${open.map(({ path }) => shellWord(path)).join(' ')}` }],
    })
  }
  const inAgent = state.agent.kind === 'keys' ? state.agent.count : 0
  if (keys.length === 0 && inAgent === 0) {
    return warning('There is no ssh key on this computer', {
      facts,
      cause: 'Only a password or the questions of the host can sign you in',
      cure: 'Make a key, and put it on the host with ssh-copy-id',
      commands: [{ where: 'here', text: 'ssh-keygen -t ed25519' }],
      recipe: 'sshd',
    })
  }
  // sshd ends the attempt after MaxAuthTries, 6 unless changed (sshd_config(5))
  if (!state.chosen && inAgent > 5) {
    return warning(`The ssh agent holds ${inAgent} keys`, {
      facts,
      cause: 'Servers allow only a few tries (MaxAuthTries, usually 6), so the right key may come too late',
      cure: 'Choose the key file for this host, so that it is tried first',
    })
  }
  return ok(
    keys.length === 0
      ? 'The ssh agent has keys to offer'
      : `${keys.length === 1 ? 'One key' : `${keys.length} keys`} to offer`,
    { facts },
  )
}

function keyText({ path, type, isEncrypted }: FoundKey): string {
  return `${path}: ${type}${isEncrypted ? ', with a passphrase' : ''}`
}

function agentText(agent: AgentState): string {
  switch (agent.kind) {
    case 'none':
      return 'No ssh agent runs in this session (SSH_AUTH_SOCK is not set)'
    case 'silent':
      return `The ssh agent cannot be used: ${agent.detail}`
    case 'keys':
      return agent.count === 1 ? 'The ssh agent holds one key' : `The ssh agent holds ${agent.count} keys`
  }
}

/** Those this app can use, of the names of RFC 4252 and RFC 4256. */
const usable = new Set(['publickey', 'password', 'keyboard-interactive', 'none'])

export function judgeMethods(user: string, methods: readonly string[], error?: string): Verdict {
  if (methods.length === 0) {
    return warning('The host does not say how one may sign in', {
      ...(error === undefined ? {} : { detail: error }),
      cause: 'It hung up when it was asked',
      cure: 'The next step tells more',
    })
  }
  if (methods.includes('none')) {
    return warning(`${user} is let in without any proof`, {
      cause: 'The account has no password and the server allows that, or the network itself signs in',
      cure: 'If that is not meant, set PermitEmptyPasswords no in sshd_config on the host',
    })
  }
  const facts = [`The host accepts: ${methods.join(', ')}`]
  if (methods.some((method) => usable.has(method))) return ok(methodsText(methods), { facts })
  const hasKerberos = methods.some((method) => method.startsWith('gssapi'))
  return failed('The host accepts none of the ways Innkeeper signs in by itself', {
    facts,
    cause: hasKerberos
      ? 'It wants Kerberos, which only the ssh program of this computer speaks'
      : 'It wants a way that only the ssh program of this computer may know',
    cure: 'Choose the system’s ssh for this host (Edit host), or allow keys in sshd_config: PubkeyAuthentication yes',
    recipe: 'sshd',
  })
}

function methodsText(methods: readonly string[]): string {
  const names = [
    ...(methods.includes('publickey') ? ['keys'] : []),
    ...(methods.includes('password') ? ['passwords'] : []),
    ...(methods.includes('keyboard-interactive') ? ['answers to its questions'] : []),
  ]
  return `The host takes ${names.join(', ')}`
}

/** What the link said when it could not sign in, with what the earlier steps saw. */
export function judgeSignIn(
  error: ErrorData,
  known: { readonly user: string; readonly host: string; readonly methods: readonly string[] },
): Verdict {
  const { message, cure, detail } = error
  const base = {
    ...(detail === undefined ? {} : { detail }),
    ...(cure === undefined ? {} : { cure }),
  }
  if (error.kind === 'cancelled') return { ...skipped(message), blocks: true }
  if (error.kind !== 'auth-failed') return failed(message, base)
  const isKeyOnly = known.methods.length > 0 && !known.methods.some((one) => /^(password|keyboard)/.test(one))
  const target = `${known.user}@${known.host}`
  return failed(message, {
    ...base,
    cause: isKeyOnly
      ? `The host takes keys only, and none of those offered is in authorized_keys of ${known.user}`
      : `The user name or the password is wrong, the account is locked, or ${known.user} may not sign in by ssh (AllowUsers, PermitRootLogin)`,
    commands: [
      isKeyOnly
        ? { where: 'host', text: 'ls -ld ~ ~/.ssh ~/.ssh/authorized_keys && cat ~/.ssh/authorized_keys' }
        : { where: 'here', text: `ssh-copy-id ${shellWord(target)}` },
      { where: 'host', text: 'journalctl -u ssh -u sshd --since -10min' },
    ],
    recipe: 'sshd',
  })
}

/** Two clocks, read while a command ran; more than a minute apart is told. */
export function clockText(hostMs: number, hereMs: number): string | undefined {
  const seconds = Math.round((hostMs - hereMs) / 1000)
  if (Math.abs(seconds) < 60) return undefined
  const size = Math.abs(seconds)
  const text =
    size >= 172_800
      ? `${Math.round(size / 86_400)} days`
      : size >= 7200
        ? `${Math.round(size / 3600)} hours`
        : `${Math.round(size / 60)} minutes`
  return `Its clock is ${text} ${seconds > 0 ? 'ahead of' : 'behind'} this computer’s`
}
