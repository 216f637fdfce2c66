/** What the server is asked for; it may do as it likes (noVNC's qualityLevel and compressionLevel, 0 to 9). */
export const qualities = [
  { id: 'best', label: 'Best quality', quality: 9, compression: 2 },
  { id: 'balanced', label: 'Balanced quality', quality: 6, compression: 2 },
  { id: 'slow-line', label: 'Quality for a slow line', quality: 1, compression: 9 },
] as const

export type Quality = (typeof qualities)[number]['id']

export function qualityOf(id: string | undefined): (typeof qualities)[number] {
  return qualities.find((one) => one.id === id) ?? qualities[1]
}
