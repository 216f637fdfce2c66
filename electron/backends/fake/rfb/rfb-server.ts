import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { Framebuffer } from '../screen/framebuffer'
import { ByteReader, RfbError } from './byte-reader'
import { DirtyTiles, type Rect } from './dirty-tiles'
import {
  colourMapMessage,
  nativeFormat,
  pixelFormatLength,
  pixelWriter,
  readPixelFormat,
  writePixelFormat,
} from './pixel-format'
import { challengeLength, isVncResponse } from '../../../sign-in/vnc-challenge'

/** What is looked at and typed on. */
export interface RfbScreen {
  readonly frame: Framebuffer
  readonly name: string
  readonly password?: string | undefined
  key(keysym: number, isDown: boolean): void
  pointer(x: number, y: number, buttons: number): void
}

const securityNone = 1
const securityVnc = 2
const encodingRaw = 0
/** The client follows changes of the screen's size (RFC 6143, 7.8.2). */
const encodingDesktopSize = -223

/** Longer clipboard texts end the connection: nothing here can use them. */
const maxCutTextBytes = 1024 * 1024

/**
 * One viewer, the server's side of RFC 6143 (versions 3.3, 3.7 and 3.8; security None or VNC; encoding Raw). Ends when
 * either side closes; what the client sends wrong closes the connection. Owns the stream and destroys it at the end.
 */
export async function serveRfb(stream: Duplex, screen: RfbScreen): Promise<void> {
  // the end of the other side is told by the reader; an error here is nothing more than that
  stream.on('error', () => {})
  const viewer = new Viewer(stream, screen)
  try {
    await viewer.run()
    stream.end()
  } catch (error) {
    if (!(error instanceof RfbError)) throw error
  } finally {
    viewer.stop()
    if (!stream.writableEnded) stream.destroy()
  }
}

class Viewer {
  readonly #in: ByteReader
  readonly #dirty: DirtyTiles
  readonly #unwatch: () => void
  #write = pixelWriter(nativeFormat)
  #followsSize = false
  #sizeChanged = false
  /** The size this client knows. */
  #width: number
  #height: number
  /** The part of the screen the client waits for. */
  #wanted: Rect | undefined
  #isSending = false
  #hasStopped = false

