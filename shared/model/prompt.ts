import { z } from 'zod'
import { promptId, type HostId, type PromptId } from './ids'

/** A question only the user can answer while a host is being connected. */
export type Prompt =
  | {
      readonly kind: 'host-key'
      /** host or [host]:port as known_hosts writes it. */
      readonly address: string
      readonly keyType: string
      /** "SHA256:…" as ssh-keygen -l prints it. */
      readonly fingerprint: string
    }
  | { readonly kind: 'password'; readonly user: string; readonly address: string; readonly isRetry: boolean }
  | { readonly kind: 'passphrase'; readonly keyFile: string; readonly isRetry: boolean }
  | {
      /** A name and password for the daemon itself (SASL). Answered with the texts [user, password]. */
      readonly kind: 'credentials'
      /** What asks, for instance "libvirt on db1.example.com". */
      readonly service: string
      readonly address: string
      /** Name to begin with: from the URI, an auth file or the last answer. */
      readonly user?: string
      readonly isRetry: boolean
    }
  | {
      readonly kind: 'questions'
      readonly user: string
      readonly address: string
      readonly title: string
      readonly instructions: string
      readonly questions: readonly { readonly text: string; readonly isSecret: boolean }[]
    }

export type PendingPrompt = Prompt & {
  readonly id: PromptId
  readonly host: HostId
  readonly hostLabel: string
  /**
   * Whether the answer may outlive this session: `offered` = in the system's keychain, `unavailable` = this computer
   * has none that is safe, `never` = this kind of answer is not kept (one-time codes, host keys).
   */
  readonly keeping: 'offered' | 'unavailable' | 'never'
}

/** `null` = the user cancelled. */
export const promptAnswer = z.union([
  z.object({ kind: z.literal('host-key'), accept: z.boolean() }),
  z.object({
    kind: z.literal('text'),
    values: z.array(z.string().max(4096)).max(16),
    /** Keep it in the system's keychain, once it has proved right. */
    keep: z.boolean().optional(),
  }),
  z.null(),
])
export type PromptAnswer = z.infer<typeof promptAnswer>

export const answerPromptInput = z.object({ prompt: promptId, answer: promptAnswer })
