import type RFB from '@novnc/novnc'

/**
 * A guest without a tablet moves its pointer by how far a mouse went. QEMU says so to viewers that ask for it (pseudo-encoding
 * "pointer motion change" of the community's RFB specification, ui/vnc.c in QEMU), and takes distances from then on. The
 * user's pointer is caught meanwhile: it would leave the screen, or stand at its edge, while the guest's is elsewhere.
 */
const pointerChange = -257
/** Distances are told from the middle of what sixteen bits hold. */
const nothing = 0x7fff
const farthest = 0x7fff
const mostButtons = 0x7f

export type PointerKind = 'placed' | 'moved' | 'caught'

export interface CaughtPointer {
  /** The user wants the pointer back. */
  release(): void
  stop(): void
}

/** What noVNC has inside, as this needs it (core/rfb.js of 1.7); the package has no other place to hand it in. */
interface Inside {
  readonly _sock: object
  readonly _decoders: Record<number, { decodeRect(x: number): boolean }>
  readonly viewOnly: boolean
  _sendMouse(x: number, y: number, mask: number): void
}

interface Messages {
  clientEncodings(sock: object, encodings: readonly number[]): void
  pointerEvent(sock: object, x: number, y: number, mask: number): void
}

/** Every viewer asks for it from now on. */
export function askForMotion(messages: Messages): void {
  const { clientEncodings } = messages
  if (asking.has(clientEncodings)) return
  const ask: Messages['clientEncodings'] = (sock, encodings) =>
    clientEncodings.call(messages, sock, [...encodings, pointerChange])
  asking.add(ask)
  messages.clientEncodings = ask
}
const asking = new WeakSet<Messages['clientEncodings']>()

export function messagesOf(type: typeof RFB): Messages {
  return (type as unknown as { readonly messages: Messages }).messages
}

export function catchPointer(
  rfb: RFB,
  messages: Messages,
  canvas: HTMLCanvasElement,
  onKind: (kind: PointerKind) => void,
): CaughtPointer {
  const inside = rfb as unknown as Inside
  const sendPlace = inside._sendMouse.bind(inside)
  let isMoved = false
  let lastMask = 0
  /** What it went since it was last told. */
  let dx = 0
  let dy = 0
  /** The window does not get it: then the guest follows as far as the screen goes. */
  let isRefused = false
  const isCaught = (): boolean => document.pointerLockElement === canvas
  /** Before that the pointer only passes over the screen. */
  const isGuests = (): boolean => (isCaught() || isRefused) && !inside.viewOnly
  const tell = (): void => onKind(!isMoved ? 'placed' : isCaught() ? 'caught' : 'moved')

  inside._decoders[pointerChange] = {
    decodeRect: (isPlaced) => {
      isMoved = isPlaced === 0
      if (!isMoved && isCaught()) document.exitPointerLock()
      tell()
      return true
    },
  }
  const send = (mask: number): void => {
    const [x, y] = [whole(dx), whole(dy)]
    if (x === 0 && y === 0 && mask === lastMask) return
    dx -= x
    dy -= y
    lastMask = mask
    messages.pointerEvent(inside._sock, nothing + x, nothing + y, mask & mostButtons)
  }
  // noVNC calls it for moves as often as it finds good, and for buttons and wheels
  inside._sendMouse = (x, y, mask) => {
    if (!isMoved) return sendPlace(x, y, mask)
    if (isGuests()) send(mask)
  }

  const ending = new AbortController()
  const { signal } = ending
  // before noVNC, which would send the distance with its next message
  const before = { signal, capture: true }
  canvas.addEventListener(
    'mousemove',
    ({ movementX, movementY }) => {
      if (!isMoved || !isGuests()) return
      dx += movementX
      dy += movementY
    },
    before,
  )
  canvas.addEventListener(
    'mousedown',
    (event) => {
      if (!isMoved || inside.viewOnly || isGuests()) return
      // the click is for the pointer, and not for what lies under it in the guest
      event.stopImmediatePropagation()
      canvas.focus()
      void Promise.resolve(canvas.requestPointerLock()).catch(() => {
        isRefused = true
      })
    },
    before,
  )
  document.addEventListener('pointerlockchange', tell, { signal })
  return {
    release: () => {
      if (isCaught()) document.exitPointerLock()
    },
    stop: () => {
      if (isCaught()) document.exitPointerLock()
      ending.abort()
    },
  }
}

function whole(distance: number): number {
  return Math.max(-farthest, Math.min(farthest, Math.trunc(distance)))
}
