// One direction of a byte stream, with the faults of a bad line. A TCP stream loses nothing: what is lost on the way
// arrives late, when it was sent again, and holds up all that follows (RFC 9293, RFC 6298).
export type Weather =
  | { readonly kind: 'clear' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Of what is sent, this share is lost, also when it is sent again. */
  | { readonly kind: 'loss'; readonly share: number }
  /** The cable is out: nothing arrives, nobody is told. */
  | { readonly kind: 'down' }

/** What TCP sends between two losses, about: a window of ten segments. */
const sliceBytes = 14_600
/** Linux waits at least so long before it sends again, and twice as long each further time. */
const firstRetransmitMs = 200
const maxRetransmitMs = 10_000
/** Beyond this the sender is held back. */
const maxQueuedBytes = 1 << 20

interface Slice {
  readonly bytes: Buffer
  readonly dueAtMs: number
}

export interface LineEnds {
  deliver(bytes: Buffer): void
  /** True while more has been sent than the line takes. */
  hold(isFull: boolean): void
}

export class Line {
  readonly #ends: LineEnds
  readonly #random: () => number
  readonly #queue: Slice[] = []
  #queuedBytes = 0
  #weather: Weather
  #timer: NodeJS.Timeout | undefined
  #lastDueAtMs = 0
  #onEmpty: (() => void) | undefined

  constructor(weather: Weather, random: () => number, ends: LineEnds) {
    this.#weather = weather
    this.#random = random
    this.#ends = ends
  }

  send(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      const bytes = chunk.subarray(at, at + sliceBytes)
      // in order: nothing overtakes
      this.#lastDueAtMs = Math.max(this.#lastDueAtMs, performance.now() + this.#holdUpMs())
      this.#queue.push({ bytes, dueAtMs: this.#lastDueAtMs })
      this.#queuedBytes += bytes.length
    }
    if (this.#queuedBytes > maxQueuedBytes) this.#ends.hold(true)
    this.#run()
  }

  change(weather: Weather): void {
    this.#weather = weather
    this.#run()
  }

  /** Calls back when all that was sent has arrived. */
  whenEmpty(listener: () => void): void {
    this.#onEmpty = listener
    this.#run()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#queue.length = 0
  }

  #holdUpMs(): number {
    const weather = this.#weather
    if (weather.kind === 'delay') return weather.delayMs
    // what is sent while something is missing arrives with it: its acknowledgements tell the sender early what is missing
    if (weather.kind !== 'loss' || this.#lastDueAtMs > performance.now()) return 0
    let lateMs = 0
    for (let waitMs = firstRetransmitMs; this.#random() < weather.share; waitMs *= 2) {
      lateMs += Math.min(waitMs, maxRetransmitMs)
    }
    return lateMs
  }

  #run(): void {
    clearTimeout(this.#timer)
    if (this.#weather.kind === 'down') return
    for (;;) {
      const next = this.#queue[0]
      if (next === undefined) return this.#onEmpty?.()
      const leftMs = next.dueAtMs - performance.now()
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.#run(), leftMs)
        return
      }
      this.#queue.shift()
      this.#queuedBytes -= next.bytes.length
      if (this.#queuedBytes <= maxQueuedBytes) this.#ends.hold(false)
      this.#ends.deliver(next.bytes)
    }
  }
}

/** Numbers that look random, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
