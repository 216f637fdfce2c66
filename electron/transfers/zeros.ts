/** A run of zeros shorter than this is sent as it is: a hole costs a packet and, on the host, a piece of a file. */
export const grainBytes = 64 * 1024

const zeros = Buffer.alloc(grainBytes)

export type Run = { readonly isZero: boolean; readonly start: number; readonly end: number }

/** The bytes as runs that are all zeros or not, cut at multiples of the grain from their beginning. */
export function runsOf(bytes: Buffer): Run[] {
  const runs: Run[] = []
  let start = 0
  let isZero = false
  for (let at = 0; at < bytes.length; at += grainBytes) {
    const end = Math.min(at + grainBytes, bytes.length)
    const isHole = bytes[at] === 0 && bytes.compare(zeros, 0, end - at, at, end) === 0
    if (at === 0) isZero = isHole
    if (isHole === isZero) continue
    runs.push({ isZero, start, end: at })
    start = at
    isZero = isHole
  }
  if (bytes.length > 0) runs.push({ isZero, start, end: bytes.length })
  return runs
}
