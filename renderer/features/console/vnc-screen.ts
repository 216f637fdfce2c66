import type RFB from '@novnc/novnc'
import { askForMotion, catchPointer, messagesOf, type PointerKind } from './caught-pointer'
import type { Screen, ScreenEvents } from './console-model'
import { brokenPicture } from './picture/broken-picture'
import { pictureOf } from './picture/screen-picture'
import type { PortChannel } from './port-channel'
import type { Size } from './scaling'
import type { ScreenReading } from './screen-figures'

/**
 * One noVNC session inside one element. The element's size is the size the guest is drawn at: noVNC is told to scale to
 * its container, and the container is placed by scaling.ts.
 */
export interface VncScreen extends Screen {
  focus(): void
  sendKey(keysym: number, code: string, isDown: boolean): void
  setViewOnly(isViewOnly: boolean): void
  takePicture(): Promise<Blob>
  setQuality(quality: number, compression: number): void
  /** Asks the guest to be as big as the element, now and whenever that changes. */
  setFollowsView(followsView: boolean): void
  giveClipboard(text: string): void
  /** Of a guest without a tablet: the user has it back. */
  releasePointer(): void
  reading(): ScreenReading
  /** How long the server takes to answer, in milliseconds; kept when it does. */
  askForAnswer(): Promise<number>
}

export interface VncScreenOptions {
  /** Where noVNC puts its canvas. */
  readonly target: HTMLElement
  readonly label: string
  /** The guest's resolution, at the start and whenever it changes. */
  onSize(size: Size): void
  /** The picture at the moment the session ended, to be shown until the next one. */
  onLastFrame(frame: ImageData): void
  /** How the guest takes the pointer, whenever that changes. */
  onPointer(kind: PointerKind): void
  /** The guest has something new on its clipboard. */
  onClipboard(text: string): void
  /** Other viewers are disconnected by the server. */
  readonly isExclusive: boolean
}

export async function startVncScreen(
  channel: PortChannel,
  events: ScreenEvents,
  options: VncScreenOptions,
): Promise<VncScreen> {
  // Loaded late: its probe for video decoders waits at the top level, and most pages need no console.
  const { default: Rfb } = await import('@novnc/novnc')
  const messages = messagesOf(Rfb)
  askForMotion(messages)
  const rfb = new Rfb(options.target, channel, { shared: !options.isExclusive })
  rfb.background = 'transparent'
  rfb.scaleViewport = true

  const stopWatching = watchCanvas(options)
  let isConnected = false
  let isOver = false

  rfb.addEventListener('connect', () => {
    isConnected = true
    events.onConnected()
  })
  const canvas = options.target.querySelector('canvas')
  const picture = canvas ? pictureOf(canvas) : undefined
  const pointer = canvas ? catchPointer(rfb, messages, canvas, options.onPointer) : undefined
  canvas?.addEventListener(brokenPicture, (event) => {
    channel.refuse(event instanceof CustomEvent ? String(event.detail) : '')
  })
  rfb.addEventListener('clipboard', ({ detail }) => options.onClipboard(detail.text))
  rfb.addEventListener('disconnect', () => {
    isOver = true
    stopWatching()
    pointer?.stop()
    options.onPointer('placed')
    if (isConnected) keepFrame(rfb, options)
    events.onEnded()
  })

  return {
    close: () => {
      if (!isOver) rfb.disconnect()
    },
    focus: () => rfb.focus({ preventScroll: true }),
    sendKey: (keysym, code, isDown) => rfb.sendKey(keysym, code, isDown),
    setViewOnly: (isViewOnly) => {
      rfb.viewOnly = isViewOnly
    },
    setQuality: (quality, compression) => {
      rfb.qualityLevel = quality
      rfb.compressionLevel = compression
    },
    setFollowsView: (followsView) => {
      rfb.resizeSession = followsView
    },
    reading: () => ({
      atMs: performance.now(),
      receivedBytes: channel.receivedBytes,
      ...(picture?.drawn ?? { updates: 0, pictures: 0, encoding: undefined }),
    }),
    askForAnswer: async () => {
      const askedAtMs = performance.now()
      channel.send(Uint8Array.from(onePoint))
      await picture?.nextUpdate()
      return performance.now() - askedAtMs
    },
    releasePointer: () => pointer?.release(),
    giveClipboard: (text) => rfb.clipboardPasteFrom(text),
    takePicture: () =>
      new Promise((resolve, reject) => {
        rfb.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is empty'))), 'image/png')
      }),
  }
}

/** A request for one point whether it changed or not, which is answered at once (RFC 6143, 7.5.3). */
const onePoint = [3, 0, 0, 0, 0, 0, 0, 1, 0, 1]

function keepFrame(rfb: RFB, { onLastFrame }: VncScreenOptions): void {
  try {
    onLastFrame(rfb.getImageData())
  } catch {
    // A screen of no size has no picture (IndexSizeError); then there is nothing to keep.
  }
}

/** noVNC announces no resolution, but it sets its canvas to it. Also makes the canvas reachable by keyboard and named. */
function watchCanvas({ target, label, onSize }: VncScreenOptions): () => void {
  const canvas = target.querySelector('canvas')
  if (!canvas) return () => {}
  canvas.tabIndex = 0
  canvas.setAttribute('role', 'application')
  canvas.setAttribute('aria-label', label)
  const report = (): void => {
    if (canvas.width > 0 && canvas.height > 0) onSize({ width: canvas.width, height: canvas.height })
  }
  const observer = new MutationObserver(report)
  observer.observe(canvas, { attributes: true, attributeFilter: ['width', 'height'] })
  report()
  return () => observer.disconnect()
}
