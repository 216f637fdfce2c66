/** Discs that an installation was made from, and that are still in the VM when it has ended. */
import { z } from 'zod'
import { vmRef } from '../ids'

/** `answers`: what an installer was told, made by us for this VM alone; `more`: drivers or add-on media. */
export const mediumRoles = ['answers', 'install', 'more'] as const
export type MediumRole = (typeof mediumRoles)[number]

export interface InstallMedium {
  readonly id: string
  readonly role: MediumRole
  /** Path, or pool/volume. */
  readonly place: string
  /** "sda"; absent: it is in no drive any more, and only its file is left. */
  readonly drive?: string
  /** Of our own disc, which nobody else has: the room that its file takes. */
  readonly deletableBytes?: number
  /** Why the file of our own disc cannot go now. */
  readonly keptBecause?: string
}

export interface InstallMedia {
  /** Of the definition that this was read from. */
  readonly base: string
  readonly isRunning: boolean
  readonly media: readonly InstallMedium[]
}

export const takeOutInput = vmRef.extend({
  base: z.string().max(200),
  /** Those that go; the others are kept for good. */
  media: z.array(z.string().min(1).max(5000)).min(1).max(16),
  /** The file of our own disc goes as well. */
  deletesAnswers: z.boolean(),
})
export type TakeOutInput = z.output<typeof takeOutInput>

/** What was wanted and did not come about; empty when all did. */
export interface TakenOut {
  readonly left: readonly { readonly place: string; readonly why: string }[]
}
