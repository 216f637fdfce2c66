import { execFile } from 'node:child_process'
import { AppError } from '../../../shared/errors'
import { abortError } from '../abort'
import { cannotRunSsh, sshFailure } from './failures'

/** What ssh_config comes to for this host, as `ssh -G` tells: names in small letters, one value each. */
export type SshSettings = ReadonlyMap<string, string>

/** Reads nothing but files (and runs what "Match exec" says): no connection is made. */
export async function readSettings(
  program: string,
  words: readonly string[],
  options: {
    readonly env: NodeJS.ProcessEnv
    readonly address: string
    readonly signal?: AbortSignal | undefined
  },
): Promise<SshSettings> {
  const { env, address, signal } = options
  const text = await new Promise<string>((resolve, reject) => {
    execFile(
      program,
      ['-G', ...words],
      { env, signal, timeout: 10_000, maxBuffer: 1024 * 1024, windowsHide: true },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout)
        else if (signal?.aborted) reject(abortError(signal))
        else if (error.killed === true) reject(tooSlow())
        else if (typeof error.code === 'string') reject(cannotRunSsh(program, error))
        else reject(sshFailure(stderr, { address }))
      },
    )
  })
  return parseSettings(text)
}

function tooSlow(): AppError {
  return new AppError('timed-out', 'ssh took too long to read its own settings', {
    cure: 'Check the programs that "Match exec" starts in your ssh settings',
  })
}

export function parseSettings(text: string): SshSettings {
  const settings = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const [name = '', ...rest] = line.split(' ')
    if (name !== '' && !settings.has(name)) settings.set(name, rest.join(' '))
  }
  if (!settings.has('hostname')) {
    throw new AppError('unsupported', 'The ssh program of this computer is not OpenSSH, or a very old one', {
      cure: 'Install OpenSSH 7.4 or newer, or choose the built-in ssh for this host.',
    })
  }
  return settings
}

/**
 * A lost host is noticed in 15 seconds, unless the user has set an interval: options on the command line would win
 * over ssh_config. The interval's own default is 0, never; someone who writes 0 cannot be told from that.
 */
export function keepalive(settings: SshSettings): string[] {
  if ((settings.get('serveraliveinterval') ?? '0') !== '0') return []
  return ['-o', 'ServerAliveInterval=5', '-o', 'ServerAliveCountMax=3']
}

/** Settings that would make of our connection something else than a silent one in the foreground. */
export function undoing(settings: SshSettings): string[] {
  const undo: readonly [name: string, harmless: string, option: string][] = [
    ['remotecommand', 'none', 'RemoteCommand=none'],
    ['forkafterauthentication', 'no', 'ForkAfterAuthentication=no'],
    ['stdinnull', 'no', 'StdinNull=no'],
    ['sessiontype', 'default', 'SessionType=default'],
  ]
  return undo.flatMap(([name, harmless, option]) =>
    (settings.get(name) ?? harmless) === harmless ? [] : ['-o', option],
  )
}

/** How ssh writes the host in its own messages: the address behind an alias. */
export function resolvedHost(settings: SshSettings): { host: string; port: number; user: string } {
  return {
    host: settings.get('hostname') ?? '',
    port: Number(settings.get('port') ?? 22),
    user: settings.get('user') ?? '',
  }
}
