/**
 * A VNC server that has a new picture for whoever asks, at once: the viewer sets the pace. A process of its own; orders come
 * and figures go by messages.
 */
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { encodeUpdate, type EncodingName, type PixelFormat, type Update } from './encode'
import { filmPicture, height, textPicture, width, type Picture } from './frames'
import { pictureCount } from './picture-count'

export type Order =
  | { readonly kind: 'encoding'; readonly encoding: EncodingName }
  /** Whether new pictures come; otherwise requests wait. */
  | { readonly kind: 'moves'; readonly moves: boolean }
  | { readonly kind: 'figures' }
export type Report =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'figures'; readonly figures: Figures }

export interface Figures {
  readonly atMs: number
  readonly updates: number
  readonly bytes: number
  /** When keys went down, as the clock of this computer has it. */
  readonly keysAtMs: readonly number[]
}

const [jpegFolder = ''] = process.argv.slice(2)

const format: { bits: number; name: PixelFormat } = {
  bits: 32,
  name: { redShift: 16, greenShift: 8, blueShift: 0 },
}
let encoding: EncodingName = 'raw'
let moves = true
let updates = 0
let bytes = 0
let keysAtMs: number[] = []
const viewers = new Set<Viewer>()
const pictures = new Map<string, Picture>()
const encoded = new Map<string, Update>()

class Viewer {
  #buffer = Buffer.alloc(0)
  #step: 'version' | 'security' | 'init' | 'messages' = 'version'
  #format = format.name
  #isAsking = false
  #isSending = false
  #sent = 0

  constructor(readonly socket: Socket) {
    socket.setNoDelay(true)
    socket.write('RFB 003.008\n')
    socket.on('data', (chunk) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk])
      while (this.#take()) {
        // the next message
      }
    })
  }

  #shift(count: number): Buffer | undefined {
    if (this.#buffer.length < count) return undefined
    const taken = this.#buffer.subarray(0, count)
    this.#buffer = this.#buffer.subarray(count)
    return taken
  }

  #take(): boolean {
    switch (this.#step) {
      case 'version':
        if (!this.#shift(12)) return false
        this.socket.write(Buffer.from([1, 1]))
        this.#step = 'security'
        return true
      case 'security':
        if (!this.#shift(1)) return false
        this.socket.write(Buffer.alloc(4))
        this.#step = 'init'
        return true
      case 'init':
        if (!this.#shift(1)) return false
        this.socket.write(serverInit())
        this.#step = 'messages'
        return true
      case 'messages':
        return this.#message()
    }
  }

  #message(): boolean {
    const type = this.#buffer[0]
    if (type === undefined) return false
    if (type === 0) return this.#setFormat()
    if (type === 2) {
      if (this.#buffer.length < 4) return false
      return this.#shift(4 + 4 * this.#buffer.readUInt16BE(2)) !== undefined
    }
    if (type === 3) {
      if (!this.#shift(10)) return false
      this.#isAsking = true
      this.send()
      return true
    }
    if (type === 4) {
      const key = this.#shift(8)
      if (key?.[1] === 1) keysAtMs.push(performance.timeOrigin + performance.now())
      return key !== undefined
    }
    if (type === 5) return this.#shift(6) !== undefined
    if (type === 6) {
      if (this.#buffer.length < 8) return false
      return this.#shift(8 + Math.abs(this.#buffer.readInt32BE(4))) !== undefined
    }
    throw new Error(`the viewer sends a message of type ${type}`)
  }

  #setFormat(): boolean {
    const message = this.#shift(20)
    if (!message) return false
    if (message[4] !== 32 || message[6] !== 0) throw new Error('only 32 bits, least first, are spoken here')
    this.#format = {
      redShift: message[14] ?? 0,
      greenShift: message[15] ?? 0,
      blueShift: message[16] ?? 0,
    }
    return true
  }

  /** One update at a time, and only when it is asked for. */
  send(): void {
    // the first is sent in any case, so that there is something to see
    if (!this.#isAsking || this.#isSending || (!moves && this.#sent > 0)) return
    this.#isAsking = false
    this.#isSending = true
    const update = updateOf(this.#sent % pictureCount, this.#format)
    const message = this.#sent === 0 ? update.first : update.again
    this.#sent += 1
    for (const at of message.numberedAt) message.bytes.writeUInt32BE(this.#sent, at)
    this.socket.write(message.bytes, () => {
      this.#isSending = false
      updates += 1
      bytes += message.bytes.length
      this.send()
    })
  }
}

function updateOf(at: number, pixelFormat: PixelFormat): Update {
  const key = `${encoding} ${at} ${JSON.stringify(pixelFormat)}`
  const known = encoded.get(key)
  if (known) return known
  const update = encodeUpdate(encoding, pictureOf(at), pixelFormat, jpegs[at])
  encoded.set(key, update)
  return update
}

function pictureOf(at: number): Picture {
  const kind = encoding === 'raw' || encoding === 'tight-jpeg' ? 'film' : 'text'
  const key = `${kind} ${at}`
  const picture = pictures.get(key) ?? (kind === 'film' ? filmPicture(at) : textPicture(at))
  pictures.set(key, picture)
  return picture
}

function serverInit(): Buffer {
  const head = Buffer.alloc(24)
  head.writeUInt16BE(width, 0)
  head.writeUInt16BE(height, 2)
  // 32 bits a point of which 24 count, least first, true colour
  head.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0], 4)
  const name = Buffer.from('bench')
  head.writeUInt32BE(name.length, 20)
  return Buffer.concat([head, name])
}

async function readJpegs(): Promise<Buffer[][]> {
  const names = (await readdir(jpegFolder)).filter((name) => name.endsWith('.jpg')).sort()
  const all = await Promise.all(names.map((name) => readFile(join(jpegFolder, name))))
  const each = all.length / pictureCount
  return Array.from({ length: pictureCount }, (_, at) => all.slice(at * each, (at + 1) * each))
}

const jpegs = await readJpegs()
const server = createServer((socket) => {
  const viewer = new Viewer(socket)
  viewers.add(viewer)
  socket.on('error', () => {})
  socket.on('close', () => viewers.delete(viewer))
})
const tell = (report: Report): void => void process.send?.(report)
process.on('message', (order: Order) => {
  if (order.kind === 'encoding') {
    encoding = order.encoding
    // both kinds of viewers' formats, before any clock runs
    for (let at = 0; at < pictureCount; at += 1) {
      updateOf(at, { redShift: 16, greenShift: 8, blueShift: 0 })
      updateOf(at, { redShift: 0, greenShift: 8, blueShift: 16 })
    }
    tell({ kind: 'done' })
  } else if (order.kind === 'moves') {
    moves = order.moves
    for (const viewer of viewers) viewer.send()
    tell({ kind: 'done' })
  } else {
    tell({
      kind: 'figures',
      figures: { atMs: performance.timeOrigin + performance.now(), updates, bytes, keysAtMs },
    })
    keysAtMs = []
  }
})
process.on('disconnect', () => process.exit(0))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  tell({ kind: 'ready', port: address.port })
})
