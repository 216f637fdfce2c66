import { brokenPicture } from './broken-picture'
import type { ComingFrame, Drawing } from './drawing'
import { decodeImage } from './image'
import { nextFrame } from './next-frame'
import { Pixels } from './pixels'
import { contains, type Rect } from './rect'
import { isDrawnBySoftware } from './software-drawing'
import { WaitingDrawings } from './waiting-drawings'

/** More are not taken from the server before some are drawn. */
const maxWaiting = 20_000
const maxUnready = 3

export interface Drawn {
  /** Updates of the server that were taken, and how often the screen was drawn. */
  readonly updates: number
  readonly pictures: number
  /** How the last rectangle came. */
  readonly encoding: string | undefined
}

const pictures = new WeakMap<HTMLCanvasElement, ScreenPicture>()

export function pictureOf(canvas: HTMLCanvasElement): ScreenPicture | undefined {
  return pictures.get(canvas)
}

/**
 * The screen of a guest, in place of noVNC's own (core/display.js), whose words it speaks. Updates are drawn whole, at most
 * once for each frame of the window, and what is covered until then is left out. noVNC draws each at once, on a canvas
 * that it copies to the visible one; with 1920 by 1080 points that is what takes the time.
 *
 * Clipping is not part of it: the console places the whole screen itself (scaling.ts).
 */
