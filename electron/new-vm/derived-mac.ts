import { createHash } from 'node:crypto'
import { freshMac } from '../../shared/model/hardware/mac'

/** An address that nobody on the host has, and the same in each plan of one VM, as what is changed on its card goes by it. */
export function derivedMac(
  { uuid, card, virtType }: { uuid: string; card: number | string; virtType: string },
  inUse: ReadonlySet<string>,
): string {
  const number = createHash('sha256').update(`${uuid} ${card}`).digest().readUIntBE(0, 3)
  return freshMac(virtType, inUse, () => number / 2 ** 24)
}
