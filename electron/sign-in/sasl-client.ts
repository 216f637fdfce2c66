import { SignInError } from './errors'
import type { SaslClient, SaslCredentials, SaslMechanism } from './mechanism'
import { PlainClient } from './plain'
import { ScramClient } from './scram'

/** Our side of a mechanism. `prepare` is SASLprep (RFC 4013), which throws what it does not allow. */
export function saslClient(
  mechanism: SaslMechanism,
  given: SaslCredentials,
  prepare: (text: string) => string,
): SaslClient {
  // the server prepares what PLAIN brings (RFC 4616 section 2); a zero byte would end the name there
  if (mechanism === 'PLAIN') {
    if (`${given.user}${given.password}`.includes('\0')) throw unusable()
    return new PlainClient(given)
  }
  let prepared: SaslCredentials
  try {
    prepared = { user: prepare(given.user), password: prepare(given.password) }
  } catch {
    throw unusable()
  }
  return new ScramClient(mechanism, prepared)
}

function unusable(): SignInError {
  return new SignInError(
    'unusable-credentials',
    'the name or password has a character that SASL does not allow',
  )
}
