import { useEffect, useRef, type RefObject } from 'react'
import type { HardwareView } from '../../../shared/model/hardware/view'
import { api } from '../../api/client'
import type { VncScreen } from './vnc-screen'

/** Longer texts are no clipboard of a person, and would hold up keys. */
const maxCharacters = 100_000

/**
 * QEMU hands texts over only to an agent in the guest, through a channel of its own kind; without one they are lost without
 * a word (https://www.qemu.org/docs/master/system/devices/vnc-dbus-clipboard.html).
 */
export function whyNoClipboard(hardware: HardwareView | undefined): string | undefined {
  if (!hardware) return 'The hardware of the VM is not known yet'
  const hasChannel = hardware.items.some(({ ref, values, live }) => {
    const now = hardware.isRunning ? live : values
    return ref.kind === 'channel' && now?.['type'] === 'qemu-vdagent' && now['clipboard'] === true
  })
  return hasChannel
    ? undefined
    : 'Needs a channel "Clipboard and pointer for VNC" with a shared clipboard, and spice-vdagent in the guest. Typing the clipboard works without.'
}

/** Gives this computer's clipboard to the guest when the user turns to its screen. Nothing is given unless it is wanted. */
export function useGuestClipboard(options: {
  readonly isGrabbed: boolean
  readonly copiesToGuest: boolean
  readonly screen: RefObject<VncScreen | null>
}): void {
  const { isGrabbed, copiesToGuest, screen } = options
  const given = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (!isGrabbed || !copiesToGuest) return
    let isCurrent = true
    api.app.clipboardText().then(
      (text) => {
        if (!isCurrent || text === '' || text === given.current || text.length > maxCharacters) return
        given.current = text
        screen.current?.giveClipboard(text)
      },
      // the guest keeps what it has
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [isGrabbed, copiesToGuest, screen])
}
