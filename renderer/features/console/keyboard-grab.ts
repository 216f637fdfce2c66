import type { Chord, ReleaseKeys } from '../../stores/console-keys'
import { isPressed } from './kept-keys'
import { isRelease } from './release-keys'
import { StickyKeys } from './sticky-keys'

/**
 * While the guest's screen has the focus it gets every key, so there must be a way out: pressing the keys that release it
 * (Ctrl and Alt, unless others are chosen) and letting go, with no other key between, as other VM viewers do.
 *
 * noVNC reads keys from its canvas but does not notice when that loses the focus with keys held down; the guest would
 * then keep them pressed. So what is down is remembered here and released for it.
 */
export interface GrabEvents {
  onChange(isGrabbed: boolean): void
  /** The releasing keys were let go: the focus should move out of the screen. */
  onRelease(): void
  /** Modifiers that stay down for the guest (see sticky-keys.ts). */
  onSticky(codes: readonly string[]): void
  /** Presses or lets go of a modifier for the guest. */
  hold(code: string, isDown: boolean): void
}

export interface GrabKeys {
  readonly release: ReleaseKeys
  /** Never sent to the guest. */
  readonly kept: readonly Chord[]
}

/** Watches the element that holds noVNC's canvas; returns what ends it. */
export function watchKeyboard(
  holder: HTMLElement,
  events: GrabEvents,
  keys: () => GrabKeys = () => ({ release: 'ctrl-alt', kept: [] }),
): () => void {
  const down = new Map<string, string>()
  let isReleasing = false
  const sticky = new StickyKeys({
    // noVNC sees the same key after us, and would undo what is sent before it has
    hold: (code, isDown) => void setTimeout(() => events.hold(code, isDown)),
    onChange: events.onSticky,
  })

  // what is let go here is no press of the user's
  let isLettingGo = false
  const letGo = (target: EventTarget | null): void => {
    isReleasing = false
    isLettingGo = true
    for (const [code, key] of [...down]) {
      down.delete(code)
      target?.dispatchEvent(new KeyboardEvent('keyup', { code, key }))
    }
    isLettingGo = false
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const { release, kept } = keys()
    if (kept.some((chord) => isPressed(chord, event))) return keep(event)
    down.set(event.code, event.key)
    sticky.keyDown(event.code, event.timeStamp, event.repeat)
    isReleasing = isRelease(release, [...down.keys()], event.getModifierState('AltGraph'))
  }
  /** The guest never sees it, and what it was held with is let go there; the window gets it as if nobody had it. */
  const keep = (event: KeyboardEvent): void => {
    event.stopImmediatePropagation()
    letGo(event.target)
    sticky.release()
    const { code, key, ctrlKey, altKey, shiftKey, metaKey, repeat } = event
    const again = { code, key, ctrlKey, altKey, shiftKey, metaKey, repeat, bubbles: true, cancelable: true }
    if (!document.body.dispatchEvent(new KeyboardEvent('keydown', again))) event.preventDefault()
  }
  const onKeyUp = (event: KeyboardEvent): void => {
    down.delete(event.code)
    if (!isLettingGo) sticky.keyUp(event.code, event.timeStamp)
    // The last release too must reach the guest before the focus leaves, hence after noVNC has seen it.
    if (down.size > 0 || !isReleasing) return
    isReleasing = false
    queueMicrotask(() => events.onRelease())
  }
  const onFocusIn = (): void => events.onChange(true)
  const onFocusOut = (event: FocusEvent): void => {
    letGo(event.target)
    sticky.release()
    events.onChange(false)
  }
  // The window loses the focus: noVNC lets all keys go by itself.
  const onWindowBlur = (): void => {
    isReleasing = false
    down.clear()
    sticky.release()
  }

  // In the capture phase, because noVNC stops the propagation of every key.
  holder.addEventListener('keydown', onKeyDown, true)
  holder.addEventListener('keyup', onKeyUp, true)
  holder.addEventListener('focusin', onFocusIn)
  holder.addEventListener('focusout', onFocusOut)
  window.addEventListener('blur', onWindowBlur)
  return () => {
    sticky.release()
    holder.removeEventListener('keydown', onKeyDown, true)
    holder.removeEventListener('keyup', onKeyUp, true)
    holder.removeEventListener('focusin', onFocusIn)
    holder.removeEventListener('focusout', onFocusOut)
    window.removeEventListener('blur', onWindowBlur)
  }
}
