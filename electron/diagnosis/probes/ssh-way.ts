import { execFile } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { sshSettings } from '../../link/ssh-config/settings'

/** How ssh reaches a host: aliases, ports, keys and jump hosts of ssh_config(5). */
export interface SshWay {
  readonly host: string
  readonly port: number
  readonly user: string
  /** The way does not begin with a connection to the host itself. */
  readonly by?: string
  readonly knownHostsFiles: readonly string[]
  readonly hostKeyAlias?: string
  readonly identityFiles: readonly string[]
  /** Socket of the agent, where the settings name one; empty for none. */
  readonly agent?: string
}

interface Wanted {
  readonly host: string
  readonly port: number | undefined
  readonly user: string | undefined
}

/** As our own engine reads the settings. */
export async function ownSshWay(wanted: Wanted): Promise<SshWay> {
  const home = homedir()
  const settings = await sshSettings({
    ...wanted,
    home,
    files: { user: join(home, '.ssh', 'config'), system: '/etc/ssh/ssh_config' },
    log: () => undefined,
  })
  const { jumps, hostKeyAlias, agent } = settings
  return {
    host: settings.hostName,
    port: settings.port,
    user: settings.user,
    ...(jumps.length === 0 ? {} : { by: `jump host ${jumps.map(({ host }) => host).join(', ')}` }),
    knownHostsFiles: settings.userKnownHosts ?? [],
    ...(hostKeyAlias === undefined ? {} : { hostKeyAlias }),
    identityFiles: settings.identityFiles ?? [],
    ...(agent === undefined ? {} : { agent }),
  }
}

/** As the ssh program of this computer reads them; undefined when it cannot be asked. */
export function systemSshWay(wanted: Wanted, signal: AbortSignal): Promise<SshWay | undefined> {
  const words = [
    '-G',
    ...(wanted.port === undefined ? [] : ['-p', String(wanted.port)]),
    ...(wanted.user === undefined ? [] : ['-l', wanted.user]),
    '--',
    wanted.host,
  ]
  return new Promise((resolve) => {
    execFile('ssh', words, { signal, timeout: 5000, windowsHide: true }, (error, stdout) => {
      resolve(error ? undefined : parseSshSettings(stdout, wanted.host, homedir()))
    })
  })
}

/** The output of `ssh -G`: one lower-case keyword and its value a line. */
export function parseSshSettings(text: string, fallbackHost: string, home: string): SshWay {
  const values = (keyword: string): string[] =>
    [...text.matchAll(new RegExp(`^${keyword} (.+)$`, 'gm'))].map(([, value = '']) => value.trim())
  const value = (keyword: string): string | undefined =>
    values(keyword).find((found) => found !== '' && found !== 'none')
  const path = (file: string): string => (file.startsWith('~/') ? join(home, file.slice(2)) : file)
  const jump = value('proxyjump')
  const by = jump === undefined ? value('proxycommand') && 'a ProxyCommand' : `jump host ${jump}`
  const alias = value('hostkeyalias')
  const agent = value('identityagent')
  const port = Number(value('port') ?? 22)
  return {
    host: value('hostname') ?? fallbackHost,
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : 22,
    user: value('user') ?? '',
    ...(by === undefined ? {} : { by }),
    knownHostsFiles: (value('userknownhostsfile') ?? '').split(' ').filter(Boolean).map(path),
    ...(alias === undefined ? {} : { hostKeyAlias: alias }),
    identityFiles: values('identityfile').map(path),
    ...(agent === undefined || agent === 'SSH_AUTH_SOCK' ? {} : { agent: path(agent) }),
  }
}
