/** "Nov 29, 2026, 19:34": a moment that may be long ago. */
export function timeText(atMs: number): string {
  return new Date(atMs).toLocaleString(undefined, {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
}
