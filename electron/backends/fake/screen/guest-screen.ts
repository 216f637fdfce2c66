import type { Framebuffer } from './framebuffer'

/** What a running guest shows and how it takes input; one per power-on. */
export interface GuestScreen {
  readonly frame: Framebuffer
  /** Draws what the guest shows after running that long; called often while somebody looks. */
  advance(uptimeMs: number, nowMs: number): void
  key(keysym: number, isDown: boolean): void
  pointer(x: number, y: number, buttons: number): void
  /** The guest began to shut down. */
  sayGoodbye(): void
}

/** What a guest can do to its own machine. */
export interface GuestActions {
  reboot(): void
  powerOff(): void
}
