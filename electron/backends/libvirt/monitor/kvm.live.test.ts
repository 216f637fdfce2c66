/**
 * KVM's counters by ssh. The lab's guests are emulated, so what is counted for them is written by the test where the kernel
 * would; where the machine has KVM a guest of its own is held against the kernel's files.
 */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
async function mounted<T>(what: readonly string[], work: () => Promise<T>): Promise<T> {
  await host.exec(['mount', ...what, debugFolder])
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
  const tree = '/run/kvm-tree'
  const write = (path: string, text: string): Promise<string> =>
    host.exec(['sh', '-c', 'mkdir -p "$(dirname "$1")" && printf "%s\\n" "$2" >"$1"', 'sh', path, text])
  await host.defineTiny('counted, by KVM', '')
  await host.virsh(['start', '--domain', 'counted, by KVM'])
  try {
    const uuid = (await host.virsh(['domuuid', '--domain', 'counted, by KVM'])).trim()
    const pid = (await host.exec(['cat', '/run/libvirt/qemu/counted, by KVM.pid'])).trim()
    await write(`${tree}/kvm/exits`, '999999')
    await write(`${tree}/kvm/${pid}-12/exits`, '1500')
    await write(`${tree}/kvm/${pid}-12/mmu_rmaps_stat`, '1')
    await write(`${tree}/kvm/${pid}-12/vcpu0/guest_mode`, '0')
    await mounted(['--bind', tree], async () => {
      const first = await session.monitor.kvm()
      expect(first).toMatchObject({
        events: ['exits'],
        guests: [{ id: `${pid}-12`, pid: Number(pid), vm: uuid, name: 'counted, by KVM', values: [1500] }],
      })
      await write(`${tree}/kvm/${pid}-12/exits`, '1750')
      const second = await session.monitor.kvm()
      expect(second.guests[0]?.values).toEqual([1750])
      expect(second.uptimeMs).toBeGreaterThanOrEqual(first.uptimeMs)
    })
  } finally {
    await host.removeGuest('counted, by KVM')
    await host.exec(['rm', '-rf', tree])
  }
})

it('what the kernel counts for its guests is told as it stands there, or what keeps it from everybody', async () => {
  const path = join(stateDirectory, 'under-kvm.xml')
  const xml = tinyVmXml({ name: 'under-kvm', devices: '' })
  await writeFile(path, hasKvm ? xml.replace("type='qemu'", "type='kvm'") : xml)
  await host.virsh(['define', path])
  await host.virsh(['start', '--domain', 'under-kvm'])
  try {
    await mounted(['-t', 'debugfs', 'debugfs'], async () => {
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
