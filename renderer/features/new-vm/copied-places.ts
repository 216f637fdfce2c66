import type { InstallDisc } from '../../../shared/model/new-vm/new-vm'
import type { Shown } from '../../../shared/model/new-vm/suggest'
import type { Wishes } from '../../../shared/model/new-vm/wishes'

/** What the choices become when the image at a field is copied into a pool first; undefined where it cannot be. */
export function copiedInto(
  field: string,
  pool: string,
  wishes: Wishes,
  shown: Pick<Shown, 'disks'>,
): Partial<Wishes> | undefined {
  const [first, second, at] = field.split('.')
  if (first === 'source') return withCopy(second, Number(at), wishes, (disc) => ({ ...disc, copyTo: pool }))
  const place = Number(second)
  const disk = shown.disks[place]
  if (first !== 'disks' || disk?.kind !== 'existing' || !disk.image) return undefined
  const { image: original, bus } = disk
  return {
    disks: shown.disks.map((one, other) =>
      other === place ? { kind: 'new', pool, original, ...(bus === undefined ? {} : { bus }) } : one,
    ),
  }
}

/** The disc is used where it is. */
export function notCopied(field: string, wishes: Wishes): Partial<Wishes> | undefined {
  const [, second, at] = field.split('.')
  return withCopy(second, Number(at), wishes, ({ copyTo: _, ...disc }) => disc)
}

function withCopy(
  which: string | undefined,
  at: number,
  { disc, second = [] }: Wishes,
  change: (disc: InstallDisc) => InstallDisc,
): Partial<Wishes> | undefined {
  if (which === 'disc') return disc && { disc: change(disc) }
  if (which !== 'second' || !second[at]) return undefined
  return { second: second.map((one, other) => (other === at ? change(one) : one)) }
}
