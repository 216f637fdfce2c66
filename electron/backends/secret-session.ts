import type { Listed } from '../../shared/model/host-choices'
import type { z } from 'zod'
import type { CreateSecretInput, Secret, secretValue } from '../../shared/model/secret'

/** Secrets that a host keeps. Values only go there. Errors as in StorageSession. */
export interface SecretSession {
  secrets(): Promise<Listed<Secret>>
  /** Returns its UUID. One whose value is refused is not left behind. */
  createSecret(input: Omit<CreateSecretInput, 'host'>): Promise<string>
  setSecretValue(uuid: string, value: z.output<typeof secretValue>): Promise<void>
  deleteSecret(uuid: string): Promise<void>
}
