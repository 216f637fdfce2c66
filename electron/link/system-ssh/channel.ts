import { Duplex, Readable } from 'node:stream'

/** What may be on the way to us per channel: enough for a link with 100 ms and 10 MB/s. */
export const windowBytes = 1024 * 1024

export interface ChannelParts {
  /** How much the host takes before it says more, and at once. */
  readonly remoteWindow: number
  readonly maxDataBytes: number
  /** Calls back when the bytes have left this process. */
  sendData(data: Buffer, done?: () => void): void
  sendWindow(bytes: number): void
  sendEof(): void
  sendClose(): void
  sendSignal(name: string): void
  sendResize(columns: number, rows: number): void
}

/**
 * One channel of an ssh connection (RFC 4254 section 5): reads and writes within the windows, so that a slow reader
 * holds up its own channel only. Tells 'exit' once its output has been read, then 'close'.
 */
export class Channel extends Duplex {
  readonly stderr = new Readable({ read: () => undefined })
  readonly #parts: ChannelParts
  #toSend: { data: Buffer; done: () => void } | undefined
  #remoteWindow: number
  #localWindow = windowBytes
  #isWanted = false
  #hasEof = false
  #isClosed = false
  #hasEndedErrors = false
  #hasSentClose = false
  #exit: [code: number | null, signal?: string] | undefined

  constructor(parts: ChannelParts) {
    super({ autoDestroy: false })
    this.#parts = parts
    this.#remoteWindow = parts.remoteWindow
  }

  /** The host may or may not pass it on to its process. */
  signal(name: string): void {
    if (!this.#isClosed && !this.#hasSentClose) this.#parts.sendSignal(name)
  }

  /** In the order of ssh2, whose channels have the same method. */
  setWindow(rows: number, columns: number): void {
    if (!this.#isClosed && !this.#hasSentClose) this.#parts.sendResize(columns, rows)
  }

  takeData(data: Buffer): void {
    this.#localWindow -= data.length
    if (this.destroyed || this.#hasEof) return
    // beyond the window nobody may send
    if (this.#localWindow < 0) {
      this.destroy(new Error('The host sent more than was allowed'))
      return
    }
    this.#isWanted = this.push(data)
    this.#widen()
  }

  takeErrorData(data: Buffer): void {
    this.#localWindow -= data.length
    if (this.destroyed || this.#hasEndedErrors) return
    this.stderr.push(data)
    this.#widen()
  }

  takeWindow(bytes: number): void {
    this.#remoteWindow += bytes
    this.#flush()
  }

  takeExit(code: number | null, signal?: string): void {
    this.#exit = signal === undefined ? [code] : [code, signal]
  }

  takeEof(): void {
    if (this.#hasEof || this.destroyed) return
    this.#hasEof = true
    this.push(null)
  }

  /** The host is done with it. What it sent before is still there to be read. */
  takeClose(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#close()
    this.stderr.push(null)
    this.#settle()
    const end = (): void => {
      if (this.#exit) this.emit('exit', ...this.#exit)
      this.destroy()
    }
    this.takeEof()
    if (this.readableEnded) end()
    else this.once('end', end)
  }

  override _read(): void {
    this.#isWanted = true
    this.#widen()
  }

  override _write(data: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#isClosed || this.#hasSentClose) {
      done()
      return
    }
    this.#toSend = { data, done }
    this.#flush()
  }

  override _final(done: () => void): void {
    if (!this.#isClosed && !this.#hasSentClose) this.#parts.sendEof()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#close()
    this.#settle()
    // not destroyed: what it still holds may be the reason for the end
    this.#endErrors()
    done(error)
  }

  #close(): void {
    if (this.#hasSentClose) return
    this.#hasSentClose = true
    this.#parts.sendClose()
  }

  #endErrors(): void {
    if (this.#hasEndedErrors) return
    this.#hasEndedErrors = true
    this.stderr.push(null)
  }

  #settle(): void {
    const waiting = this.#toSend
    this.#toSend = undefined
    waiting?.done()
  }

  /** In steps of half a window: a word to the host for each packet would be as much traffic as the data. */
  #widen(): void {
    if (!this.#isWanted || this.#isClosed || this.#hasSentClose || this.#localWindow > windowBytes / 2) return
    this.#parts.sendWindow(windowBytes - this.#localWindow)
    this.#localWindow = windowBytes
  }

  #flush(): void {
    const { maxDataBytes } = this.#parts
    while (this.#toSend && this.#remoteWindow > 0) {
      const { data, done } = this.#toSend
      const size = Math.min(data.length, this.#remoteWindow, maxDataBytes)
      this.#remoteWindow -= size
      if (size === data.length) {
        this.#toSend = undefined
        this.#parts.sendData(data, done)
        return
      }
      this.#toSend = { data: data.subarray(size), done }
      this.#parts.sendData(data.subarray(0, size))
    }
  }
}
