import { remember, useRemembered } from '../../stores/remembered'

const smallestPx = 9
const largestPx = 28

/** Of all terminals of this window; kept for the next start. */
export function useFontSize(): { readonly px: number; change(byPx: number): void } {
  const px = useRemembered(({ terminalFontPx }) => terminalFontPx)
  return {
    px: Math.min(largestPx, Math.max(smallestPx, px)),
    change: (byPx) => remember({ terminalFontPx: Math.min(largestPx, Math.max(smallestPx, px + byPx)) }),
  }
}
