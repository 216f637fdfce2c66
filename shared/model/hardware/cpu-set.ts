/** Sets of CPUs or nodes as the kernel writes them: "0-3,8", in libvirt also "0-7,^2". */

/** More than any kernel counts; a range from a definition must not fill the memory. */
const highest = 65_535

/** In rising order; undefined for what is no such set. */
export function numbersOf(set: string): number[] | undefined {
  const found = new Set<number>()
  for (const part of set.split(',')) {
    const match = /^(\^?)(\d{1,5})(?:-(\d{1,5}))?$/.exec(part.trim())
    if (!match) return undefined
    const first = Number(match[2])
    const last = match[3] === undefined ? first : Number(match[3])
    if (last < first || last > highest) return undefined
    for (let one = first; one <= last; one += 1) {
      if (match[1] === '^') found.delete(one)
      else found.add(one)
    }
  }
  return [...found].toSorted((a, b) => a - b)
}

/** Shortest form: "0-3,8"; '' for none. */
export function setOf(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].toSorted((a, b) => a - b)
  const parts: string[] = []
  for (let at = 0; at < sorted.length; ) {
    const first = sorted[at] ?? 0
    let last = first
    while (sorted[at + 1] === last + 1) {
      last += 1
      at += 1
    }
    parts.push(first === last ? String(first) : `${first}-${last}`)
    at += 1
  }
  return parts.join(',')
}
