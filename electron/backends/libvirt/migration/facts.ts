/** What a host is, for being compared with another one before a VM moves. */
import { hyperNumber } from '../../../libvirt-rpc/index'
import { clockAhead, findsHost, microcodeOf } from '../../host/before-moving'
import type { EmulatorOf, MoveFacts } from '../../migration-session'
import { given } from '../../../../shared/given'
import type { LibvirtHost } from '../host'
import { dotted } from '../host-info'
import { hostCommands } from '../images/host-commands'
import { vmUser } from '../images/vm-user'
import { parseXml, writeXml, type XmlElement } from '../../../domain-xml/document'
import { unlessRefused } from '../unless-refused'

const quick = { timeoutMs: 10_000 }
const probing = { timeoutMs: 25_000 }

export async function readFacts(host: LibvirtHost, hostname: string, of: EmulatorOf): Promise<MoveFacts> {
  const { rpc } = host
  const commands = hostCommands(host.link, hostname)
  const [version, capabilities, domain, memory, clockAheadMs, account, microcode] = await Promise.all([
    unlessRefused(rpc.call('CONNECT_GET_VERSION', undefined, quick)),
    unlessRefused(rpc.call('CONNECT_GET_CAPABILITIES', undefined, quick)),
    unlessRefused(
      rpc.call(
        'CONNECT_GET_DOMAIN_CAPABILITIES',
        { emulatorbin: null, arch: of.architecture, machine: null, virttype: of.virtType, flags: 0 },
        probing,
      ),
    ),
    unlessRefused(rpc.call('NODE_GET_FREE_MEMORY', undefined, quick)),
    clockAhead(commands),
    unlessRefused(vmUser(host)),
    microcodeOf(commands),
  ])
  const caps = capabilities && parseXml(capabilities.capabilities, 'its capabilities').root
  return {
    hostname,
    ...given('hostUuid', caps?.textOf('host', 'uuid')),
    ...given('daemonVersion', dotted(rpc.control.facts.libVersion)),
    ...given('hypervisorVersion', version && dotted(hyperNumber(version.hv_ver))),
    ...given('clockAheadMs', clockAheadMs),
    ...given('cpu', domain && hostModelOf(parseXml(domain.capabilities, 'what guests can have').root)),
    ...given('microcode', microcode),
    ...given('account', account && { user: Number(account.uid), group: Number(account.gid) }),
    ...given('freeMemoryBytes', memory && hyperNumber(memory.freeMem)),
    machines: caps ? machinesOf(caps, of) : [],
  }
}

/** What "host-model" gives a guest here; the host's own CPU when it tells none. */
function hostModelOf(domain: XmlElement): string | undefined {
  const mode = domain
    .find('cpu')
    ?.children('mode')
    .find((one) => one.attribute('name') === 'host-model' && one.attribute('supported') === 'yes')
  if (!mode) return undefined
  return `<cpu mode="custom" match="exact">${mode.nodes.map((node) => (node.kind === 'element' ? writeXml(node) : '')).join('')}</cpu>`
}

function machinesOf(capabilities: XmlElement, of: EmulatorOf): string[] {
  const arch = capabilities
    .children('guest')
    .map((guest) => guest.find('arch'))
    .find((one) => one?.attribute('name') === of.architecture)
  const own = arch?.children('machine') ?? []
  const domain = arch?.children('domain').find((one) => one.attribute('type') === of.virtType)
  return [...own, ...(domain?.children('machine') ?? [])].flatMap((one) => one.text() ?? [])
}

/** Whether a host finds another by its name and gets an answer; undefined where no command can be run. */
export function reaches(host: LibvirtHost, hostname: string, address: string): Promise<boolean | undefined> {
  return findsHost(hostCommands(host.link, hostname), address)
}