  constructor(
    private readonly stream: Duplex,
    private readonly screen: RfbScreen,
  ) {
    this.#in = new ByteReader(stream)
    const { frame } = screen
    this.#width = frame.width
    this.#height = frame.height
    this.#dirty = new DirtyTiles(frame.width, frame.height)
    this.#unwatch = frame.watch({
      damaged: (x, y, width, height) => {
        this.#dirty.add(x, y, width, height)
        this.#trySend()
      },
      resized: () => {
        this.#sizeChanged = true
        this.#dirty.resize(frame.width, frame.height)
        this.#trySend()
      },
    })
  }

  stop(): void {
    this.#hasStopped = true
    this.#unwatch()
  }

  async run(): Promise<void> {
    const mayEnter = await this.#handshake()
    if (!mayEnter) return
    // ClientInit says whether others may keep watching; they always may
    await this.#in.u8()
    this.#sendServerInit()
    for (;;) await this.#readMessage()
  }

  async #handshake(): Promise<boolean> {
    this.stream.write('RFB 003.008\n')
    const version = /^RFB 003\.(\d{3})\n$/.exec((await this.#in.read(12)).toString('latin1'))?.[1]
    if (version === undefined) throw new RfbError('Not an RFB client')
    const minor = Number(version)
    const security = this.screen.password === undefined ? securityNone : securityVnc
    if (minor < 7) {
      this.stream.write(u32(security))
    } else {
      this.stream.write(Buffer.from([1, security]))
      if ((await this.#in.u8()) !== security) throw new RfbError('Refused security type')
    }
    if (security === securityVnc) return this.#checkPassword(minor)
    if (minor >= 8) this.stream.write(u32(0))
    return true
  }

  async #checkPassword(minor: number): Promise<boolean> {
    const challenge = randomBytes(challengeLength)
    this.stream.write(challenge)
    const response = await this.#in.read(challengeLength)
    if (isVncResponse(response, challenge, this.screen.password ?? '')) {
      this.stream.write(u32(0))
      return true
    }
    const reason = Buffer.from('Wrong password')
    this.stream.write(minor >= 8 ? Buffer.concat([u32(1), u32(reason.length), reason]) : u32(1))
    return false
  }

  #sendServerInit(): void {
    const { frame } = this.screen
    this.#width = frame.width
    this.#height = frame.height
    this.#sizeChanged = false
    const size = Buffer.alloc(4)
    size.writeUInt16BE(frame.width, 0)
    size.writeUInt16BE(frame.height, 2)
    const name = Buffer.from(this.screen.name)
    this.stream.write(Buffer.concat([size, writePixelFormat(nativeFormat), u32(name.length), name]))
  }

  /** Client messages, RFC 6143, 7.5. */
  async #readMessage(): Promise<void> {
    const type = await this.#in.u8()
    switch (type) {
      case 0: {
        await this.#in.read(3)
        const format = readPixelFormat(await this.#in.read(pixelFormatLength))
        this.#write = pixelWriter(format)
        if (!format.isTrueColour) this.stream.write(colourMapMessage())
        return
      }
      case 2: {
        await this.#in.read(1)
        const bytes = await this.#in.read(4 * (await this.#in.u16()))
        this.#followsSize = false
        for (let at = 0; at < bytes.length; at += 4) {
          if (bytes.readInt32BE(at) === encodingDesktopSize) this.#followsSize = true
        }
        return
      }
      case 3: {
        const bytes = await this.#in.read(9)
        const [x, y, width, height] = [1, 3, 5, 7].map((at) => bytes.readUInt16BE(at)) as [
          number,
          number,
          number,
          number,
        ]
        if (bytes.readUInt8(0) === 0) this.#dirty.add(x, y, width, height)
        this.#wanted = { x, y, width, height }
        this.#trySend()
        return
      }
      case 4: {
        const bytes = await this.#in.read(7)
        this.screen.key(bytes.readUInt32BE(3), bytes.readUInt8(0) !== 0)
        return
      }
      case 5: {
        const bytes = await this.#in.read(5)
        this.screen.pointer(bytes.readUInt16BE(1), bytes.readUInt16BE(3), bytes.readUInt8(0))
        return
      }
      case 6: {
        await this.#in.read(3)
        const length = await this.#in.u32()
        if (length > maxCutTextBytes) throw new RfbError('Clipboard text too long')
        await this.#in.read(length)
        return
      }
      default:
        throw new RfbError(`Unknown message ${type}`)
    }
  }

  #trySend(): void {
    if (this.#isSending || !this.#wanted || this.#hasStopped) return
    this.#isSending = true
    // a burst of drawing in one turn becomes one update
    setImmediate(() => {
      void this.#send().then((hasSent) => {
        this.#isSending = false
        // what was asked for or drawn while the client read the last update
        if (hasSent && !this.#dirty.isEmpty) this.#trySend()
      })
    })
  }

  async #send(): Promise<boolean> {
    const wanted = this.#wanted
    if (!wanted || this.#hasStopped) return false
    if (this.#sizeChanged && this.#followsSize) {
      const { frame } = this.screen
      this.#sizeChanged = false
      this.#width = frame.width
      this.#height = frame.height
      this.#wanted = undefined
      this.#dirty.add(0, 0, frame.width, frame.height)
      return this.#put([
        updateHeader(1),
        rectHeader({ x: 0, y: 0, width: frame.width, height: frame.height }, encodingDesktopSize),
      ])
    }
    const { frame } = this.screen
    // a client that cannot follow gets what fits the size it knows
    const rects = this.#dirty.take(
      wanted,
      Math.min(this.#width, frame.width),
      Math.min(this.#height, frame.height),
    )
    if (rects.length === 0) return false
    this.#wanted = undefined
    const parts = [updateHeader(rects.length)]
    for (const rect of rects) parts.push(rectHeader(rect, encodingRaw), this.#write(frame, rect))
    return this.#put(parts)
  }

  async #put(parts: Buffer[]): Promise<boolean> {
    if (this.stream.destroyed || this.stream.writableEnded) return false
    if (this.stream.write(Buffer.concat(parts))) return true
    // a slow client gets fewer updates rather than a growing queue
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.stream.off('drain', done)
        this.stream.off('close', done)
        resolve()
      }
      this.stream.on('drain', done)
      this.stream.on('close', done)
    })
    return true
  }
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function updateHeader(rectCount: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt16BE(rectCount, 2)
  return bytes
}

function rectHeader(rect: Rect, encoding: number): Buffer {
  const bytes = Buffer.alloc(12)
  for (const [index, value] of [rect.x, rect.y, rect.width, rect.height].entries()) {
    bytes.writeUInt16BE(value, 2 * index)
  }
  bytes.writeInt32BE(encoding, 8)
  return bytes
}
