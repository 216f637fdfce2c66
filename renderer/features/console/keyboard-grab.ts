/**
 * While the guest's screen has the focus it gets every key, so there must be a way out: pressing Ctrl and Alt together
 * and letting go, with no other key between, as other VM viewers do.
 *
 * noVNC reads keys from its canvas but does not notice when that loses the focus with keys held down; the guest would
 * then keep them pressed. So what is down is remembered here and released for it.
 */
export interface GrabEvents {
  onChange(isGrabbed: boolean): void
  /** Ctrl+Alt was let go: the focus should move out of the screen. */
  onRelease(): void
}

const isCtrlOrAlt = (code: string): boolean =>
  code === 'ControlLeft' || code === 'ControlRight' || code === 'AltLeft' || code === 'AltRight'

/** Watches the element that holds noVNC's canvas; returns what ends it. */
export function watchKeyboard(holder: HTMLElement, events: GrabEvents): () => void {
  const down = new Map<string, string>()
  let isReleasing = false

  const onKeyDown = (event: KeyboardEvent): void => {
    down.set(event.code, event.key)
    const codes = [...down.keys()]
    const hasCtrl = codes.some((code) => code.startsWith('Control'))
    const hasAlt = codes.some((code) => code.startsWith('Alt'))
    isReleasing = hasCtrl && hasAlt && codes.every(isCtrlOrAlt) && !event.getModifierState('AltGraph')
  }
  const onKeyUp = (event: KeyboardEvent): void => {
    down.delete(event.code)
    // The last release too must reach the guest before the focus leaves, hence after noVNC has seen it.
    if (down.size > 0 || !isReleasing) return
    isReleasing = false
    queueMicrotask(() => events.onRelease())
  }
  const onFocusIn = (): void => events.onChange(true)
  const onFocusOut = (event: FocusEvent): void => {
    isReleasing = false
    for (const [code, key] of [...down]) {
      event.target?.dispatchEvent(new KeyboardEvent('keyup', { code, key }))
    }
    down.clear()
    events.onChange(false)
  }
  // The window loses the focus: noVNC lets all keys go by itself.
  const onWindowBlur = (): void => {
    isReleasing = false
    down.clear()
  }

  // In the capture phase, because noVNC stops the propagation of every key.
  holder.addEventListener('keydown', onKeyDown, true)
  holder.addEventListener('keyup', onKeyUp, true)
  holder.addEventListener('focusin', onFocusIn)
  holder.addEventListener('focusout', onFocusOut)
  window.addEventListener('blur', onWindowBlur)
  return () => {
    holder.removeEventListener('keydown', onKeyDown, true)
    holder.removeEventListener('keyup', onKeyUp, true)
    holder.removeEventListener('focusin', onFocusIn)
    holder.removeEventListener('focusout', onFocusOut)
    window.removeEventListener('blur', onWindowBlur)
  }
}
