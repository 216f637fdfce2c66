// A port of this machine that leads to another, over a line that can be made bad while it is in use. The kernels the lab
// runs on have no netem (`tc qdisc … netem`), so delay and loss are made here.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { Line, seededRandom, type Weather } from './line'

interface Target {
  readonly host?: string
  readonly port: number
}

const maxConnections = 256
/** For an answer to come after the end. */
const halfOpenMs = 2_000

export class FaultProxy {
  readonly port: number
  readonly #server: Server
  readonly #target: Target
  readonly #random: () => number
  readonly #tunnels = new Set<Tunnel>()
  #weather: Weather = { kind: 'clear' }

  static async to(target: Target, seed = 1): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new FaultProxy(server, target, seed)
  }

  private constructor(server: Server, target: Target, seed: number) {
    this.#server = server
    this.#target = target
    this.#random = seededRandom(seed)
    this.port = (server.address() as AddressInfo).port
    server.on('connection', (near) => this.#accept(near))
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#tunnels.size
  }

  /** For the connections there are and those to come. */
  set(weather: Weather): void {
    this.#weather = weather
    for (const tunnel of this.#tunnels) tunnel.change(weather)
  }

  /** Ends every connection as a router does that has lost its tables. */
  reset(): void {
    for (const tunnel of this.#tunnels) tunnel.reset()
  }

  /** Ends every connection in good order. */
  close(): void {
    for (const tunnel of this.#tunnels) tunnel.close()
  }

  async stop(): Promise<void> {
    this.reset()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #accept(near: Socket): void {
    if (this.#tunnels.size >= maxConnections) return void near.destroy()
    const far = connect({ host: '127.0.0.1', noDelay: true, allowHalfOpen: true, ...this.#target })
    const tunnel = new Tunnel(near, far, this.#weather, this.#random, () => this.#tunnels.delete(tunnel))
    this.#tunnels.add(tunnel)
  }
}

class Tunnel {
  readonly #near: Socket
  readonly #far: Socket
  readonly #lines: readonly Line[]
  #isOver = false

  constructor(near: Socket, far: Socket, weather: Weather, random: () => number, onOver: () => void) {
    this.#near = near
    this.#far = far
    this.#lines = [line(near, far, weather, random), line(far, near, weather, random)]
    for (const socket of [near, far]) {
      socket.on('error', () => this.#end())
      socket.on('close', () => this.#end())
    }
    // who has gone wholly says the same as who only has nothing more to say; the far side of a dead line tells neither
    near.on('end', () => setTimeout(() => this.#end(), halfOpenMs).unref())
    near.once('close', onOver)
  }

  change(weather: Weather): void {
    for (const one of this.#lines) one.change(weather)
  }

  reset(): void {
    this.#near.resetAndDestroy()
    this.#end()
  }

  close(): void {
    this.#near.end()
    this.#far.end()
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const one of this.#lines) one.stop()
    this.#near.destroy()
    // not by an end, which the other side could take for half of one
    this.#far.resetAndDestroy()
  }
}

function line(from: Socket, to: Socket, weather: Weather, random: () => number): Line {
  const one = new Line(weather, random, {
    deliver: (bytes) => void to.write(bytes),
    hold: (isFull) => void (isFull ? from.pause() : from.resume()),
  })
  from.on('data', (chunk: Buffer) => one.send(chunk))
  // an end is news too, and arrives behind the rest
  from.on('end', () => one.whenEmpty(() => to.end()))
  return one
}
