import { expect, test } from 'vitest'
import type { PciDevice } from '../../shared/model/node-device'
import { deviceOffers } from './offers'

function pci(addressText: string, classCode: string | undefined, isBridge = false): PciDevice {
  const [domain = 0, bus = 0, slot = 0, part = 0] = addressText
    .split(/[:.]/)
    .map((text) => parseInt(text, 16))
  return {
    kind: 'pci',
    name: addressText,
    address: { domain, bus, slot, function: part },
    addressText,
    ...(classCode === undefined ? {} : { classCode }),
    className: 'device',
    usedBy: [],
    isUseUncertain: false,
    isHostCritical: false,
    isBridge,
    mdevTypes: [],
  }
}

const devices = [
  pci('0000:00:01.0', '060400', true),
  pci('0000:01:00.0', '030000'),
  pci('0000:02:00.0', '020000'),
  pci('0000:03:00.0', '010802'),
  pci('0000:04:00.0', '010601'),
  pci('0000:05:00.0', undefined),
]
const offered = (of: 'pci-device' | 'pci-network-card' | 'pci-nvme-drive') =>
  deviceOffers(of, devices).map(({ id }) => id.slice(5, 7))

test('a network card is chosen among network cards, and an NVMe drive among those', () => {
  expect(offered('pci-device')).toEqual(['01', '02', '03', '04', '05'])
  expect(offered('pci-network-card')).toEqual(['02', '05'])
  expect(offered('pci-nvme-drive')).toEqual(['03', '05'])
})
