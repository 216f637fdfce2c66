import type { ImageMap } from '../../../shared/model/storage/image'
import { formatBytes } from '../../../shared/units'

const words = { data: 'Data of its own', base: 'From its base', zero: 'Empty' } as const
type Kind = keyof typeof words

/** More pieces than points would only be drawn over each other. */
const maxPieces = 600

export function MapBar({ map }: { readonly map: ImageMap }) {
  const last = map.extents.at(-1)
  const total = last ? last.startBytes + last.lengthBytes : 0
  const bytes = { data: 0, base: 0, zero: 0 }
  for (const { kind, lengthBytes } of map.extents) bytes[kind] += lengthBytes
  const kinds: Kind[] = ['data', 'base', 'zero']
  const shown = kinds.filter((kind) => bytes[kind] > 0)
  if (total === 0) return <p className="secondary">The image has no size.</p>
  return (
    <>
      <div
        className="image-bar"
        role="img"
        aria-label={shown.map((kind) => `${words[kind]}: ${formatBytes(bytes[kind])}`).join(', ')}
      >
        {pieces(map, total).map(({ kind, start, width }) => (
          <span
            key={start}
            className={`image-piece image-piece-${kind}`}
            style={{ left: `${start * 100}%`, width: `${width * 100}%` }}
          />
        ))}
      </div>
      <ul className="image-legend">
        {shown.map((kind) => (
          <li key={kind}>
            <span className={`image-dot image-piece-${kind}`} /> {words[kind]}{' '}
            <span className="secondary">{formatBytes(bytes[kind])}</span>
          </li>
        ))}
        {map.isTruncated ? (
          <li className="secondary">Only the first {formatBytes(total)} are shown.</li>
        ) : null}
      </ul>
    </>
  )
}

interface Piece {
  readonly kind: Kind
  readonly start: number
  readonly width: number
}

/** Where many small extents fall on one point, what is most there is drawn. */
function pieces({ extents }: ImageMap, total: number): Piece[] {
  if (extents.length <= maxPieces) {
    return extents.map(({ kind, startBytes, lengthBytes }) => ({
      kind,
      start: startBytes / total,
      width: lengthBytes / total,
    }))
  }
  const sums = Array.from({ length: maxPieces }, () => ({ data: 0, base: 0, zero: 0 }))
  for (const { kind, startBytes, lengthBytes } of extents) {
    const from = (startBytes / total) * maxPieces
    const to = ((startBytes + lengthBytes) / total) * maxPieces
    for (let at = Math.floor(from); at < to && at < maxPieces; at += 1) {
      const sum = sums[at]
      if (sum) sum[kind] += Math.min(to, at + 1) - Math.max(from, at)
    }
  }
  return sums.map((sum, at) => ({
    kind: sum.data > 0 && sum.data >= sum.base ? 'data' : sum.base >= sum.zero ? 'base' : 'zero',
    start: at / maxPieces,
    width: 1 / maxPieces,
  }))
}
