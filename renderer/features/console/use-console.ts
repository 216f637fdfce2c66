import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import type { HostId, VmId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { portInbox } from '../../api/port-inbox'
import type { PointerKind } from './caught-pointer'
import { ConsoleConnection } from './console-connection'
import type { ConsoleState, Surroundings } from './console-model'
import type { DisplayChoices } from './display-menu'
import { qualityOf } from './picture-quality'
import type { Size } from './scaling'
import { startVncScreen, type VncScreen } from './vnc-screen'

interface Options {
  readonly host: HostId
  readonly vm: VmId
  readonly surroundings: Surroundings
  /** The screen's accessible name. */
  readonly label: string
  readonly isViewOnly: boolean
  readonly display: DisplayChoices
  /** Where the screen is drawn, and where its last picture is kept. */
  readonly target: RefObject<HTMLElement | null>
  readonly lastFrame: RefObject<HTMLCanvasElement | null>
}

export interface ConsoleHandle {
  readonly state: ConsoleState
  /** Resolution of the guest; of its last picture while it is not connected. */
  readonly guestSize: Size | undefined
  readonly hasLastFrame: boolean
  readonly pointer: PointerKind
  readonly connection: ConsoleConnection | undefined
  /** The screen while there is one. */
  readonly screen: RefObject<VncScreen | null>
}

const resting: ConsoleState = { kind: 'resting' }
const subscribeToNothing = (): (() => void) => () => {}

/** Ties a connection to the elements it draws in, for as long as the component shows this VM. */
export function useConsole(options: Options): ConsoleHandle {
  const { host, vm, isViewOnly } = options
  const latest = useRef(options)
  latest.current = options
  const screen = useRef<VncScreen | null>(null)
  const [connection, setConnection] = useState<ConsoleConnection>()
  const [guestSize, setGuestSize] = useState<Size>()
  const [hasLastFrame, setHasLastFrame] = useState(false)
  const [pointer, setPointer] = useState<PointerKind>('placed')

  useEffect(() => {
    const ports = portInbox()
    const ref = { host, vm }
    // What a session of the previous VM still reports must not be drawn over this one.
    let isCurrent = true
    const started = new ConsoleConnection({
      offer: () => api.console.offer(ref),
      open: (answers) => api.console.open({ ...ref, ...answers }),
      close: (id) => api.console.close({ console: id }),
      takePort: (id) => ports.take(id),
      forgetPort: (id) => ports.forget(id),
      startScreen: async (channel, events) => {
        const { target, label } = latest.current
        if (!target.current) throw new Error('The console has no place to draw in')
        const drawn = await startVncScreen(channel, events, {
          target: target.current,
          label,
          onSize: (size) => {
            if (isCurrent) setGuestSize(size)
          },
          onPointer: (kind) => {
            if (isCurrent) setPointer(kind)
          },
          isExclusive: latest.current.display.isExclusive,
          onClipboard: (text) => {
            if (isCurrent && latest.current.display.copiesFromGuest) void api.app.copyText({ text })
          },
          onLastFrame: (frame) => {
            if (isCurrent) setHasLastFrame(drawFrame(latest.current.lastFrame.current, frame))
          },
        })
        drawn.setViewOnly(latest.current.isViewOnly)
        applyDisplay(drawn, latest.current.display)
        if (isCurrent) screen.current = drawn
        return drawn
      },
    })
    setConnection(started)
    return () => {
      isCurrent = false
      started.dispose()
      screen.current = null
      setGuestSize(undefined)
      setHasLastFrame(false)
      setPointer('placed')
    }
  }, [host, vm])

  const { vm: vmLife, isHostConnected, isVisible } = options.surroundings
  useEffect(() => {
    connection?.update({ vm: vmLife, isHostConnected, isVisible })
  }, [connection, vmLife, isHostConnected, isVisible])

  useEffect(() => screen.current?.setViewOnly(isViewOnly), [isViewOnly])
  const { scaleMode, quality, isExclusive } = options.display
  useEffect(() => {
    if (screen.current) applyDisplay(screen.current, { scaleMode, quality })
  }, [scaleMode, quality])
  // who else may look is said when a viewer comes (RFC 6143, 7.3.1), so it comes anew
  const wasExclusive = useRef(isExclusive)
  useEffect(() => {
    if (wasExclusive.current === isExclusive) return
    wasExclusive.current = isExclusive
    connection?.reopen()
  }, [connection, isExclusive])

  const state = useSyncExternalStore(
    connection?.subscribe ?? subscribeToNothing,
    connection?.getState ?? (() => resting),
  )
  return { state, guestSize, hasLastFrame, pointer, connection, screen }
}

function applyDisplay(screen: VncScreen, display: Pick<DisplayChoices, 'scaleMode' | 'quality'>): void {
  const { quality, compression } = qualityOf(display.quality)
  screen.setQuality(quality, compression)
  screen.setFollowsView(display.scaleMode === 'guest')
}

function drawFrame(canvas: HTMLCanvasElement | null, frame: ImageData): boolean {
  const context = canvas?.getContext('2d')
  if (!canvas || !context) return false
  canvas.width = frame.width
  canvas.height = frame.height
  context.putImageData(frame, 0, 0)
  return true
}
