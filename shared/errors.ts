/**
 * The one error the whole app speaks. `kind` says what the user can do about it, `message` names the cause,
 * `cure` names the way out, `detail` is the host's own text, word for word.
 *
 * Low layers translate once (libvirt codes, ssh and socket failures); above them nobody looks at codes.
 */
export const errorKinds = [
  'unreachable',
  'auth-failed',
  'denied',
  'not-found',
  'already-exists',
  'busy',
  'unsupported',
  'invalid',
  'timed-out',
  'cancelled',
  'internal',
] as const

export type ErrorKind = (typeof errorKinds)[number]

/** The plain-data form of an AppError, as it crosses the process border and is kept in tasks and host status. */
export interface ErrorData {
  readonly kind: ErrorKind
  /** What went wrong, one sentence in sentence case. */
  readonly message: string
  /** What the user can do about it. */
  readonly cure?: string
  /** The host's or library's own words. */
  readonly detail?: string
  /** Name of the input field the error belongs to, for forms. */
  readonly field?: string
}

type Extra = {
  cure?: string | undefined
  detail?: string | undefined
  field?: string | undefined
  cause?: unknown
}

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly kind: ErrorKind
  readonly cure: string | undefined
  readonly detail: string | undefined
  readonly field: string | undefined

  constructor(kind: ErrorKind, message: string, extra: Extra = {}) {
    super(message, extra.cause === undefined ? undefined : { cause: extra.cause })
    this.kind = kind
    this.cure = extra.cure
    this.detail = extra.detail
    this.field = extra.field
  }

  static from(data: ErrorData): AppError {
    return new AppError(data.kind, data.message, data)
  }
}

/** Plain data of any thrown value. What is not an AppError is a bug of ours and is shown as such. */
export function errorData(error: unknown): ErrorData {
  if (error instanceof AppError) {
    return {
      kind: error.kind,
      message: error.message,
      ...(error.cure === undefined ? {} : { cure: error.cure }),
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      ...(error.field === undefined ? {} : { field: error.field }),
    }
  }
  return {
    kind: 'internal',
    message: 'Something went wrong inside Innkeeper',
    detail: error instanceof Error ? error.message : String(error),
  }
}

export function isKind(error: unknown, ...kinds: ErrorKind[]): boolean {
  return error instanceof AppError && kinds.includes(error.kind)
}