export class ScreenPicture {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  #pixels = new Pixels(0, 0)
  /** Of the update that is coming in. */
  #coming: Drawing[] = []
  readonly #waiting = new WaitingDrawings()
  /** Updates whose data are not inflated yet; they follow one after the other. */
  #unready = 0
  #lastReady: Promise<void> = Promise.resolve()
  #isDrawing = false
  #isBroken = false
  #flushes: (() => void)[] = []
  #scale = 1
  #updates = 0
  #drawings = 0
  #encoding: string | undefined
  #onUpdates: (() => void)[] = []

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
    // Without a graphics card the way through the compositor copies the whole screen several times for each picture.
    const context = canvas.getContext('2d', isDrawnBySoftware() ? { desynchronized: true } : {})
    if (!context) throw new Error('The screen has no canvas to draw on')
    this.#context = context
    pictures.set(canvas, this)
  }

  get width(): number {
    return this.#pixels.width
  }

  get height(): number {
    return this.#pixels.height
  }

  get drawn(): Drawn {
    return { updates: this.#updates, pictures: this.#drawings, encoding: this.#encoding }
  }

  /** Kept when the next update of the server has come. */
  nextUpdate(): Promise<void> {
    return new Promise((resolve) => this.#onUpdates.push(resolve))
  }

  // -- what decoders say

  /** A rectangle that lies on the screen: data for another would be taken for memory. */
  checked(rect: Rect): Rect {
    if (!contains({ x: 0, y: 0, width: this.width, height: this.height }, rect))
      throw new Error('a rectangle outside of the screen')
    return rect
  }

  /** `encoding`: where the decoder is one of ours. */
  add(drawing: Drawing, encoding = 'another encoding'): void {
    this.#encoding = encoding
    // told when the update is whole; it may never be
    if (drawing.kind === 'pixels') drawing.ready?.catch(() => {})
    if (drawing.rect.width === 0 || drawing.rect.height === 0) return
    this.#coming.push(drawing)
  }

  fillRect(
    x: number,
    y: number,
    width: number,
    height: number,
    colour: ArrayLike<number>,
    encoding?: string | boolean,
  ): void {
    const [red = 0, green = 0, blue = 0] = Array.from(colour)
    const word = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
    this.add(
      {
        kind: 'pixels',
        rect: { x, y, width, height },
        write: (words, at, stride) => {
          for (let row = 0, to = at; row < height; row += 1, to += stride) words.fill(word, to, to + width)
        },
      },
      typeof encoding === 'string' ? encoding : undefined,
    )
  }

  blitImage(x: number, y: number, width: number, height: number, bytes: Uint8Array, offset: number): void {
    const from = bytes.byteOffset + offset
    // decoders write into the same array again
    const points = new Uint32Array(bytes.buffer.slice(from, from + 4 * width * height))
    this.add({
      kind: 'pixels',
      rect: { x, y, width, height },
      write: (words, at, stride) => {
        for (let row = 0; row < height; row += 1)
          words.set(points.subarray(row * width, (row + 1) * width), at + row * stride)
      },
    })
  }

  copyImage(fromX: number, fromY: number, x: number, y: number, width: number, height: number): void {
    this.add({ kind: 'copy', rect: { x, y, width, height }, fromX, fromY })
  }

  imageRect(x: number, y: number, width: number, height: number, mime: string, data: Uint8Array): void {
    this.add(
      { kind: 'image', rect: { x, y, width, height }, mime, data },
      `Tight, ${mime === 'image/png' ? 'PNG' : 'JPEG'}`,
    )
  }

  videoFrame(x: number, y: number, width: number, height: number, coming: ComingFrame): void {
    this.add({ kind: 'video', rect: { x, y, width, height }, coming }, 'H.264')
  }

  /** The update is whole. */
  flip(): void {
    const update = this.#coming
    this.#coming = []
    this.#updates += 1
    const onUpdates = this.#onUpdates
    this.#onUpdates = []
    for (const resolve of onUpdates) resolve()
    if (update.length === 0) return
    const awaited = update.flatMap((drawing) =>
      drawing.kind === 'pixels' && drawing.ready ? [drawing.ready] : [],
    )
    if (awaited.length === 0 && this.#unready === 0) return this.#take(update)
    this.#unready += 1
    this.#lastReady = Promise.all([this.#lastReady, ...awaited]).then(
      () => {
        this.#unready -= 1
        this.#take(update)
      },
      (error: unknown) => {
        this.#unready -= 1
        this.#break(error)
      },
    )
  }

  /** noVNC takes no more from the server meanwhile. */
  pending(): boolean {
    return !this.#isBroken && (this.#unready >= maxUnready || this.#waiting.length > maxWaiting)
  }

  /** Until there is room for more. */
  flush(): Promise<void> {
    if (!this.pending()) return Promise.resolve()
    return new Promise((resolve) => this.#flushes.push(resolve))
  }

  // -- what noVNC says

  resize(width: number, height: number): void {
    if (width === this.width && height === this.height) return
    const old = this.#canvas
    this.#pixels.show(this.#context)
    const kept =
      old.width > 0 && old.height > 0 ? this.#context.getImageData(0, 0, old.width, old.height) : undefined
    this.#pixels = new Pixels(width, height)
    this.#canvas.width = width
    this.#canvas.height = height
    if (kept) this.#context.putImageData(kept, 0, 0)
    this.#rescale(this.#scale)
  }

  getImageData(): ImageData {
    return this.#context.getImageData(0, 0, this.width, this.height)
  }

  toDataURL(type?: string, quality?: number): string {
    return this.#canvas.toDataURL(type, quality)
  }

  toBlob(callback: BlobCallback, type?: string, quality?: number): void {
    this.#canvas.toBlob(callback, type, quality)
  }

  get scale(): number {
    return this.#scale
  }

  set scale(scale: number) {
    this.#rescale(scale)
  }

  autoscale(width: number, height: number): void {
    const fits = Math.min(width / this.width, height / this.height)
    this.#rescale(Number.isFinite(fits) ? fits : 0)
  }

  absX(x: number): number {
    return this.#scale === 0 ? 0 : (x / this.#scale) | 0
  }

  absY(y: number): number {
    return this.#scale === 0 ? 0 : (y / this.#scale) | 0
  }

  readonly clipViewport = false
  viewportChangeSize(): void {}
  viewportChangePos(): void {}

  #rescale(scale: number): void {
    this.#scale = scale
    const width = `${scale * this.width}px`
    const height = `${scale * this.height}px`
    const { style } = this.#canvas
    if (style.width !== width) style.width = width
    if (style.height !== height) style.height = height
  }

  // -- drawing

  #take(update: readonly Drawing[]): void {
    if (this.#isBroken) return
    this.#waiting.add(update)
    if (!this.#isDrawing) void this.#drawAll()
  }

  async #drawAll(): Promise<void> {
    this.#isDrawing = true
    try {
      while (this.#waiting.length > 0 && !this.#isBroken) await this.#drawNext()
    } catch (error) {
      this.#break(error)
    } finally {
      this.#isDrawing = false
      this.#letMoreIn()
    }
  }

  async #drawNext(): Promise<void> {
    // decoding goes on beside the window; drawings without it are the newest when the frame comes
    const decodes = this.#waiting.has('image') || this.#waiting.has('video')
    const early = decodes ? this.#waiting.take() : []
    const images = await Promise.all(early.map(imageOf))
    await nextFrame()
    const drawings = decodes ? early : this.#waiting.take()
    for (const [at, drawing] of drawings.entries()) this.#draw(drawing, images[at])
    this.#pixels.show(this.#context)
    this.#drawings += 1
    this.#letMoreIn()
  }

  #draw(drawing: Drawing, image: VideoFrame | undefined): void {
    const { rect } = drawing
    if (drawing.kind === 'pixels') {
      this.#pixels.write(rect, drawing.write)
    } else if (drawing.kind === 'copy') {
      this.#pixels.show(this.#context)
      const { fromX, fromY } = drawing
      this.#context.imageSmoothingEnabled = false
      this.#context.drawImage(
        this.#canvas,
        fromX,
        fromY,
        rect.width,
        rect.height,
        rect.x,
        rect.y,
        rect.width,
        rect.height,
      )
    } else if (image) {
      this.#pixels.show(this.#context, rect)
      // frames of video may be larger than what they show
      this.#context.drawImage(image, 0, 0, rect.width, rect.height, rect.x, rect.y, rect.width, rect.height)
      image.close()
    }
  }

  #letMoreIn(): void {
    if (this.pending()) return
    const flushes = this.#flushes
    this.#flushes = []
    for (const resolve of flushes) resolve()
  }

  #break(error: unknown): void {
    this.#isBroken = true
    const detail = error instanceof Error ? error.message : String(error)
    this.#canvas.dispatchEvent(new CustomEvent(brokenPicture, { detail }))
    this.#letMoreIn()
  }
}

async function imageOf(drawing: Drawing): Promise<VideoFrame | undefined> {
  if (drawing.kind === 'image') return decodeImage(drawing.data, drawing.mime, drawing.rect)
  if (drawing.kind !== 'video') return undefined
  await drawing.coming.promise
  return drawing.coming.frame
}
