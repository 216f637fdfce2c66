/** Memory fits the machine that it was saved with and no other: what the guest sees must not change. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import type { QemuHost } from '../host'
import { planOf } from '../start'

/** Words of QEMU's command whose values the guest sees; all others say where on the host things are. */
const seen = new Set([
  '-machine',
  '-cpu',
  '-smp',
  '-m',
  '-device',
  '-global',
  '-numa',
  '-smbios',
  '-acpitable',
])

export async function refuseOtherHardware(
  host: QemuHost,
  id: VmId,
  before: string,
  after: string,
): Promise<void> {
  const [one, other] = await Promise.all([before, after].map((definition) => seenOf(host, id, definition)))
  if (one === other) return
  throw new AppError('invalid', 'The saved memory does not fit this definition', {
    cure: 'The guest must come back with the hardware it was saved with. Paths of disks, networks and displays can change. Nothing was stored.',
  })
}

async function seenOf(host: QemuHost, id: VmId, definition: string): Promise<string> {
  const { parts } = await planOf(host, { id, definition })
  const words = parts.flatMap((part) => part.words)
  return words.flatMap((word, at) => (seen.has(word) ? [`${word} ${words[at + 1] ?? ''}`] : [])).join('\n')
}
