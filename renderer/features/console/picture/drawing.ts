import type { Rect } from './rect'

/** Writes the points of a rectangle, a word each (0xAABBGGRR), rows `stride` words apart. */
export type WritePixels = (words: Uint32Array, at: number, stride: number) => void

/** A frame of noVNC's decoder for video. */
export interface ComingFrame {
  readonly promise: Promise<unknown>
  readonly frame: VideoFrame
}

/**
 * What a rectangle of an update will look like. It is worked out when it is drawn, and never when a later one covers it first:
 * the stream asks for what it must have itself (zlib), the rest waits.
 */
export type Drawing =
  | {
      readonly kind: 'pixels'
      readonly rect: Rect
      readonly write: WritePixels
      /** Until then there is nothing to write from. */
      readonly ready?: Promise<unknown>
    }
  | { readonly kind: 'image'; readonly rect: Rect; readonly mime: string; readonly data: Uint8Array }
  | { readonly kind: 'video'; readonly rect: Rect; readonly coming: ComingFrame }
  /** Of the same screen, as it is once what came before is drawn. */
  | { readonly kind: 'copy'; readonly rect: Rect; readonly fromX: number; readonly fromY: number }
