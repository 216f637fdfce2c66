export type SignInErrorKind =
  /** The name or password is wrong. */
  | 'refused'
  /** It did not prove that it knows the password, or wants to weaken the proof. */
  | 'untrusted-host'
  /** Name or password cannot be sent. */
  | 'unusable-credentials'

/** Who we are could not be proved to the other side, or it to us. */
export class SignInError extends Error {
  override readonly name = 'SignInError'
  constructor(
    readonly kind: SignInErrorKind,
    message: string,
  ) {
    super(message)
  }
}
