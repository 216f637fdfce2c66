import { afterAll, beforeAll, expect, test } from 'vitest'
import { definitionFile } from '../../../shared/model/definition-file'
import type { BackendLab } from '../backend.suite'
import { qemuBySsh } from './testing/lab-qemu'
import { qemuLab } from './testing/qemu-suite'

/** What only files of the host tell, read by ssh beside the daemon's socket. */
let lab: BackendLab

beforeAll(async () => {
  lab = await qemuLab(await qemuBySsh())
})

afterAll(async () => {
  await lab.tearDown()
})

test('by ssh, how a running VM was started and what its host gives others is told', async () => {
  const vm = await lab.prepare('running')
  const session = await lab.connect()
  const { defaults, reach, vms } = await session.consoleSecurity(vm.id)
  expect(reach).toBe('ssh')
  expect(defaults).toMatchObject({ kind: 'known', vncListen: '127.0.0.1', vncTls: false })
  // "no" and not "unknown": its command line was read
  expect(vms[0]).toMatchObject({
    displays: [{ encrypted: 'no', verifiesClients: 'no', sasl: 'no', password: 'yes' }],
    pending: [],
  })
  await session.close()
})

test('the file of a definition is where its page says', async () => {
  const vm = await lab.prepare('stopped')
  const session = await lab.connect()
  const path = definitionFile(session.info, vm.name)
  expect(path).toMatch(/^\/etc\/libvirt\/qemu\//)
  expect(await lab.fileExists?.(path ?? '')).toBe(true)
  await session.close()
})

test('by ssh, loop devices in use and the bridge helper are told', async () => {
  const session = await lab.connect()
  const { services } = await session.hostDetails()
  expect(services.loopDevices?.inUse).toBeGreaterThanOrEqual(0)
  expect(services.bridgeHelper).toMatchObject({ isInstalled: true })
  await session.close()
})

test('by ssh, the operating system, its age and its protections are told', async () => {
  const session = await lab.connect()
  const { os, kernel, uptimeMs, hardening, daemon, connection } = await session.hostDetails()
  expect(os).toMatch(/Debian/)
  expect(kernel).toMatch(/^\d+\./)
  expect(uptimeMs).toBeGreaterThan(0)
  expect(daemon.answerMs).toBeGreaterThan(0)
  expect(connection).toMatchObject({ reach: 'ssh', isSecure: true, isEncrypted: true })
  expect(hardening.whyUnknown).toBeUndefined()
  expect(hardening.seccomp).toBe('on')
  expect(hardening.openFlaws).toEqual(expect.any(Array))
  await session.close()
})
