/** Who can get at the consoles of a host's VMs: read on demand, from definitions, settings and command lines. */
import { AppError } from '../../../shared/errors'
import type { ConsoleSecurity, VmConsoles } from '../../../shared/model/console-security'
import type { Reach } from '../../../shared/model/host-details'
import type { VmId } from '../../../shared/model/ids'
import { isActive, type VmRecord } from '../../../shared/model/vm'
import { isDenied, virDomainXMLFlags as xmlFlags } from '../../libvirt-rpc/index'
import {
  readQemuSettings,
  readStartedVnc,
  unreadable,
  whyNotThere,
  type QemuSettings,
  type StartedVnc,
} from './console-settings'
import { pendingOf, pendingSettings, withSurroundings, type Surroundings } from './console-surroundings'
import { domainOf } from './domain-handle'
import { toAppError } from './errors'
import { given } from '../../../shared/given'
import { currentRecord, inactiveXml, type LibvirtHost } from './host'
import { windowed } from '../windowed'
import { parseXml, type XmlElement } from '../../domain-xml/document'
import { readDefinedDisplays, readGuestHardening, type DefinedDisplay } from '../../domain-xml/graphics'

/** Below the requests a daemon serves at once on a connection (max_client_requests in libvirtd.conf: 5). */
const width = 4
const xmlTimeoutMs = 5000
/** For all VMs together: below the deadline of the layer above, so that what was read is shown. */
const sweepMs = 20_000

export interface ConsoleQuestion {
  readonly host: LibvirtHost
  readonly hostname: string
  readonly connectedUri: string
  readonly reach: Reach
  /** One VM, or all. */
  readonly vm?: VmId
}

export async function readConsoleSecurity(question: ConsoleQuestion): Promise<ConsoleSecurity> {
  const { host, vm } = question
  const records = vm === undefined ? await host.inventory.readAll() : [await currentRecord(host, vm)]
  const untilMs = performance.now() + sweepMs
  const [settings, read] = await Promise.all([
    settingsOf(question),
    windowed(records, width, (record) => readVm(host, record, untilMs)),
  ])
  const started = settings.why === undefined ? await startedOf(question, read) : new Map<VmId, StartedVnc[]>()
  return {
    reach: question.reach,
    isXen: host.driver === 'Xen',
    defaults: settings.defaults,
    vms: read.map((one) =>
      consolesOf(one, { ...settings, started: started.get(one.record.id), driver: host.driver }),
    ),
  }
}

/** Also for the security advice of the host. */
export async function settingsOf({
  host,
  hostname,
  connectedUri,
}: Pick<ConsoleQuestion, 'host' | 'hostname' | 'connectedUri'>): Promise<QemuSettings & { why?: string }> {
  if (host.driver !== 'QEMU') {
    const why = `${host.driver} has no settings for consoles.`
    return { ...unreadable(why), why }
  }
  if (/\/session(\?|$)/.test(connectedUri)) {
    const why = 'A session daemon has settings of its own, in the home folder of its user.'
    return { ...unreadable(why), why }
  }
  try {
    const why = await whyNotThere(host.link, hostname)
    return why === undefined ? await readQemuSettings(host.link) : { ...unreadable(why), why }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...unreadable(error.message), why: error.message }
  }
}

async function startedOf(
  { host, vm }: ConsoleQuestion,
  read: readonly ReadVm[],
): Promise<Map<VmId, StartedVnc[]>> {
  // TLS and SASL change the judgement of displays on a network only; a single VM's page tells them anyway
  const wanted = read.filter(
    ({ record, displays }) =>
      isActive(record.state) &&
      displays.some(
        ({ type, listen }) =>
          type === 'vnc' && listen.kind === 'address' && (vm !== undefined || listen.scope !== 'loopback'),
      ),
  )
  try {
    return await readStartedVnc(
      host.link,
      wanted.map(({ record }) => record),
    )
  } catch (error) {
    if (error instanceof AppError) return new Map()
    throw error
  }
}

interface ReadVm {
  readonly record: VmRecord
  readonly displays: readonly DefinedDisplay[]
  /** Of the stored definition, where that is another than the live one. */
  readonly stored?: readonly DefinedDisplay[]
  readonly hasSecrets: boolean
  readonly hardening: ReturnType<typeof readGuestHardening>
  readonly unread?: string
}

const unknownHardening = { emulated: [], isPinned: false, isUnconfined: false }

async function readVm(host: LibvirtHost, record: VmRecord, untilMs: number): Promise<ReadVm> {
  const unread = (why: string): ReadVm => ({
    record,
    displays: [],
    hasSecrets: false,
    hardening: unknownHardening,
    unread: why,
  })
  if (performance.now() > untilMs) return unread('There was no time left to read it.')
  try {
    const live = await definition(host, record, 0)
    const hasTwo = isActive(record.state) && record.isPersistent
    const stored = hasTwo ? await definition(host, record, inactiveXml) : undefined
    return {
      record,
      displays: readDefinedDisplays(live.root),
      ...given('stored', stored && readDefinedDisplays(stored.root)),
      hasSecrets: live.hasSecrets,
      hardening: readGuestHardening(live.root),
    }
  } catch (error) {
    const known = toAppError(error)
    if (known instanceof AppError && known.kind !== 'unreachable') return unread(`${known.message}.`)
    throw error
  }
}

interface Definition {
  readonly root: XmlElement
  /** Without them, an absent password proves nothing. */
  readonly hasSecrets: boolean
}

/** On the connection for long work: a thousand definitions must not stand before a user's click. */
async function definition(host: LibvirtHost, { id, name }: VmRecord, flags: number): Promise<Definition> {
  const read = async (more: number): Promise<XmlElement> => {
    const args = { dom: domainOf(id, name), flags: flags | more }
    const { xml } = await host.rpc.callJob('DOMAIN_GET_XML_DESC', args, { timeoutMs: xmlTimeoutMs })
    return parseXml(xml, `the definition of ${name}`).root
  }
  try {
    return { root: await read(xmlFlags.VIR_DOMAIN_XML_SECURE), hasSecrets: true }
  } catch (error) {
    // connections that may only read are not shown passwords
    if (isDenied(error)) return { root: await read(0), hasSecrets: false }
    throw error
  }
}

type Around = Omit<Surroundings, 'hasSecrets' | 'isRunning' | 'started'> & {
  readonly started: readonly StartedVnc[] | undefined
}

function consolesOf(
  { record, displays, stored, hasSecrets, hardening, unread }: ReadVm,
  around: Around,
): VmConsoles {
  const isRunning = isActive(record.state)
  let vncAt = -1
  const judged = displays.map((display) => {
    if (display.type === 'vnc') vncAt += 1
    const started = display.type === 'vnc' ? around.started?.[vncAt] : undefined
    return withSurroundings(display, { ...around, hasSecrets, isRunning, started })
  })
  return {
    id: record.id,
    name: record.name,
    isRunning,
    ...hardening,
    displays: judged,
    pending: [
      ...(stored ? pendingOf(displays, stored) : []),
      ...(isRunning ? pendingSettings(displays, around.defaults, around.started?.[0]) : []),
    ],
    ...given('unread', unread),
  }
}
