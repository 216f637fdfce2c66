/**
 * Files of web servers, for what is installed over the network. Servers are untrusted: each answer has a limit and a
 * deadline, redirects are few and stay on the web, and no secret goes anywhere.
 */
import { open, rm } from 'node:fs/promises'
import { AppError } from '../../shared/errors'
import { formatBytes } from '../../shared/units'

export interface DownloadOptions {
  readonly signal: AbortSignal
  readonly maxBytes: number
  /** 0 to 1; not told where the server does not say how long the file is. */
  onProgress(fraction: number): void
}

export interface Web {
  /** Undefined: there is no such file. */
  text(url: string, maxBytes: number, signal?: AbortSignal): Promise<string | undefined>
  exists(url: string, signal?: AbortSignal): Promise<boolean>
  /** Into a new file of this computer, which is removed when it cannot be had whole. */
  download(url: string, path: string, options: DownloadOptions): Promise<void>
}

export interface WebTiming {
  /** A small answer is there. */
  readonly answerMs: number
  /** Something more of a large file has come. */
  readonly silenceMs: number
}

const usualTiming: WebTiming = { answerMs: 10_000, silenceMs: 30_000 }
const maxRedirects = 5

export function webOf(timing: WebTiming = usualTiming): Web {
  return {
    async text(url, maxBytes, signal) {
      const timer = new Timer(timing.answerMs, signal)
      try {
        const response = await get(url, 'GET', timer.signal)
        if (isAbsent(response)) return drop(response)
        return new TextDecoder().decode(await whole(url, response, maxBytes, timer.signal))
      } catch (error) {
        throw translated(url, error, timer, signal)
      } finally {
        timer.end()
      }
    },
    async exists(url, signal) {
      const timer = new Timer(timing.answerMs, signal)
      try {
        const response = await get(url, 'HEAD', timer.signal)
        drop(response)
        return !isAbsent(response)
      } catch (error) {
        throw translated(url, error, timer, signal)
      } finally {
        timer.end()
      }
    },
    async download(url, path, options) {
      const timer = new Timer(timing.silenceMs, options.signal)
      try {
        const response = await get(url, 'GET', timer.signal)
        if (isAbsent(response)) {
          drop(response)
          throw new AppError('not-found', `There is no ${url}`, { cure: 'Check the address.' })
        }
        await store(url, response, path, options, timer)
      } catch (error) {
        throw translated(url, error, timer, options.signal)
      } finally {
        timer.end()
      }
    },
  }
}

export const web: Web = webOf()

/** Follows redirects itself, as each of them has to be looked at. */
async function get(url: string, method: 'GET' | 'HEAD', signal: AbortSignal): Promise<Response> {
  let at = url
  for (let turn = 0; turn <= maxRedirects; turn += 1) {
    const response = await fetch(at, {
      method,
      redirect: 'manual',
      signal,
      credentials: 'omit',
      // what is stored packed has to arrive packed, and its length has to be that of what comes
      headers: { 'accept-encoding': 'identity', 'user-agent': 'Innkeeper' },
    })
    const to = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || to === null) {
      if (!response.ok && !isAbsent(response)) {
        drop(response)
        throw new AppError(
          response.status === 401 || response.status === 403 ? 'denied' : 'not-found',
          `${hostOf(at)} answered with an error (${response.status})`,
          { cure: 'Check the address, or try another server.', detail: `${at}: ${response.status}` },
        )
      }
      return response
    }
    drop(response)
    at = nextAddress(at, to)
  }
  throw new AppError('invalid', `${hostOf(url)} sends from one address to the next without end`, {
    cure: 'Try another server.',
    detail: `More than ${maxRedirects} redirects, the last to ${at}`,
  })
}

function nextAddress(from: string, to: string): string {
  let next: URL | undefined
  try {
    next = new URL(to, from)
  } catch {
    // told below
  }
  const isWeb = next?.protocol === 'http:' || next?.protocol === 'https:'
  // what was asked for safely must not come unsafely
  const isWorse = from.startsWith('https:') && next?.protocol === 'http:'
  if (next && isWeb && !isWorse && next.username === '' && next.password === '') return next.href
  throw new AppError('invalid', `${hostOf(from)} sends to an address that is not followed`, {
    cure: 'Try another server, or an address that begins with http://.',
    detail: `${from} → ${to.slice(0, 500)}`,
  })
}

