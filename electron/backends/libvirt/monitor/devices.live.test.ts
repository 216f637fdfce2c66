/** Devices of running guests, all by one call, held against what virsh tells before and after. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../../../e2e/lab/lab'
import type { VmDevices } from '../../../../shared/model/monitor/devices'
import type { HypervisorSession } from '../../backend'
import { openSession } from '../testing/suite-host'

const busy = 'devices-busy'
const other = 'devices-other'

let lab: Lab
let host: LabHost
let session: HypervisorSession

beforeAll(async () => {
  lab = await startLab({ hosts: ['labA'] })
  host = lab.host('labA')
  await host.startGuest({ name: busy, disk: true, vcpus: 2, load: ['cpu', 'disk'] })
  await host.startGuest({ name: other })
  session = await openSession(host.uri())
}, 180_000)

afterAll(async () => {
  await session?.close()
  await host?.removeGuest(busy)
  await host?.removeGuest(other)
  await lab?.stop()
})

async function statsOf(name: string, group: string): Promise<(field: string) => number> {
  const text = await host.virsh(['domstats', name, group])
  return (field) => Number(new RegExp(`^ *${field.replaceAll('.', '\\.')}=(\\d+)$`, 'm').exec(text)?.[1])
}

async function devicesOf(name: string, kind: 'vcpus' | 'disks' | 'nics'): Promise<VmDevices | undefined> {
  const id = (await host.virsh(['domuuid', '--domain', name])).trim()
  return (await session.monitor.devices(kind)).find((one) => one.id === id)
}

it('the disk of each running guest is told with its name and what went through it', async () => {
  const before = await statsOf(busy, '--block')
  const [disk] = (await devicesOf(busy, 'disks'))?.disks ?? []
  const after = await statsOf(busy, '--block')
  expect(disk?.target).toBe('vda')
  for (const [field, value] of [
    ['rd.bytes', disk?.readBytes],
    ['rd.reqs', disk?.readRequests],
    ['wr.bytes', disk?.writeBytes],
    ['wr.times', disk?.writeTimeNs],
  ] as const) {
    expect(value).toBeGreaterThanOrEqual(before(`block.0.${field}`))
    expect(value).toBeLessThanOrEqual(after(`block.0.${field}`))
  }
  expect(await devicesOf(other, 'disks')).toMatchObject({ disks: [], vcpus: [], nics: [] })
})

it('each virtual CPU is told with its time and where on the host it runs', async () => {
  const before = await statsOf(busy, '--vcpu')
  const vcpus = (await devicesOf(busy, 'vcpus'))?.vcpus ?? []
  const after = await statsOf(busy, '--vcpu')
  expect(vcpus.map(({ number }) => number)).toEqual([0, 1])
  for (const { number, timeNs, hostCpu } of vcpus) {
    expect(timeNs).toBeGreaterThanOrEqual(before(`vcpu.${number}.time`))
    expect(timeNs).toBeLessThanOrEqual(after(`vcpu.${number}.time`))
    expect(hostCpu).toBeLessThan(session.info.cpuCount)
  }
})

it('a VM that is off has no devices to tell of', async () => {
  await host.virsh(['destroy', '--domain', other])
  expect(await devicesOf(other, 'vcpus')).toBeUndefined()
})
