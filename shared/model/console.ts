import type { ErrorData } from '../errors'

/** What a VM offers to look at right now. */
export type ConsoleOffer =
  | {
      readonly kind: 'vnc'
      readonly needsPassword: boolean
      /** Its bytes cross the network as the display sends them: no ssh carries them. */
      readonly isExposed?: true
    }
  /** Nothing to draw: the sentence says why, the cure what to do. `waits`: it will come by itself (VM is off). */
  | {
      readonly kind: 'none'
      readonly why: 'shut-off' | 'no-display' | 'spice-only' | 'serial-only' | 'not-reachable'
      readonly error: ErrorData
    }

/** Messages on a console's MessagePort besides raw bytes (ArrayBuffer, both ways). */
export type ConsolePortMessage =
  /** Renderer → main: that many bytes were handed to the screen; keeps fast guests from flooding the window. */
  | { readonly kind: 'ack'; readonly bytes: number }
  /** Main → renderer: the guest or link closed the stream. */
  | { readonly kind: 'closed'; readonly error?: ErrorData }
