/** One way of proving who we are: a dialogue of messages, whose form the mechanism knows and whose carriage it does not. */
export interface SaslClient {
  /** Sent together with the choice of the mechanism. */
  first(): Uint8Array
  /** The answer to what the server sent; null when there is nothing more to say. */
  respond(challenge: Uint8Array): Promise<Uint8Array | null>
  /** Whether this side is content: for SCRAM only once the server has proved that it knows the password too. */
  readonly isDone: boolean
}

export interface SaslCredentials {
  readonly user: string
  readonly password: string
}

/** Strongest first. DIGEST-MD5 and GSSAPI may ask for a security layer of their own, which is not spoken here. */
export const saslMechanisms = ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'] as const
export type SaslMechanism = (typeof saslMechanisms)[number]

/**
 * The strongest one offered; undefined when none will do. PLAIN hands the password over, so only to a peer that nobody
 * else can listen to.
 */
export function chooseMechanism(
  offered: readonly string[],
  limits: { readonly isPrivate: boolean; readonly only?: string | undefined },
): SaslMechanism | undefined {
  const names = new Set(offered.map((name) => name.toUpperCase()))
  const only = limits.only?.toUpperCase()
  return saslMechanisms.find(
    (name) =>
      names.has(name) && (only === undefined || name === only) && (name !== 'PLAIN' || limits.isPrivate),
  )
}
