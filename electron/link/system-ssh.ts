import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import { throwIfAborted } from './abort'
import { knownHostsName } from './known-hosts'
import type { Link } from './link'
import { sshArguments, type SshTarget } from './system-ssh/arguments'
import { sshEnvironment } from './system-ssh/environment'
import { openMuxLink } from './system-ssh/mux-link'
import { openProcessLink } from './system-ssh/process-link'
import { readSettings } from './system-ssh/settings'

export interface SystemSshLinkOptions {
  /** A host or an alias (Host) of ssh_config. */
  readonly host: string
  /** ssh_config's, or 22, unless told. */
  readonly port?: number | undefined
  /** ssh_config's, or the name on this computer, unless told. */
  readonly user?: string | undefined
  readonly keyFile?: string | undefined
  /** ssh_config's, or ~/.ssh/known_hosts, unless told. */
  readonly knownHostsFile?: string | undefined
  /** libvirt's known_hosts_verify: normal, auto or ignore. */
  readonly knownHostsVerify?: string | undefined
  /** ~/.ssh/config unless told. */
  readonly configFile?: string | undefined
  /** SSH_AUTH_SOCK unless told; an empty text means no agent. */
  readonly agent?: string | undefined
  /** Name or path of netcat on the host; nc unless told. */
  readonly netcat?: string | undefined
  /** Path of the ssh program (libvirt's command); ssh unless told. */
  readonly command?: string | undefined
  /** Nobody is asked anything (libvirt's no_tty). */
  readonly noTty?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  ask(prompt: Prompt): Promise<PromptAnswer>
  onStage(stage: 'reaching' | 'authenticating'): void
  /** For the host's log; never gets secrets. */
  log(text: string): void
  /** How long the network and the server may take; not counted while the user is asked. */
  readonly reachTimeoutMs?: number | undefined
  readonly platform?: NodeJS.Platform
}

/**
 * Reaches the host by this computer's own ssh program, with all its settings: jump hosts, Kerberos, security keys,
 * certificates. As with the built-in engine it is one connection for everything.
 */
export async function openSystemSshLink(options: SystemSshLinkOptions): Promise<Link> {
  const { signal, keyFile, command: program = 'ssh', platform = process.platform } = options
  // Windows' ssh neither shares a connection nor has a shell to ask through
  const isSimple = platform === 'win32'
  throwIfAborted(signal)
  const target: SshTarget = {
    host: options.host,
    port: options.port,
    user: options.user,
    keyFile,
    knownHostsFile: options.knownHostsFile,
    knownHostsVerify: options.knownHostsVerify,
    configFile: options.configFile,
    isSilent: options.noTty === true || isSimple,
  }
  const words = sshArguments(target, [])
  if (keyFile !== undefined) await refuseMissing(keyFile)
  if (options.knownHostsVerify === 'ignore') {
    options.log('known_hosts_verify=ignore is not followed: ssh checks host keys as your settings say')
  }
  const env = sshEnvironment({ agent: options.agent })
  const address = knownHostsName(options.host, options.port ?? 22)
  const settings = await readSettings(program, words, { env, address, signal })
  const parts = { options, target, program, env, settings, address: addressFrom(settings, options) }
  return isSimple ? openProcessLink(parts) : openMuxLink(parts)
}

/** As the user wrote the host, with the port where ssh_config or the user gives another than the usual. */
function addressFrom(settings: ReadonlyMap<string, string>, options: SystemSshLinkOptions): string {
  const port = Number(settings.get('port') ?? options.port ?? 22)
  return knownHostsName(options.host, port)
}

/** ssh would only warn and then fail for another reason. */
async function refuseMissing(keyFile: string): Promise<void> {
  const path = keyFile.startsWith('~/') ? join(homedir(), keyFile.slice(2)) : keyFile
  try {
    await access(path)
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new AppError(
      'invalid',
      `The key file ${keyFile} ${isMissing ? 'does not exist' : 'cannot be read'}`,
      {
        field: 'keyFile',
        cure: 'Choose another key file for this host',
        detail: error instanceof Error ? error.message : undefined,
      },
    )
  }
}
