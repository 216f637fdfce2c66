/** The stored and the running definition of a VM, with their secrets: for changing, never for showing. */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import { EditDocument } from '../../domain-xml/edit/tree'
import type { Definitions } from '../../domain-xml/hardware/view'
import { completed } from './complete'
import type { QemuHost } from './host'
import type { VmEntry } from './inventory'
import { surroundingsOf } from './start'

export async function readDefinitions(host: QemuHost, id: VmId): Promise<Definitions> {
  const entry = await host.inventory.find(id)
  const { record, running } = entry
  const read = (xml: string): EditDocument => EditDocument.parse(xml, `the definition of ${record.name}`)
  const stored = await storedOf(host, entry)
  return {
    ...(stored === undefined ? {} : { stored: read(stored) }),
    ...(running === undefined ? {} : { running: read(running) }),
  }
}

/** Of each host the last that was completed, as the same is asked for again and again. */
const known = new WeakMap<QemuHost, Map<VmId, { readonly stored: string; readonly whole: string }>>()

/** As it is from its next start on. One that cannot start is as it was written. */
async function storedOf(host: QemuHost, { id, stored, folder }: VmEntry): Promise<string | undefined> {
  if (stored === undefined || folder === undefined) return stored
  const of = known.get(host) ?? new Map<VmId, { stored: string; whole: string }>()
  known.set(host, of)
  const last = of.get(id)
  if (last?.stored === stored) return last.whole
  try {
    const whole = completed(stored, await surroundingsOf(host, { id, definition: stored, folder }))
    of.set(id, { stored, whole })
    return whole
  } catch (error) {
    if (error instanceof AppError) return stored
    throw error
  }
}
