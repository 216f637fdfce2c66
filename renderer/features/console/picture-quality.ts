/** What the server is asked for; it may do as it likes (noVNC's qualityLevel and compressionLevel, 0 to 9). */
export interface PictureQuality {
  /** As it is remembered. */
  readonly id: string
  readonly quality: number
  readonly compression: number
}

export const qualities = [
  { id: 'best', label: 'Best quality', quality: 9, compression: 2 },
  { id: 'balanced', label: 'Balanced quality', quality: 6, compression: 2 },
  { id: 'slow-line', label: 'Quality for a slow line', quality: 1, compression: 9 },
] as const

/** Levels the user has chosen one by one. */
export function ownQuality(quality: number, compression: number): PictureQuality {
  return { id: `own ${quality} ${compression}`, quality, compression }
}

export function qualityOf(id: string | undefined): PictureQuality {
  const own = /^own ([0-9]) ([0-9])$/.exec(id ?? '')
  if (own) return ownQuality(Number(own[1]), Number(own[2]))
  return qualities.find((one) => one.id === id) ?? qualities[1]
}

export function isOwn({ id }: Pick<PictureQuality, 'id'>): boolean {
  return id.startsWith('own ')
}
