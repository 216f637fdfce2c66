import type { Duplex } from 'node:stream'
import type { Clock, RunClock } from '../clock'
import type { FakeVm } from '../model'
import { duplexPair } from '../rfb/memory-duplex'
import { serveRfb, type RfbScreen } from '../rfb/rfb-server'
import { DesktopGuest } from './desktop-guest'
import type { GuestActions, GuestScreen } from './guest-screen'
import { TextGuest } from './text-guest'

const frameMs = 80

/**
 * The graphics card of one running VM with its VNC server: any number of viewers on one picture. Nothing is drawn
 * while nobody looks; the guest catches up from its run clock, which also makes a paused guest stand still.
 */
export class GuestDisplay {
  #screen: GuestScreen | undefined
  readonly #viewers = new Set<Duplex>()
  #isTicking = false
  #hasEnded = false
  #isPanicked: boolean

  constructor(
    private readonly vm: FakeVm,
    private readonly runClock: RunClock,
    private readonly clock: Clock,
    private readonly actions: GuestActions,
  ) {
    this.#isPanicked = vm.state === 'crashed'
  }

  /** The client's end of a new connection; the server speaks first. */
  open(): Duplex {
    const [clientEnd, serverEnd] = duplexPair()
    if (this.#hasEnded) {
      clientEnd.destroy()
      return clientEnd
    }
    this.#viewers.add(serverEnd)
    this.#advance()
    void serveRfb(serverEnd, this.#rfbScreen()).finally(() => this.#viewers.delete(serverEnd))
    void this.#tick()
    return clientEnd
  }

  /** What is on the screen, as a bitmap of the kind that QEMU gives. */
  capture(): Buffer {
    const { width, height, pixels } = this.#advance().frame
    const head = Buffer.from(`P6\n${width} ${height}\n255\n`, 'latin1')
    const rgb = Buffer.alloc(width * height * 3)
    pixels.forEach((pixel, at) => rgb.writeUIntBE(pixel & 0xffffff, at * 3, 3))
    return Buffer.concat([head, rgb])
  }

  /** Power-on again in the same run: viewers are sent away, as the guest's picture begins anew. */
  restart(): void {
    this.#screen = undefined
    this.#isPanicked = false
    this.runClock.restart()
    this.disconnectViewers()
  }

  sayGoodbye(): void {
    if (this.#viewers.size > 0) this.#advance()
    this.#screen?.sayGoodbye()
  }

  disconnectViewers(): void {
    for (const viewer of this.#viewers) viewer.destroy()
    this.#viewers.clear()
  }

  end(): void {
    this.#hasEnded = true
    this.runClock.stop()
    this.disconnectViewers()
    this.#screen = undefined
  }

  #advance(): GuestScreen {
    const { definition } = this.vm
    this.#screen ??=
      definition.guest.look === 'desktop'
        ? new DesktopGuest(definition, this.actions)
        : new TextGuest(definition, this.actions, this.#isPanicked)
    // the first look shows where the guest stands, also while it is paused; later a paused guest stands still by its clock
    this.#screen.advance(this.runClock.uptimeMs(), this.clock.now())
    return this.#screen
  }

  #rfbScreen(): RfbScreen {
    const screen = this.#advance()
    const { display, name } = this.vm.definition
    // the screen of this connection: a reboot disconnects it before there is another
    const whenRunning = (act: () => void): void => {
      if (this.runClock.isRunning && this.#screen === screen) act()
    }
    return {
      frame: screen.frame,
      name,
      password: display.kind === 'vnc' ? display.password : undefined,
      key: (keysym, isDown) => whenRunning(() => screen.key(keysym, isDown)),
      pointer: (x, y, buttons) => whenRunning(() => screen.pointer(x, y, buttons)),
    }
  }

  async #tick(): Promise<void> {
    if (this.#isTicking) return
    this.#isTicking = true
    while (this.#viewers.size > 0) {
      await this.clock.delay(frameMs)
      if (this.#viewers.size > 0 && this.runClock.isRunning) this.#advance()
    }
    this.#isTicking = false
  }
}
