/** What a new VM could be called. The rules for names are `vmName` in ../vm. */
import type { PlaceOnHost } from './new-vm'

/** What the name comes from: an operating system's short name, or the medium's file name. */
export interface NameSource {
  readonly shortId?: string | undefined
  readonly medium?: PlaceOnHost | undefined
}

const maxLength = 60

/** "debian12", then "debian12-2"; always one that is free and that every host takes. */
export function suggestName({ shortId, medium }: NameSource, taken: Iterable<string>): string {
  const names = new Set([...taken].map((name) => name.toLowerCase()))
  const stem = asName(shortId ?? '') || asName(medium === undefined ? '' : mediumStem(medium)) || 'vm'
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`
    if (!names.has(name.toLowerCase())) return name
  }
}

/** "web-01", "web-02"…; a name that ends in a number after a hyphen begins with that one: "web-07", "web-08"… */
export function seriesNames(name: string, count: number): string[] {
  const [, stem = `${name}-`, from] = /^(.*[-_])(\d{1,6})$/.exec(name) ?? []
  const first = from === undefined ? 1 : Number(from)
  const width = Math.max(from?.length ?? 2, String(first + count - 1).length)
  return Array.from({ length: count }, (_, at) => `${stem}${String(first + at).padStart(width, '0')}`)
}

/** "debian-12.5.0-amd64-netinst" of ".../debian-12.5.0-amd64-netinst.iso". */
function mediumStem(medium: PlaceOnHost): string {
  const whole = medium.kind === 'path' ? medium.path : medium.volume
  const file = whole.slice(whole.lastIndexOf('/') + 1)
  return file.replace(/\.(iso|img|qcow2|raw|vmdk|vdi|vhdx?)$/i, '')
}

/** Signs that names cannot have become hyphens; it begins and ends with a letter or digit. */
function asName(text: string): string {
  return text
    .replaceAll(/[^A-Za-z0-9_.:+-]+/g, '-')
    .slice(0, maxLength)
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
}
