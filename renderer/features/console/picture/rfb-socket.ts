/** What noVNC's queue of received bytes offers a decoder (core/websock.js). */
export interface RfbSocket {
  /** True when fewer bytes are there; the decoder is called again when more came. */
  rQwait(what: string, bytes: number): boolean
  rQlen(): number
  rQpeek8(): number
  rQshift8(): number
  rQshift32(): number
  rQskipBytes(bytes: number): void
  /** Not copied, they are only good until the next turn. */
  rQshiftBytes(bytes: number, copies?: boolean): Uint8Array
}
