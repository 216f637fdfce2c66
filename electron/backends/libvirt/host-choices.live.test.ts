import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BackendLab } from '../backend.suite'
import { qemuBySsh } from './testing/lab-qemu'
import { qemuLab } from './testing/qemu-suite'

/** What only the kernel of the host tells of its interfaces and disks, read by ssh beside the daemon's socket. */
let lab: BackendLab

beforeAll(async () => {
  lab = await qemuLab(await qemuBySsh())
})

afterAll(async () => {
  await lab.tearDown()
})

test('by ssh, interfaces are told with the addresses the kernel has given them', async () => {
  const session = await lab.connect()
  const { interfaces } = await session.hostChoices()
  expect(interfaces.error).toBeUndefined()
  const card = interfaces.items.find(({ addresses }) => addresses.length > 0)
  expect(card).toMatchObject({
    isUp: true,
    mac: expect.stringMatching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/),
    addresses: expect.arrayContaining([expect.stringMatching(/^\d+\.\d+\.\d+\.\d+\/\d+$/)]),
  })
  await session.close()
})

test('by ssh, the disk the host lives on stays with it, and so does what the disk hangs on', async () => {
  const session = await lab.connect()
  const devices = await session.nodeDevices()
  const disk = devices.find((one) => one.kind === 'storage' && one.isHostCritical)
  if (disk?.kind !== 'storage') throw new Error('No disk is known to be needed')
  expect(disk.whyCritical).toMatch(/mounted at \//)
  const carrier = devices.find(({ name }) => name === disk.parent)
  expect(carrier?.whyCritical).toBe(disk.whyCritical)
  await session.close()
})
