/**
 * The cache for the tables of a qcow2 image: an entry of eight bytes for each cluster, so that a cache of one MiB knows the
 * way to 8 GiB with clusters of 64 KiB, which qemu-img makes unless told otherwise (QEMU's qcow2-cache.txt).
 */
import { inWords, size, type Values } from '../field'
import type { CheckContext, Problem } from '../kind'

const clusterBytes = 65_536
const entryBytes = 8

export function metadataCacheProblems(values: Values, { self }: CheckContext): Problem[] {
  const { format, metadataCacheBytes: bytes } = values
  if (format !== 'qcow2' || typeof bytes !== 'number') return []
  const at = { field: 'metadataCacheBytes', ...(self === undefined ? {} : { item: self }) }
  const text = (amount: number): string => inWords({ label: '', type: size() }, amount)
  const whole = Math.ceil(bytes / clusterBytes) * clusterBytes
  if (whole !== bytes)
    return [
      {
        severity: 'warning',
        message: `The cache holds whole clusters, which mostly have ${text(clusterBytes)}`,
        ...at,
        ...(self === undefined
          ? {}
          : {
              fix: {
                label: `Use ${text(whole)}`,
                changes: [{ kind: 'set', item: self, values: { metadataCacheBytes: whole } }],
              },
            }),
      },
    ]
  return [
    {
      severity: 'hint',
      message: `Enough for ${text((bytes / entryBytes) * clusterBytes)} of the image, with clusters of ${text(clusterBytes)}. The host gives this memory to the image and to each one it builds on.`,
      ...at,
    },
  ]
}
