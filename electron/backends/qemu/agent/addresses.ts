/** Addresses of a running guest: its agent knows them, and the host knows its neighbours. */
import { z } from 'zod'
import { AppError, isKind } from '../../../../shared/errors'
import { mergeAddresses, type CardAddresses } from '../../../../shared/model/guest-addresses'
import type { VmId } from '../../../../shared/model/ids'
import { parseXml } from '../../../domain-xml/document'
import { toolPath } from '../../host/services'
import type { QemuHost } from '../host'
import { askAgent } from './agent'

const answerTimeoutMs = 5000

const agentCards = z.array(
  z.object({
    name: z.string().max(256),
    'hardware-address': z.string().optional(),
    'ip-addresses': z
      .array(z.object({ 'ip-address': z.string().max(64), prefix: z.number().int() }))
      .optional(),
  }),
)

const neighbours = z.array(z.object({ dst: z.string(), lladdr: z.string().optional() }))

/** Empty when nobody knows any: a guest without agent in QEMU's own network, or one that is off. */
export async function readGuestAddresses(host: QemuHost, id: VmId): Promise<CardAddresses[]> {
  const { running } = await host.inventory.find(id)
  if (running === undefined) return []
  const [byAgent, byHost] = await Promise.all([agentsOf(host, id), neighboursOf(host, macsOf(running))])
  return mergeAddresses([...byAgent, ...byHost])
}

async function agentsOf(host: QemuHost, id: VmId): Promise<CardAddresses[]> {
  try {
    const answer = await askAgent(host, id, 'guest-network-get-interfaces', {}, { answerTimeoutMs })
    const read = agentCards.safeParse(answer)
    return (read.success ? read.data : []).flatMap((card) => {
      const mac = card['hardware-address']?.toLowerCase()
      // the guest's loopback is none of its cards
      if (mac === undefined || mac === '00:00:00:00:00:00') return []
      const addresses = (card['ip-addresses'] ?? []).map(({ 'ip-address': address, prefix }) => ({
        address,
        prefix,
        from: 'agent' as const,
      }))
      return [{ mac, name: card.name, addresses }]
    })
  } catch (error) {
    // no agent, or none that answers, is usual
    if (error instanceof AppError && !isKind(error, 'unreachable')) return []
    throw error
  }
}

async function neighboursOf(host: QemuHost, macs: ReadonlySet<string>): Promise<CardAddresses[]> {
  if (macs.size === 0) return []
  const { code, stdout } = await host.link.run(['env', 'LC_ALL=C', toolPath, 'ip', '-j', 'neigh', 'show'], {
    signal: AbortSignal.timeout(answerTimeoutMs),
  })
  if (code !== 0) return []
  const read = neighbours.safeParse(parsed(stdout))
  return (read.success ? read.data : []).flatMap(({ dst, lladdr }) => {
    const mac = lladdr?.toLowerCase()
    if (mac === undefined || !macs.has(mac)) return []
    return [{ mac, addresses: [{ address: dst, prefix: 0, from: 'arp' as const }] }]
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function macsOf(xml: string): Set<string> {
  const cards = parseXml(xml, 'the definition').root.find('devices')?.children('interface') ?? []
  return new Set(
    cards.flatMap((card) => {
      const type = card.attribute('type')
      const mac = card.find('mac')?.attribute('address')?.toLowerCase()
      // what is in QEMU's own network has no neighbours
      return mac === undefined || type === 'user' || type === 'network' ? [] : [mac]
    }),
  )
}
