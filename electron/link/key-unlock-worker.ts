/**
 * Runs in a thread of its own and ends with its answer: unlocking a key means bcrypt or similar, half a second and
 * more of pure computing that would hold up every other host. Bundled as a file of its own (scripts/build.mjs).
 */
import { parentPort, workerData } from 'node:worker_threads'
import ssh2, { type ParsedKey } from 'ssh2'

export interface UnlockTask {
  readonly keyText: string
  readonly passphrase: string
}

/** Absent: the passphrase does not fit. */
export type UnlockResult = { readonly privatePem?: string }

function unlock({ keyText, passphrase }: UnlockTask): UnlockResult {
  const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(keyText, passphrase)
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  if (key === undefined || key instanceof Error || !key.isPrivateKey()) return {}
  return { privatePem: key.getPrivatePEM() }
}

parentPort?.postMessage(unlock(workerData as UnlockTask))
