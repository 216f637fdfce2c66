/** The screen of a guest, by the socket in the folder of its run. */
import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { AppError, errorData } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import { listenScope } from '../../../shared/model/console-security'
import type { VmId } from '../../../shared/model/ids'
import { parseXml, type XmlElement } from '../../domain-xml/document'
import { EditDocument, parseElement } from '../../domain-xml/edit/tree'
import { isObject } from '../../qmp/index'
import type { Screenshot } from '../backend'
import { chooseDisplay, type Obstacle, type Reachable } from '../choose-display'
import { cancelled } from './errors'
import { runningGuest, type QemuHost } from './host'
import type { VmEntry } from './inventory'
import { take } from './store/scripts'

export async function consoleOffer(host: QemuHost, id: VmId): Promise<ConsoleOffer> {
  const found = await findDisplay(host, id)
  if ('why' in found) return { kind: 'none', why: found.why, error: errorData(found.error) }
  return { kind: 'vnc', needsPassword: found.password !== undefined }
}

export async function openConsole(host: QemuHost, id: VmId, signal: AbortSignal): Promise<Duplex> {
  if (signal.aborted) throw cancelled()
  const found = await findDisplay(host, id)
  if ('why' in found) throw found.error
  const { endpoint } = found
  if (endpoint.kind === 'socket') return host.link.openUnix(endpoint.path, signal)
  const address =
    { '0.0.0.0': '127.0.0.1', '': '127.0.0.1', '::': '::1' }[endpoint.address] ?? endpoint.address
  return host.link.openTcp(address, endpoint.port, signal)
}

export async function consolePassword(host: QemuHost, id: VmId): Promise<string | undefined> {
  const found = await findDisplay(host, id)
  return 'why' in found ? undefined : found.password
}

async function findDisplay(host: QemuHost, id: VmId): Promise<Reachable | Obstacle> {
  const entry = await host.inventory.find(id)
  const found = chooseDisplay(shownDefinition(host, entry), entry.record)
  if (!('why' in found) || found.why !== 'not-reachable' || !entry.guest) return found
  // the port that QEMU has chosen itself
  const answer = await entry.guest.execute('query-vnc')
  const port = isObject(answer) ? Number(answer['service']) : Number.NaN
  if (!Number.isInteger(port) || port <= 0 || port > 65_535) return found
  return { type: 'vnc', endpoint: { kind: 'tcp', address: '127.0.0.1', port }, password: passwordIn(entry) }
}

function passwordIn({ running, stored }: VmEntry): string | undefined {
  const graphics =
    parseXml(running ?? stored ?? '')
      .root.find('devices')
      ?.children('graphics') ?? []
  return graphics.find((one) => one.attribute('type') === 'vnc')?.attribute('passwd')
}

/** As people see it: a display that says nothing of where it listens does so in the folder of the run. */
export function shownDefinition(host: QemuHost, { id, stored, running, record }: VmEntry): XmlElement {
  const text = running ?? stored ?? ''
  if (running === undefined) return parseXml(text, `the definition of ${record.name}`).root
  const document = EditDocument.parse(text, `the definition of ${record.name}`)
  for (const graphics of document.root.find('devices')?.children('graphics') ?? []) {
    if (graphics.attribute('type') !== 'vnc' || saysWhere(graphics)) continue
    graphics.find('listen')?.remove()
    graphics.insert(parseElement(`<listen type='socket' socket='${host.store.runFolder(id)}/vnc'/>`))
  }
  return parseXml(document.toString()).root
}

function saysWhere(graphics: ReturnType<typeof parseElement>): boolean {
  const listen = graphics.find('listen')
  const port = Number(graphics.attribute('port') ?? '-1')
  const address = listen?.attribute('address') ?? graphics.attribute('listen')
  return (
    (address !== undefined && listenScope(address) !== 'loopback') ||
    graphics.attribute('socket') !== undefined ||
    listen?.attribute('socket') !== undefined ||
    listen?.attribute('type') === 'none' ||
    port > 0
  )
}

const mostBytes = 64 * 1024 * 1024

export async function screenshot(host: QemuHost, id: VmId): Promise<Screenshot> {
  const { guest, entry } = await runningGuest(host, id)
  // others have no folder here; a name that nobody can know is nobody's link
  const path = entry.foreign
    ? `/tmp/innkeeper-screen-${randomUUID()}.ppm`
    : `${host.store.runFolder(id)}/screen-${Date.now()}.ppm`
  await guest.execute('screendump', { filename: path })
  const command = await host.link.exec(['sh', '-c', take, 'innkeeper', path])
  const parts: Buffer[] = []
  let size = 0
  for await (const part of command.stream as AsyncIterable<Buffer>) {
    size += part.length
    if (size > mostBytes) throw new AppError('unsupported', 'The picture of the screen is too large')
    parts.push(part)
  }
  return { mime: 'image/x-portable-pixmap', bytes: Buffer.concat(parts) }
}
