import type { Duplex } from 'node:stream'
import { AppError, errorData, type ErrorData } from '../../shared/errors'
import type { ConsolePortMessage } from '../../shared/model/console'

/**
 * Carries a guest's screen between its byte stream and a window's message port.
 *
 * - Bytes travel as ArrayBuffers that hold nothing else: a view of a bigger buffer would be cloned with all that is
 *   behind it. They are never put in a transfer list; MessagePortMain loses such messages
 *   (https://github.com/electron/electron/issues/34905).
 * - Ports have no back-pressure of their own, so the window acknowledges what it has drawn and the stream is paused
 *   while too much is under way.
 * - What the window sends is not trusted: it draws guests.
 */

/** The part of Electron's MessagePortMain the pump needs. */
export interface PumpPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

export interface Pump {
  /** Ends both sides; the window is told why when there is a reason. */
  close(error?: ErrorData): void
}

const pauseAboveBytes = 8 * 1024 * 1024
const resumeBelowBytes = 4 * 1024 * 1024
/** Keys and pointer moves are a few bytes and noVNC's queue is 10 KiB; a paste is the biggest honest message. */
const maxMessageBytes = 4 * 1024 * 1024
const maxWaitingForGuestBytes = 16 * 1024 * 1024
/** How long the window may take to close its end after it was told; then ours is closed regardless. */
const lingerMs = 5000

/** What was said with the server in the window's place: the window is told it as if it came from the server. */
export interface Preface {
  readonly toWindow: readonly Uint8Array[]
  /** Bytes of the window's answers to it, which the server must not see. */
  readonly answerBytes: number
}

export interface PumpOptions {
  readonly preface?: Preface
  onEnd?(): void
}

/** Starts carrying; `onEnd` is called once, when both sides are over. */
export function pump(stream: Duplex, port: PumpPort, options: PumpOptions = {}): Pump {
  const { preface, onEnd = () => {} } = options
  let answerBytes = preface?.answerBytes ?? 0
  let unackedBytes = 0
  let isOver = false
  let isPortClosed = false
  let linger: NodeJS.Timeout | undefined

  const finish = (error?: ErrorData): void => {
    if (isOver) return
    isOver = true
    stream.destroy()
    if (isPortClosed) {
      gathered = []
      return onEnd()
    }
    post()
    const message: ConsolePortMessage = error ? { kind: 'closed', error } : { kind: 'closed' }
    port.postMessage(message)
    // Closing at once could overtake the message above, so the window closes first.
    linger = setTimeout(closePort, lingerMs)
    linger.unref()
    onEnd()
  }

  const closePort = (): void => {
    clearTimeout(linger)
    if (isPortClosed) return
    isPortClosed = true
    port.close()
  }

  const onAck = (bytes: number): void => {
    unackedBytes = Math.max(0, unackedBytes - bytes)
    if (stream.isPaused() && unackedBytes < resumeBelowBytes) stream.resume()
  }

  for (const part of preface?.toWindow ?? []) port.postMessage(new Uint8Array(part).buffer)
  // A socket gives up to 2 MiB in one turn, in pieces of 64 KiB: as one message they cost both processes far less.
  let gathered: Buffer[] = []
  const post = (): void => {
    if (gathered.length === 0) return
    const [first] = gathered
    const whole = gathered.length === 1 && first ? exactBuffer(first) : joined(gathered)
    gathered = []
    port.postMessage(whole)
  }
  stream.on('data', (chunk: Buffer) => {
    if (isOver || chunk.byteLength === 0) return
    if (gathered.length === 0) setImmediate(post)
    gathered.push(chunk)
    unackedBytes += chunk.byteLength
    if (unackedBytes >= pauseAboveBytes) stream.pause()
  })
  stream.on('end', () => finish())
  stream.on('close', () => finish())
  // Stays for good: a destroyed stream may still report, and an unheard error would end the process.
  stream.on('error', (error: Error) => finish(streamError(error)))

  port.on('message', ({ data }) => {
    if (isOver) return
    if (data instanceof ArrayBuffer) {
      if (data.byteLength === 0 || data.byteLength > maxMessageBytes || !stream.writable) return
      const skipped = Math.min(answerBytes, data.byteLength)
      answerBytes -= skipped
      if (skipped === data.byteLength) return
      stream.write(Buffer.from(data, skipped))
      if (stream.writableLength > maxWaitingForGuestBytes) finish(floodError)
    } else if (isAck(data)) {
      onAck(data.bytes)
    }
  })
  port.on('close', () => {
    isPortClosed = true
    clearTimeout(linger)
    finish()
  })
  port.start()

  if (stream.destroyed) finish()
  return { close: finish }
}

const floodError: ErrorData = {
  kind: 'busy',
  message: 'The guest does not take any more input',
  cure: 'Check whether the VM still runs, then connect again.',
}

function streamError(error: Error): ErrorData {
  if (error instanceof AppError) return errorData(error)
  return {
    kind: 'unreachable',
    message: 'The connection to the screen was lost',
    detail: error.message,
  }
}

function joined(chunks: readonly Buffer[]): ArrayBuffer {
  const whole = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole.buffer
}

/** The chunk's bytes and nothing else. postMessage clones, so a buffer that is exact already need not be copied. */
function exactBuffer(chunk: Buffer): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = chunk
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength) return buffer
  return new Uint8Array(chunk).buffer
}

function isAck(data: unknown): data is Extract<ConsolePortMessage, { kind: 'ack' }> {
  if (typeof data !== 'object' || data === null) return false
  const { kind, bytes } = data as { kind?: unknown; bytes?: unknown }
  return kind === 'ack' && typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes > 0
}
