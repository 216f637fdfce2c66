import { expect, it } from 'vitest'
import { AppError } from '../../../../shared/errors'
import type { ArgvPart } from '../argv/plan'
import { planArgv } from '../argv/plan-argv'
import { collectedDefinitions, wizardDefinitions } from '../testing/definitions'
import { host } from '../testing/host'
import { originsOf } from './origins'

const all = [...wizardDefinitions(), ...collectedDefinitions()]

function partsOf(xml: string): readonly ArgvPart[] {
  try {
    return planArgv(xml, host()).parts
  } catch (error) {
    // what no command can do has no parts
    if (error instanceof AppError) return []
    throw error
  }
}

/** Made for the start, as the machine needs them and the definition has none: there is no page of it to show. */
const withoutPage =
  /^(sandbox|controller (pci\.\d+|virtio-serial0)|sound output \d+|display|serial port 0|console [12])$/

it('every part of the commands of all known definitions comes from a page, unless it was made for the start', () => {
  const lost = new Set<string>()
  let count = 0
  for (const { xml } of all) {
    const originOf = originsOf(xml)
    for (const { of } of partsOf(xml)) {
      count += 1
      if (!originOf(of).item && !withoutPage.test(of)) lost.add(of)
    }
  }
  expect(count).toBeGreaterThan(4000)
  expect([...lost]).toEqual([])
})

it('names the device that a part was made of, by its place, its name or its alias', () => {
  const originOf = originsOf(`<domain type='qemu'><name>web</name><devices>
    <disk type='file' device='disk'><target dev='vda' bus='virtio'/></disk>
    <disk type='file' device='disk'><target dev='sdb' bus='scsi'/></disk>
    <interface type='user'><mac address='52:54:00:00:00:01'/></interface>
    <interface type='user'><mac address='52:54:00:00:00:02'/></interface>
    <hostdev mode='subsystem' type='usb'><source><address bus='1' device='2'/></source><alias name='ua-key'/></hostdev>
    <controller type='scsi' index='1'/>
  </devices></domain>`)
  expect(originOf('disk sdb')).toEqual({ from: 'SCSI disk sdb', item: { kind: 'disk', key: 'sdb' } })
  expect(originOf('network card 1').item).toEqual({ kind: 'nic', key: '52:54:00:00:00:02' })
  expect(originOf('host device ua-key').item?.kind).toBe('usb-device')
  expect(originOf('controller scsi1').item?.key).toBe('scsi 1')
  expect(originOf('controller scsi0')).toEqual({ from: 'Controller scsi0' })
})

it('says of what no definition has that it is of Innkeeper', () => {
  expect(originsOf("<domain type='qemu'><name>web</name></domain>")('run')).toEqual({ from: 'Innkeeper' })
})
