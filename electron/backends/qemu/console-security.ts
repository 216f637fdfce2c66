/** Who can get at the consoles of this host's VMs, as their definitions say. */
import {
  listenScope,
  type ConsoleDisplay,
  type ConsoleListen,
  type ConsoleSecurity,
  type VmConsoles,
} from '../../../shared/model/console-security'
import { given } from '../../../shared/given'
import type { Reach } from '../../../shared/model/host-details'
import type { VmId } from '../../../shared/model/ids'
import { readDefinedDisplays, readGuestHardening, type DefinedDisplay } from '../../domain-xml/graphics'
import { shownDefinition } from './console'
import type { QemuHost } from './host'
import type { VmEntry } from './inventory'

const why = 'QEMU without libvirt has no settings for consoles besides those of each VM.'

export async function readConsoleSecurity(host: QemuHost, reach: Reach, vm?: VmId): Promise<ConsoleSecurity> {
  const entries = vm === undefined ? await host.inventory.list() : [await host.inventory.find(vm)]
  return {
    reach,
    isXen: false,
    defaults: { kind: 'unreadable', why },
    vms: entries.map((entry) => consolesOf(host, entry)),
  }
}

function consolesOf(host: QemuHost, entry: VmEntry): VmConsoles {
  const domain = shownDefinition(host, entry)
  return {
    id: entry.id,
    ...readGuestHardening(domain),
    name: entry.record.name,
    isRunning: entry.run !== undefined,
    displays: readDefinedDisplays(domain).map(displayOf),
    pending: [],
  }
}

function displayOf(display: DefinedDisplay): ConsoleDisplay {
  const { type, hasPassword } = display
  return {
    type,
    listen: listenOf(display),
    ...given('port', display.port),
    ...given('tlsPort', display.tlsPort),
    ...given('websocketPort', display.websocketPort),
    password: hasPassword ? 'yes' : 'no',
    isPasswordTooLong: (display.password?.length ?? 0) > 8,
    ...given('passwordValidUntilMs', display.passwordValidUntilMs),
    encrypted: 'no',
    verifiesClients: 'no',
    sasl: 'no',
  }
}

/** One that is off and says nothing will have a socket in the folder of its run. */
function listenOf({ listen, port }: DefinedDisplay): ConsoleListen {
  if (listen.kind !== 'address') return listen
  if (listen.address === undefined && (port ?? -1) <= 0) return { kind: 'socket' }
  const address = listen.address ?? '127.0.0.1'
  return { kind: 'address', address, scope: listenScope(address) }
}