function isAbsent({ status }: Response): boolean {
  return status === 404 || status === 410
}

/** What is not wanted keeps no connection. */
function drop(response: Response): undefined {
  void response.body?.cancel().catch(() => undefined)
  return undefined
}

async function* bytesOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  if (!reader) return
  // a body whose request was aborted between two readings may leave the next one without an answer
  let stop = (): void => undefined
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('Aborted'))
  })
  stopped.catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  let isDone = false
  try {
    for (;;) {
      const part = await Promise.race([reader.read(), stopped])
      isDone = part.done
      if (part.done) return
      yield part.value
    }
  } finally {
    signal.removeEventListener('abort', stop)
    if (!isDone) void reader.cancel().catch(() => undefined)
  }
}

async function whole(
  url: string,
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const bytes of bytesOf(response, signal)) {
    length += bytes.length
    if (length > maxBytes) throw tooLong(url, maxBytes)
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

async function store(
  url: string,
  response: Response,
  path: string,
  { maxBytes, onProgress }: DownloadOptions,
  timer: Timer,
): Promise<void> {
  const told = Number(response.headers.get('content-length') ?? 0)
  if (told > maxBytes) {
    drop(response)
    throw tooLong(url, maxBytes)
  }
  const file = await open(path, 'wx', 0o600)
  try {
    let done = 0
    for await (const bytes of bytesOf(response, timer.signal)) {
      timer.again()
      done += bytes.length
      if (done > maxBytes) throw tooLong(url, maxBytes)
      await file.write(bytes)
      if (told > 0) onProgress(Math.min(1, done / told))
    }
    if (done === 0 || (told > 0 && done < told))
      throw new AppError('unreachable', `${hostOf(url)} sent only a part of a file`, {
        cure: 'Try again, or another server.',
        detail: `${url}: ${done} of ${told} bytes`,
      })
  } catch (error) {
    await file.close()
    await rm(path, { force: true })
    throw error
  }
  await file.close()
}

function tooLong(url: string, maxBytes: number): AppError {
  return new AppError('invalid', `A file of ${hostOf(url)} is larger than ${formatBytes(maxBytes)}`, {
    cure: 'This is not what it should be. Check the address.',
    detail: url,
  })
}

function hostOf(url: string): string {
  return new URL(url).host
}

/** Ends what it stands for when nothing has come for so long, or when the caller wants no more. */
class Timer {
  readonly #own = new AbortController()
  readonly #outer: AbortSignal | undefined
  readonly #afterMs: number
  readonly #stop = (): void => this.#own.abort()
  #timer: NodeJS.Timeout
  isLate = false

  constructor(afterMs: number, outer?: AbortSignal) {
    this.#outer = outer
    this.#afterMs = afterMs
    this.#timer = this.#start()
    if (outer?.aborted === true) this.#stop()
    else outer?.addEventListener('abort', this.#stop, { once: true })
  }

  get signal(): AbortSignal {
    return this.#own.signal
  }

  again(): void {
    clearTimeout(this.#timer)
    this.#timer = this.#start()
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#outer?.removeEventListener('abort', this.#stop)
  }

  #start(): NodeJS.Timeout {
    return setTimeout(() => {
      this.isLate = true
      this.#own.abort()
    }, this.#afterMs)
  }
}

function translated(url: string, error: unknown, timer: Timer, signal: AbortSignal | undefined): unknown {
  if (error instanceof AppError) return error
  if (signal?.aborted === true) return new AppError('cancelled', 'Cancelled')
  if (timer.isLate)
    return new AppError('timed-out', `${hostOf(url)} does not answer`, {
      cure: 'Try again later, or another server.',
      detail: url,
    })
  // what the disk of this computer says has a name for what was done
  if ((error as NodeJS.ErrnoException | null)?.syscall === 'write')
    return new AppError('busy', 'This computer could not keep what was fetched', {
      cure: 'Free some space on it.',
      detail: String(error),
      cause: error,
    })
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return new AppError('unreachable', `${hostOf(url)} could not be reached from this computer`, {
    cure: 'Check the address, and whether this computer gets there.',
    detail: cause instanceof Error ? cause.message : String(cause),
    cause: error,
  })
}
