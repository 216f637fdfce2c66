/**
 * What is shown as the equal virt-install command makes the same definition as the wizard, for 25 operating systems in
 * several machines and firmwares, on the same host. Where the two differ, virt-install.differences.tsv says why; a
 * difference without a line there, or a line without a difference, is a failure. The lab has no KVM and no Xen: see
 * virt-install-hosts.live.test.ts.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { HypervisorSession } from '../backends/backend'
import { qemuBySocket } from '../backends/libvirt/testing/lab-qemu'
import type { QemuUnderTest } from '../backends/libvirt/testing/qemu-suite'
import { openSession } from '../backends/libvirt/testing/suite-host'
import { Virsh } from '../backends/libvirt/testing/virsh'
import { osCatalogue } from '../os-catalogue/catalogue'
import { definitionOf } from './definition'
import { readSurroundings } from './surroundings'
import { resolveNewVm } from './resolve'
import { disk, existing, wanted } from './testing/inputs'
import {
  compareWithCommand,
  readReasons,
  systems,
  unaccounted,
  type Case,
} from './testing/virt-install-cases'

describe('the virt-install command of a new VM', () => {
  let host: QemuUnderTest
  let session: HypervisorSession
  let virsh: Virsh

  beforeAll(async () => {
    host = await qemuBySocket()
    session = await openSession(host.uri)
    virsh = new Virsh(host.virshUri)
    for (const name of volumes) await virsh.try('vol-create-as', 'default', name, '1M', '--format', 'raw')
  })

  afterAll(async () => {
    for (const name of volumes) await virsh?.try('vol-delete', name, '--pool', 'default')
    await session?.close()
    await host?.stop()
  })

  it('makes what the wizard makes, but for differences that are accounted for', {
    timeout: 600_000,
  }, async () => {
    const all = await cases()
    const reasons = await readReasons('virt-install.differences.tsv')
    expect(all.length).toBeGreaterThan(40)
    const found = await unaccounted(all, reasons, async (one) => {
      const { facts } = resolveNewVm(one.input, await readSurroundings(session, one.input), uuid)
      return compareWithCommand(host.virshUri, one, facts)
    })
    expect(found.differences).toEqual([])
    expect(reasons.map(({ text }) => text).filter((text) => !found.used.has(text))).toEqual([])
  })

  it('is of a VM that the host stores as the wizard defines it', { timeout: 240_000 }, async () => {
    // the lab's host has no UEFI
    const left = (await cases()).filter(({ input }) => input.firmware === undefined)
    expect(left.length).toBeGreaterThan(30)
    const names: string[] = []
    try {
      for (const [at, { name, input, os }] of left.entries()) {
        const own = { ...input, name: `stored-${at}` }
        const { facts } = resolveNewVm(own, await readSurroundings(session, own), randomUUID())
        expect(await session.creation.define(definitionOf(own, facts, os)), name).toBe(facts.uuid)
        names.push(own.name)
      }
    } finally {
      // afterwards and with nobody looking: a daemon that forgets one VM after the other while it is asked may crash
      await session.close()
      for (const name of names) await virsh.try('undefine', name)
    }
  })
})

const uuid = '11111111-2222-4333-8444-555555555555'
const disc = 'virt-install.iso'
const image = 'virt-install.img'
const volumes = [disc, image]

const iso = {
  kind: 'iso' as const,
  disc: { kind: 'volume' as const, pool: 'default', volume: disc },
  second: [],
}
const q35 = { virtType: 'qemu', osType: 'hvm', architecture: 'x86_64', machine: 'q35' }
const pc = { ...q35, machine: 'pc' }

async function cases(): Promise<Case[]> {
  const catalogue = await osCatalogue()
  const plain = (more: Partial<NewVmInput>): NewVmInput => wanted({ guest: q35, source: iso, ...more })
  const named = (name: string, more: Partial<NewVmInput>): Case => {
    const os = catalogue.get(name)
    if (!os) throw new Error(`The catalogue does not know ${name}`)
    return { name: `${name} ${JSON.stringify(more)}`, input: plain({ osId: os.id, ...more }), os }
  }
  const secure = { firmware: 'efi-secure' as const, vcpuCount: 4, hasTpm: true }
  return [
    ...systems.map((name) => named(name, name === 'win11' ? secure : {})),
    ...systems.map((name, at) =>
      named(name, at % 2 === 0 ? { guest: pc } : { firmware: 'efi', graphics: 'spice' }),
    ),
    named('debian11', { source: { kind: 'network-boot' }, graphics: 'none' }),
    named('debian11', { source: { kind: 'import' }, disks: [existing(`default/${image}`)], vcpuCount: 3 }),
    named('debian11', { disks: [disk({ format: 'raw', isFull: true }), disk({ bus: 'scsi' })] }),
    named('debian11', { source: { kind: 'none' }, nics: [], hasAutostart: true, description: 'a, "b" \\ c' }),
    { name: 'unknown', input: plain({}), os: undefined },
  ]
}
