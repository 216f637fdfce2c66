/**
 * KVM's counters by ssh. The lab's guests are emulated, so what is counted for them is written by the test where the kernel
 * would; where the machine has KVM a guest of its own is held against the kernel's files.
 */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { KvmTree } from '../../../../e2e/lab/kvm-tree'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../../../e2e/lab/lab'
import { tinyVmXml } from '../../../../e2e/lab/tiny-vm'
import type { HypervisorSession } from '../../backend'
import { openSession } from '../testing/suite-host'
import { relayInto } from '../testing/tcp-relay'

const debugFolder = '/sys/kernel/debug'
const hasKvm = existsSync('/dev/kvm')

let lab: Lab
let host: LabHost
let relay: { port: number; stop(): Promise<void> }
let session: HypervisorSession

beforeAll(async () => {
  lab = await startLab({ hosts: ['labA'] })
  host = lab.host('labA')
  await host.waitSsh()
  relay = await relayInto(lab.clientPrefix, { host: host.address, port: 22 })
  session = await openSession(
    `qemu+ssh://${host.user}@127.0.0.1:${relay.port}/system?known_hosts=/dev/null`,
    host.keyFile,
  )
})

afterAll(async () => {
  await session?.close()
  await relay?.stop()
  await lab?.stop()
})

/** In the host's view of files only. */
async function withDebugfs<T>(work: () => Promise<T>): Promise<T> {
  await host.exec(['mount', '-t', 'debugfs', 'debugfs', debugFolder])
  try {
    return await work()
  } finally {
    await host.exec(['umount', debugFolder])
  }
}

it('a host whose counters cannot be had says why and what would help', async () => {
  await expect(session.monitor.kvm()).rejects.toMatchObject(
    hasKvm
      ? {
          kind: 'unsupported',
          message: 'The debugfs of the host is not mounted',
          cure: expect.stringContaining('mount -t debugfs') as string,
        }
      : { kind: 'unsupported', message: 'The host has no KVM' },
  )
})

it('counters in the folder of a process are those of the VM it runs', async () => {
  const name = 'counted, by KVM'
  await host.defineTiny(name, '')
  await host.virsh(['start', '--domain', name])
  const uuid = (await host.virsh(['domuuid', '--domain', name])).trim()
  const tree = await KvmTree.of(host, name)
  try {
    await tree.count('exits', 1500)
    // the totals, what is expensive, and what is of one virtual CPU
    await tree.write('exits', 999_999)
    await tree.count('mmu_rmaps_stat', 1)
    await tree.count('vcpu0/guest_mode', 0)
    await tree.mount()
    const first = await session.monitor.kvm()
    expect(first).toMatchObject({
      events: ['exits'],
      guests: [{ id: tree.id, pid: tree.pid, vm: uuid, name, values: [1500] }],
    })
    await tree.count('exits', 1750)
    const second = await session.monitor.kvm()
    expect(second.guests[0]?.values).toEqual([1750])
    expect(second.uptimeMs).toBeGreaterThanOrEqual(first.uptimeMs)
  } finally {
    await tree.remove()
    await host.removeGuest(name)
  }
})

it('what the kernel counts for its guests is told as it stands there, or what keeps it from everybody', async () => {
  const path = join(stateDirectory, 'under-kvm.xml')
  const xml = tinyVmXml({ name: 'under-kvm', devices: '' })
  await writeFile(path, hasKvm ? xml.replace("type='qemu'", "type='kvm'") : xml)
  await host.virsh(['define', path])
  await host.virsh(['start', '--domain', 'under-kvm'])
  try {
    await withDebugfs(async () => {
      const before = await exitsInKernel()
      if (before === undefined) {
        const why = hasKvm
          ? { kind: 'denied', cure: expect.stringContaining('lockdown') as string }
          : { kind: 'unsupported', message: 'The host has no KVM' }
        await expect(session.monitor.kvm()).rejects.toMatchObject(why)
        return
      }
      const { events, guests } = await session.monitor.kvm()
      const after = await exitsInKernel()
      const at = events.indexOf('exits')
      const compared = guests.filter(({ id }) => before.has(id) && after?.has(id))
      expect(compared.length).toBeGreaterThan(0)
      for (const { id, values } of compared) {
        expect(values[at]).toBeGreaterThanOrEqual(before.get(id) ?? Number.NaN)
        expect(values[at]).toBeLessThanOrEqual(after?.get(id) ?? Number.NaN)
      }
    })
  } finally {
    await host.removeGuest('under-kvm')
  }
})

/** By guest; undefined where nobody may read it, or where there is no KVM. */
async function exitsInKernel(): Promise<Map<string, number> | undefined> {
  const grep = ['grep', '-r', '--include=exits', '', `${debugFolder}/kvm`]
  const text = await host.exec(grep).catch((error: unknown) => {
    if (/Operation not permitted|No such file/.test(String(error))) return undefined
    throw error
  })
  const found = text?.matchAll(/\/kvm\/([0-9-]+)\/exits:(\d+)/g)
  return found && new Map([...found].map(([, id = '', value]) => [id, Number(value)]))
}
