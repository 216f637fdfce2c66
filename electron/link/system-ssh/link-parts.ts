import type { Prompt, PromptAnswer } from '../../../shared/model/prompt'
import type { SshTarget } from './arguments'
import type { FailureContext } from './failures'
import type { SshSettings } from './settings'

/** What every way of using ssh is given. */
export interface LinkParts {
  readonly target: SshTarget
  readonly program: string
  readonly env: NodeJS.ProcessEnv
  readonly settings: SshSettings
  /** host or [host]:port as the user knows it. */
  readonly address: string
  readonly options: {
    readonly netcat?: string | undefined
    readonly agent?: string | undefined
    readonly signal?: AbortSignal | undefined
    readonly reachTimeoutMs?: number | undefined
    ask(prompt: Prompt): Promise<PromptAnswer>
    onStage(stage: 'reaching' | 'authenticating'): void
    log(text: string): void
  }
}

export function isProxied(settings: SshSettings): boolean {
  return ['proxyjump', 'proxycommand'].some((name) => (settings.get(name) ?? 'none') !== 'none')
}

export function failureContext(parts: LinkParts, offered?: string): FailureContext {
  const { address, settings, target } = parts
  return {
    address,
    user: settings.get('user'),
    offered,
    isProxied: isProxied(settings),
    isSilent: target.isSilent === true,
  }
}
