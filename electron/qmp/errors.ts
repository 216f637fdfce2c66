/** The emulator refused a command, in its own words. */
export class QmpError extends Error {
  override readonly name = 'QmpError'

  constructor(
    /** "GenericError", "CommandNotFound", "DeviceNotFound" and the like (qapi/error.json). */
    readonly errorClass: string,
    message: string,
    readonly command: string,
  ) {
    super(message)
  }
}

/**
 * - `closed`: by us
 * - `ended`: the other side went
 * - `broken`: it said what is no QMP, or too much of it
 * - `silent`: it did not greet in time, or left too many commands without an answer
 */
export type QmpEndKind = 'closed' | 'ended' | 'broken' | 'silent'

/** Nothing more comes of this connection, and commands that had no answer may have been carried out. */
export class QmpClosedError extends Error {
  override readonly name = 'QmpClosedError'

  constructor(
    readonly kind: QmpEndKind,
    message: string,
  ) {
    super(message)
  }
}

/** No answer in time; the emulator may still carry it out. */
export class QmpTimeoutError extends Error {
  override readonly name = 'QmpTimeoutError'

  constructor(
    readonly command: string,
    readonly timeoutMs: number,
  ) {
    super(`No answer to ${command} within ${timeoutMs} ms`)
  }
}
