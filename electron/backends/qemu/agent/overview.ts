/** What a VM is, with what its monitor adds: whether anybody in the guest listens to the agent's channel. */
import type { VmOverview } from '../../../../shared/model/vm-overview'
import { readOverview } from '../../../domain-xml/overview'
import { shownDefinition } from '../console'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { isListening } from './agent'

export async function overviewOf(host: QemuHost, entry: VmEntry): Promise<VmOverview> {
  const overview = readOverview(shownDefinition(host, entry))
  const { guest, running } = entry
  if (!guest || running === undefined || !overview.hasGuestAgentChannel) return overview
  return (await isListening(guest, running)) === false ? { ...overview, isAgentSilent: true } : overview
}
