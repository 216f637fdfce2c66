/** "14:03" today, "23 Nov, 14:03" on another day; what is not known is said so. Pure. */
export function asOf(heardMs: number | undefined, nowMs: number): string {
  if (heardMs === undefined) return 'the last connection'
  const heard = new Date(heardMs)
  const time = heard.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  if (heard.toDateString() === new Date(nowMs).toDateString()) return time
  const isSameYear = heard.getFullYear() === new Date(nowMs).getFullYear()
  const day = heard.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(isSameYear ? {} : { year: 'numeric' }),
  })
  return `${day}, ${time}`
}

export function clockTime(atMs: number): string {
  return new Date(atMs).toLocaleTimeString(undefined, { hourCycle: 'h23' })
}
