import { RpcError } from './errors'
import { readMessageError } from './generated/read.gen'
import { XdrReader } from './xdr/reader'

/** The error struct a reply or stream packet carries instead of its payload. Throws when it cannot be read. */
export function readError(payload: Uint8Array, procedure: string | null): RpcError {
  const reader = new XdrReader(payload)
  const { code, domain, message, level, str1, str2, str3, int1, int2 } = readMessageError(reader)
  reader.end()
  const details = { level, str1, str2, str3, int1, int2 }
  return new RpcError(code, domain, message ?? 'unknown error', details, procedure)
}
