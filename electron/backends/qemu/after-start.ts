/** What no word of the command says: a cable that is not plugged in, and memory that the guest is not to have yet. */
import type { VmId } from '../../../shared/model/ids'
import { EditDocument } from '../../domain-xml/edit/tree'
import { QmpError } from '../../qmp/index'
import { bytesOf } from './amounts'
import { runningGuest, type QemuHost } from './host'

export async function applyAfterStart(host: QemuHost, id: VmId): Promise<void> {
  const { entry, guest } = await runningGuest(host, id)
  const { root } = EditDocument.parse(entry.running ?? '')
  const unplugged = (root.find('devices')?.children('interface') ?? []).filter(
    (card) => card.find('link')?.attribute('state') === 'down',
  )
  for (const card of unplugged)
    await guest.execute('set_link', { name: card.find('alias')?.attribute('name') ?? '', up: false })
  const current = root.find('currentMemory')
  if (!current || bytesOf(current) >= bytesOf(root.find('memory'))) return
  try {
    await guest.execute('balloon', { value: bytesOf(current) })
  } catch (error) {
    if (!(error instanceof QmpError)) throw error
    host.log(`The guest has all of its memory: ${error.message}`)
  }
}
