/** The host's hardware for passing it on to VMs, and who has it now. */
import { AppError } from '../../../../shared/errors'
import type { NodeDevice } from '../../../../shared/model/node-device'
import { readAssignedDevices } from '../../../domain-xml/assigned-devices'
import { parseXml } from '../../../domain-xml/document'
import type { Link } from '../../../link/link'
import { readHostNeeds, withNeeds } from '../../host/device-needs'
import { withUsers } from '../../host/device-users'
import { toolPath } from '../../host/services'
import type { QemuHost } from '../host'
import { devicesFrom, pciNames, script } from './sysfs'

const limitMs = 10_000
const maxBytes = 8 * 1024 * 1024

export async function readNodeDevices(host: QemuHost): Promise<NodeDevice[]> {
  const [{ stdout }, names, entries] = await Promise.all([
    host.link.run(['env', 'LC_ALL=C', 'sh', '-c', script], {
      signal: AbortSignal.timeout(limitMs),
      maxBytes,
    }),
    readNames(host.link),
    host.inventory.list(),
  ])
  const users = entries.flatMap(({ record, stored, running }) => {
    const found = [stored, running].flatMap((xml) =>
      xml === undefined ? [] : readAssignedDevices(parseXml(xml).root),
    )
    return found.length === 0 ? [] : [{ vmName: record.name, found }]
  })
  const devices = withUsers(devicesFrom(stdout, names), { items: users })
  return withNeeds(devices, await readHostNeeds(host.link, devices))
}

/** A host may be without the program; then there are numbers only. */
async function readNames(link: Link): Promise<ReturnType<typeof pciNames>> {
  try {
    const argv = ['env', 'LC_ALL=C', toolPath, 'lspci', '-D', '-mm']
    const { code, stdout } = await link.run(argv, { signal: AbortSignal.timeout(limitMs), maxBytes })
    return code === 0 ? pciNames(stdout) : new Map()
  } catch (error) {
    if (error instanceof AppError) return new Map()
    throw error
  }
}

export async function bindDevice(host: QemuHost, name: string): Promise<void> {
  const device = (await readNodeDevices(host)).find((one) => one.name === name)
  if (!device) throw new AppError('not-found', 'The host no longer has this device')
  throw new AppError('unsupported', 'Without libvirt nobody takes a device from its driver here', {
    cure:
      device.kind === 'pci'
        ? `As root on the host, run: driverctl set-override ${device.addressText} vfio-pci`
        : 'QEMU takes USB devices by itself, when your account may write to them.',
  })
}
