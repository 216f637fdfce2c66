/**
 * All keys go to the guest, except these few: what a terminal has on Ctrl+Shift, and the way out, which is the one of the
 * screen: Ctrl and Alt pressed together and let go, with no other key between.
 */
export interface TerminalKeyActions {
  copy(): void
  find(): void
  leave(): void
}

const isCtrlOrAlt = (code: string): boolean => /^(Control|Alt)(Left|Right)$/.test(code)

/** For xterm's attachCustomKeyEventHandler: false keeps the key from the guest. */
export function terminalKeys(actions: TerminalKeyActions): (event: KeyboardEvent) => boolean {
  const down = new Set<string>()
  let isLeaving = false

  const watchForLeaving = (event: KeyboardEvent): void => {
    if (event.type === 'keydown') {
      // a key let go elsewhere is down no more
      if (!event.ctrlKey && !event.altKey) down.clear()
      down.add(event.code)
      isLeaving =
        event.ctrlKey && event.altKey && [...down].every(isCtrlOrAlt) && !event.getModifierState('AltGraph')
    } else if (event.type === 'keyup') {
      down.delete(event.code)
      if (down.size > 0 || !isLeaving) return
      isLeaving = false
      actions.leave()
    }
  }

  return (event) => {
    watchForLeaving(event)
    const isCommand = event.metaKey && !event.ctrlKey && !event.altKey
    const isCtrlShift = event.ctrlKey && event.shiftKey && !event.altKey && !event.metaKey
    if (!isCommand && !isCtrlShift) return true
    switch (event.code) {
      case 'KeyC':
        return kept(event, () => actions.copy())
      case 'KeyF':
        return kept(event, () => actions.find())
      case 'KeyV':
        // the browser pastes, which xterm hears
        return false
      default:
        // of the app's own menu
        return !(isCommand || event.code === 'KeyT' || event.code === 'KeyO' || event.code === 'Enter')
    }
  }
}

function kept(event: KeyboardEvent, act: () => void): false {
  if (event.type === 'keydown') {
    event.preventDefault()
    act()
  }
  return false
}
