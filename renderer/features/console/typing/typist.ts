import type { Stroke } from './layout'

export type SendKey = (keysym: number, code: string, isDown: boolean) => void

export interface TypingOptions {
  /** From one key to the next. */
  readonly strokeMs: number
  readonly signal: AbortSignal
  /** How many characters are typed. */
  onProgress(count: number): void
}

const shift = { keysym: 0xffe1, code: 'ShiftLeft' }
const altGr = { keysym: 0xfe03, code: 'AltRight' }

/**
 * Presses one key after the other. Each is let go before the next, and nothing stays pressed when it is cancelled. True
 * when all was typed.
 */
export async function typeStrokes(
  characters: readonly (readonly Stroke[])[],
  send: SendKey,
  { strokeMs, signal, onProgress }: TypingOptions,
): Promise<boolean> {
  let count = 0
  for (const strokes of characters) {
    for (const stroke of strokes) {
      if (signal.aborted) return false
      press(stroke, send)
      await pause(strokeMs, signal)
    }
    count += 1
    onProgress(count)
  }
  return true
}

function press({ keysym, code, withShift, withAltGr }: Stroke, send: SendKey): void {
  const held = [...(withShift ? [shift] : []), ...(withAltGr ? [altGr] : [])]
  for (const modifier of held) send(modifier.keysym, modifier.code, true)
  send(keysym, code, true)
  send(keysym, code, false)
  for (const modifier of held.toReversed()) send(modifier.keysym, modifier.code, false)
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, delayMs)
    signal.addEventListener('abort', end)
  })
}
