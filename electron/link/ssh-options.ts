import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import type { HostKeyPolicy } from './host-key'
import type { SignInWay } from './ssh-auth'

/** What is given here wins over the ssh settings, as options on the command line of ssh do. */
export interface SshLinkOptions {
  /** A name, an address, or an alias of the ssh settings. */
  readonly host: string
  readonly port?: number | undefined
  readonly user?: string | undefined
  readonly keyFile?: string | undefined
  /** In place of ~/.ssh/known_hosts. */
  readonly knownHostsFile?: string | undefined
  readonly hostKeyPolicy?: HostKeyPolicy | undefined
  /** Only these ways to sign in, in this order. */
  readonly ways?: readonly SignInWay[] | undefined
  /** Ask nothing: what would need an answer fails. */
  readonly isQuiet?: boolean | undefined
  /** Where .ssh is; the user's home unless told. */
  readonly home?: string
  /** The system's ssh settings; empty for none. */
  readonly systemConfigFile?: string
  /** SSH_AUTH_SOCK unless told; an empty text means no agent. */
  readonly agent?: string
  /** Name or path of netcat on the host; nc unless told. */
  readonly netcat?: string | undefined
  readonly signal?: AbortSignal
  ask(prompt: Prompt): Promise<PromptAnswer>
  onStage(stage: 'reaching' | 'authenticating'): void
  /** For the host's log; never gets secrets. */
  log(text: string): void
  /** How long the network and one server may take; not counted while the user is asked. */
  readonly reachTimeoutMs?: number
  readonly keepaliveIntervalMs?: number
}
