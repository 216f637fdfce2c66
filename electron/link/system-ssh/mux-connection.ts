import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { Channel, windowBytes } from './channel'
import type { ShellOptions, ShellWindow } from '../ssh-link'
import { packet, PacketCutter, Reader, type Field } from './wire'

/** RFC 4254 section 9. */
const message = {
  channelOpen: 90,
  confirmation: 91,
  openFailure: 92,
  windowAdjust: 93,
  data: 94,
  extendedData: 95,
  eof: 96,
  close: 97,
  request: 98,
  success: 99,
  failure: 100,
} as const

/** PROTOCOL.mux sections 2 and 1. */
const mux = { hello: 1, version: 4, proxy: 0x1000000f, proxyOk: 0x8000000f, failure: 0x80000003 } as const

/** Data per packet that any peer takes (RFC 4253 section 6.1). */
const maxDataBytes = 32 * 1024

/** TTY_OP_END: the host's own settings of a terminal (RFC 4254 section 8). */
const noModes = Buffer.from([0])

type Opened = (error: Error | undefined, channel: Channel) => void

/** A refusal to open; `reason` as in RFC 4254 section 5.1. */
interface OpenFailure extends Error {
  reason?: number
}

interface Slot {
  /** Until the host has answered. */
  opened?: Opened
  channel?: Channel
  /** The host's number for it, once it has answered. */
  remoteId: number
  /** Those of requests that want an answer, which come in order (RFC 4254 section 5.4). */
  readonly answers: ((isGood: boolean) => void)[]
}

/**
 * The channels of an ssh connection that an OpenSSH master holds, over its control socket in proxy mode: the master
 * does the encryption and we open channels as if the connection were ours. So one process serves everything, every
 * refusal comes with its reason, and no local socket is needed for a forwarded one. Has the methods of ssh2's Client
 * that SshLink uses. Tells 'error' (perhaps) and 'close' (once) when the master is gone.
 */
export class MuxConnection extends EventEmitter {
  readonly #socket: Socket
  readonly #whyLost: () => Promise<Error | undefined>
  readonly #slots = new Map<number, Slot>()
  #nextId = 0
  #isOver = false

  private constructor(socket: Socket, whyLost: () => Promise<Error | undefined>) {
    super()
    this.#socket = socket
    this.#whyLost = whyLost
  }

  /**
   * Greets the master; rejects when it is none, or one that knows no proxy mode (OpenSSH before 7.4). `whyLost` is
   * asked once the control socket closed without our doing.
   */
  static async open(socket: Socket, whyLost: () => Promise<Error | undefined>): Promise<MuxConnection> {
    const connection = new MuxConnection(socket, whyLost)
    await connection.#greet()
    return connection
  }

