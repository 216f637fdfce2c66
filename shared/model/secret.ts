import { z } from 'zod'
import { hostId } from './ids'
import { secretUsages, type SecretUsage } from './host-choices'

/** A secret the host keeps for its VMs and pools. Its value never comes back. */
export interface Secret {
  readonly uuid: string
  readonly usageType: SecretUsage
  readonly usageId?: string
  readonly description?: string
  /** Not stored on the host's disk: gone when the daemon restarts. */
  readonly isEphemeral: boolean
  /** Not even the host's administrators can read its value back through libvirt. */
  readonly isPrivate: boolean
  /** Absent when the host does not tell: a private one never does. */
  readonly hasValue?: boolean
  /** "VM db-1", "pool ceph". */
  readonly usedBy: readonly string[]
}

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
/** `base64`: bytes; `text`: as typed. Never logged, never kept by Innkeeper. */
export const secretValue = z.object({
  encoding: z.enum(['text', 'base64']),
  value: z.string().min(1).max(65_536),
})

export const secretRef = z.object({ host: hostId, uuid })
export const createSecretInput = z.object({
  host: hostId,
  usageType: z.enum(secretUsages).exclude(['unknown', 'none']),
  usageId: z.string().min(1).max(1024),
  description: z.string().max(1024).optional(),
  isEphemeral: z.boolean(),
  isPrivate: z.boolean(),
  value: secretValue.optional(),
})
export type CreateSecretInput = z.output<typeof createSecretInput>
export const setSecretValueInput = secretRef.extend({ value: secretValue })
