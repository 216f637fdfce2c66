import type { VmState } from './vm'

/** The letters of `xl list`, in its order, each in its own place: "-b----" (xl(1), section "list"). */
export const xlStates = {
  r: { name: 'running', meaning: 'it runs on a CPU right now' },
  b: { name: 'blocked', meaning: 'it waits for a disk or network, or has nothing to do' },
  p: { name: 'paused', meaning: 'it keeps its memory and gets no CPU until it is resumed' },
  s: { name: 'shutdown', meaning: 'it has shut down, rebooted or suspended and is about to go' },
  c: { name: 'crashed', meaning: 'it ended by an error and is kept to be looked at' },
  d: { name: 'dying', meaning: 'it is being destroyed, and is not quite gone' },
} as const
export type XlLetter = keyof typeof xlStates

const order: readonly XlLetter[] = ['r', 'b', 'p', 's', 'c', 'd']

/** What letters say; empty for "------": it could run and waits for its turn. */
export function xlLetters(text: string): XlLetter[] {
  return order.filter((letter) => text.includes(letter))
}

const letterOf: Readonly<Partial<Record<VmState, XlLetter>>> = {
  running: 'r',
  paused: 'p',
  'shutting-down': 's',
  suspended: 's',
  crashed: 'c',
}

/** How `xl list` writes a state, with what it means; undefined for what it does not list. */
export function xlWords(state: VmState): string | undefined {
  const letter = letterOf[state]
  if (letter === undefined) return undefined
  const written = order.map((one) => (one === letter ? one : '-')).join('')
  const idle = letter === 'r' ? `, or -b---- while ${xlStates.b.meaning}` : ''
  return `${written} in xl list: ${xlStates[letter].meaning}${idle}`
}
