/** What a host is, for being compared with another one before a VM moves. */
import { isKind } from '../../../../shared/errors'
import { RpcError, hyperNumber } from '../../../libvirt-rpc/index'
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
    unlessImpossible(vmUser(host)),
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

type Commands = ReturnType<typeof hostCommands>

/** All processors of a host have the same. */
async function microcodeOf(commands: Commands): Promise<string | undefined> {
  const told = await unlessImpossible(
    commands.run(['grep', '-m', '1', '^microcode', '/proc/cpuinfo'], { timeoutMs: 8000 }),
  )
  return told?.code === 0 ? /:\s*(\w+)/.exec(told.stdout)?.[1] : undefined
}

/** Held against this computer's clock in the middle of asking. */
async function clockAhead(commands: Commands): Promise<number | undefined> {
  const before = Date.now()
  const told = await unlessImpossible(commands.run(['date', '+%s.%N'], { timeoutMs: 8000 }))
  const after = Date.now()
  const seconds = Number(told?.stdout.trim())
  if (told?.code !== 0 || !Number.isFinite(seconds)) return undefined
  return Math.round(seconds * 1000 - (before + after) / 2)
}

/** Whether a host finds another by its name and gets an answer; undefined where no command can be run. */
export async function reaches(
  host: LibvirtHost,
  hostname: string,
  address: string,
): Promise<boolean | undefined> {
  const commands = hostCommands(host.link, hostname)
  const found = await unlessImpossible(commands.run(['getent', 'ahosts', '--', address], { timeoutMs: 8000 }))
  if (!found || found.code === 127) return undefined
  return found.code === 0 && !found.stdout.startsWith('127.')
}

async function unlessImpossible<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (
      error instanceof RpcError ||
      isKind(error, 'unsupported', 'denied', 'timed-out', 'not-found', 'internal')
    )
      return undefined
    throw error
  }
}