  exec(command: string, opened: Opened): void {
    const slot = this.#open('session', [], (error, channel) => {
      if (error) return opened(error, channel)
      slot.answers.push((isGood) => {
        if (!isGood) channel.destroy()
        opened(isGood ? undefined : new Error('The host refused to start the command'), channel)
      })
      this.#message(message.request, [slot.remoteId, 'exec', true, command])
    })
  }

  /** A terminal, then a shell on it: RFC 4254 sections 6.2, 6.4 and 6.5. */
  shell({ term, cols, rows }: ShellWindow, { env }: ShellOptions, opened: Opened): void {
    const slot = this.#open('session', [], (error, channel) => {
      if (error) return opened(error, channel)
      const refuse = (what: string): void => {
        channel.destroy()
        opened(new Error(`The host refused ${what}`), channel)
      }
      slot.answers.push((hasTerminal) => {
        if (!hasTerminal) return refuse('a terminal')
        for (const [name, value] of Object.entries(env))
          this.#message(message.request, [slot.remoteId, 'env', false, name, value])
        slot.answers.push((isGood) => (isGood ? opened(undefined, channel) : refuse('a shell')))
        this.#message(message.request, [slot.remoteId, 'shell', true])
      })
      this.#message(message.request, [slot.remoteId, 'pty-req', true, term, cols, rows, 0, 0, noModes])
    })
  }

  forwardOut(sourceHost: string, sourcePort: number, host: string, port: number, opened: Opened): void {
    this.#open('direct-tcpip', [host, port, sourceHost, sourcePort], opened)
  }

  /** OpenSSH, PROTOCOL section 2.4. */
  openssh_forwardOutStreamLocal(path: string, opened: Opened): void {
    this.#open('direct-streamlocal@openssh.com', [path, '', 0], opened)
  }

  /** Whether the host behind the master answers: a master may outlive its network. */
  answers(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#open('session', [], (error, channel) => {
        // a refusal is an answer as well
        resolve(error === undefined || (error as OpenFailure).reason !== undefined)
        channel?.destroy()
        channel?.resume()
      })
    })
  }

  end(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
    this.#over()
  }

  #greet(): Promise<void> {
    const requestId = 1
    const cutter = new PacketCutter()
    this.#send([mux.hello, mux.version])
    this.#send([mux.proxy, requestId])
    return new Promise((resolve, reject) => {
      let isOpen = false
      this.#socket.on('error', reject)
      this.#socket.on('close', () => {
        reject(new Error('ssh closed its control socket'))
        // only the end of the ssh process tells the reason
        void this.#whyLost().then((error) => this.#over(error))
      })
      this.#socket.on('data', (chunk: Buffer) => {
        try {
          for (const body of cutter.push(chunk)) {
            const reader = new Reader(body)
            if (isOpen) this.#take(reader)
            else isOpen = readGreeting(reader)
          }
          if (isOpen) resolve()
        } catch (error) {
          reject(error)
          this.#socket.destroy(error as Error)
        }
      })
    })
  }

  #open(type: string, fields: readonly Field[], opened: Opened): Slot {
    if (this.#isOver) throw new Error('ssh is not connected')
    const id = this.#nextId
    this.#nextId += 1
    const slot: Slot = { opened, remoteId: 0, answers: [] }
    this.#slots.set(id, slot)
    this.#message(message.channelOpen, [type, id, windowBytes, maxDataBytes, ...fields])
    return slot
  }

  #take(reader: Reader): void {
    // the length of the padding, of which there is none without encryption
    reader.byte()
    const type = reader.byte()
    // what is not about a channel is the master's business
    if (type < message.confirmation || type > message.failure) return
    const id = reader.uint32()
    const slot = this.#slots.get(id)
    // a channel that was closed from both sides
    if (!slot) return
    const { channel } = slot
    if (!channel) {
      this.#takeOpening(type, id, slot, reader)
      return
    }
    switch (type) {
      case message.windowAdjust:
        return channel.takeWindow(reader.uint32())
      case message.data:
        return channel.takeData(reader.bytes())
      case message.extendedData:
        // 1: standard error, the only kind there is (RFC 4254 section 5.2)
        return void (reader.uint32() === 1 && channel.takeErrorData(reader.bytes()))
      case message.eof:
        return channel.takeEof()
      case message.close:
        this.#slots.delete(id)
        for (const answer of slot.answers.splice(0)) answer(false)
        return channel.takeClose()
      case message.request:
        return this.#takeRequest(channel, slot.remoteId, reader)
      case message.success:
      case message.failure:
        slot.answers.shift()?.(type === message.success)
        return undefined
      default:
        return undefined
    }
  }

  #takeOpening(type: number, id: number, slot: Slot, reader: Reader): void {
    const { opened } = slot
    if (type === message.confirmation) {
      slot.remoteId = reader.uint32()
      const channel = this.#channel(slot.remoteId, reader.uint32(), reader.uint32())
      slot.channel = channel
      delete slot.opened
      opened?.(undefined, channel)
    } else if (type === message.openFailure) {
      this.#slots.delete(id)
      const error: OpenFailure = new Error('')
      error.reason = reader.uint32()
      error.message = `Channel open failure: ${reader.text()}`
      opened?.(error, noChannel)
    }
  }

  #channel(remoteId: number, remoteWindow: number, remoteMaxBytes: number): Channel {
    return new Channel({
      remoteWindow,
      maxDataBytes: Math.max(1, Math.min(remoteMaxBytes, maxDataBytes)),
      sendData: (data, done) => this.#message(message.data, [remoteId, data], done),
      sendWindow: (bytes) => this.#message(message.windowAdjust, [remoteId, bytes]),
      sendEof: () => this.#message(message.eof, [remoteId]),
      sendClose: () => this.#message(message.close, [remoteId]),
      sendResize: (columns, rows) =>
        this.#message(message.request, [remoteId, 'window-change', false, columns, rows, 0, 0]),
      sendSignal: (name) => this.#message(message.request, [remoteId, 'signal', false, name]),
    })
  }

  #takeRequest(channel: Channel, remoteId: number, reader: Reader): void {
    const name = reader.text()
    const wantsReply = reader.byte() !== 0
    if (name === 'exit-status') channel.takeExit(reader.uint32())
    else if (name === 'exit-signal') channel.takeExit(null, reader.text())
    if (wantsReply) this.#message(message.failure, [remoteId])
  }

  #message(type: number, fields: readonly Field[], done?: () => void): void {
    this.#send([{ byte: 0 }, { byte: type }, ...fields], done)
  }

  #send(fields: readonly Field[], done?: () => void): void {
    if (this.#socket.destroyed) done?.()
    else this.#socket.write(packet(fields), () => done?.())
  }

  #over(error?: Error): void {
    if (this.#isOver) return
    this.#isOver = true
    if (error && this.listenerCount('error') > 0) this.emit('error', error)
    const slots = [...this.#slots.values()]
    this.#slots.clear()
    // first: who listens has the reason, before anybody notices that a channel is gone or does not open
    this.emit('close')
    for (const { opened, channel, answers } of slots) {
      opened?.(new Error('The ssh connection was lost'), noChannel)
      for (const answer of answers) answer(false)
      channel?.destroy()
    }
  }
}

/** ssh2 gives none with an error either, and its type says so as little. */
const noChannel = undefined as unknown as Channel

/** True once the master has agreed to proxy mode. */
function readGreeting(reader: Reader): boolean {
  const type = reader.uint32()
  if (type === mux.hello) {
    const version = reader.uint32()
    if (version !== mux.version) throw new Error(`ssh speaks version ${version} of its multiplexing protocol`)
    return false
  }
  if (type === mux.proxyOk) return true
  if (type === mux.failure) {
    reader.uint32()
    throw new Error(reader.text())
  }
  throw new Error('This ssh has no proxy mode')
}
