/** How fast keys follow one another. A guest that is busy drops keys when they come faster than it reads them. */
export const paces = [
  { id: 'fast', label: 'Fast', strokeMs: 10 },
  { id: 'steady', label: 'Steady', strokeMs: 35 },
  { id: 'slow', label: 'Slow', strokeMs: 120 },
] as const

export type Pace = (typeof paces)[number]['id']

export function paceOf(id: string | undefined): Pace {
  return paces.find((pace) => pace.id === id)?.id ?? 'steady'
}

export function strokeMsOf(id: Pace): number {
  return paces.find((pace) => pace.id === id)?.strokeMs ?? 35
}
