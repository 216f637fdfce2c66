/** Serial lines of guests, each a socket in the folder of its run that takes one reader at a time. */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import { forcedField, type TextDevice } from '../../../shared/model/text-console'
import { parseXml } from '../../domain-xml/document'
import { readTextDevices } from '../../domain-xml/text-devices'
import { objectsIn, type JsonObject } from '../../qmp/index'
import type { TextConsoleSession } from '../text-console-session'
import { cancelled } from './errors'
import type { Guest } from './guest'
import { runningGuest, type QemuHost } from './host'

export function textConsolesOf(host: QemuHost): TextConsoleSession {
  return {
    async textDevices(vm) {
      const { running, stored } = await host.inventory.find(vm)
      return devicesOf(running ?? stored ?? '')
    },
    async openText(vm, { device, isForced }, signal) {
      if (signal.aborted) throw cancelled()
      const { found, guest } = await findDevice(host, vm, device)
      const chardev = await chardevOf(guest, found)
      if (chardev.isTaken && !isForced) {
        throw new AppError('busy', `${found.label} is open elsewhere`, {
          cure: 'Take it over, which ends the other session, or wait until that is closed.',
          field: forcedField,
        })
      }
      const path = chardev.isTaken ? await renew(guest, chardev) : chardev.path
      // the emulator names it, which a guest may have taken over
      if (!path.startsWith(`${host.store.runFolder(vm)}/`)) throw noSocket(found)
      return host.link.openUnix(path, signal)
    },
  }
}

function devicesOf(xml: string): TextDevice[] {
  return readTextDevices(parseXml(xml, 'the definition').root)
}

async function findDevice(
  host: QemuHost,
  vm: VmId,
  id: string,
): Promise<{ readonly found: TextDevice; readonly guest: Guest }> {
  const { running, stored, record } = await host.inventory.find(vm)
  const found = devicesOf(running ?? stored ?? '').find((one) => one.id === id)
  if (!found) throw new AppError('not-found', `${record.name} has no such device any more`)
  if (found.obstacle) throw AppError.from(found.obstacle)
  const { guest } = await runningGuest(host, vm)
  return { found, guest }
}

interface Chardev {
  readonly id: string
  readonly path: string
  readonly isTaken: boolean
}

/** Whether somebody has it stands in what QEMU calls its file: "disconnected:unix:PATH,server=on" while nobody does. */
async function chardevOf(guest: Guest, { id, label }: TextDevice): Promise<Chardev> {
  const wanted = new Set([`char${id}`, id])
  const own = objectsIn(await guest.execute('query-chardev')).find(
    (one) => typeof one['label'] === 'string' && wanted.has(one['label']),
  )
  const file = own?.['filename']
  const name = own?.['label']
  const path = typeof file === 'string' ? /^(?:disconnected:)?unix:([^,]+)/.exec(file)?.[1] : undefined
  if (typeof name !== 'string' || typeof file !== 'string' || path === undefined) {
    throw noSocket({ label })
  }
  return { id: name, path, isTaken: !file.startsWith('disconnected:') }
}

function noSocket({ label }: Pick<TextDevice, 'label'>): AppError {
  return new AppError('unsupported', `${label} has no socket that could be opened`, {
    cure: 'It was started in another way. It can be opened after the next start.',
  })
}

/** A new socket beside the one that somebody has, which QEMU removes when it lets go of it. */
async function renew(guest: Guest, { id, path }: Chardev): Promise<string> {
  const next = path.endsWith(second) ? path.slice(0, -second.length) : `${path}${second}`
  const socket: JsonObject = {
    addr: { type: 'unix', data: { path: next } },
    server: true,
    wait: false,
  }
  await guest.execute('chardev-change', { id, backend: { type: 'socket', data: socket } })
  return next
}

const second = '.b'
