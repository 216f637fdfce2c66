/**
 * What is shown as the equal virt-install command makes the same definition as the wizard, for 25 operating systems in
 * several machines and firmwares, on the same host. Where the two differ, virt-install.differences.tsv says why; a
 * difference without a line there, or a line without a difference, is a failure. The lab has no KVM and no Xen.
 */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../e2e/lab/run'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import type { HypervisorSession } from '../backends/backend'
import { qemuBySocket } from '../backends/libvirt/testing/lab-qemu'
import type { QemuUnderTest } from '../backends/libvirt/testing/qemu-suite'
import { openSession } from '../backends/libvirt/testing/suite-host'
import { Virsh } from '../backends/libvirt/testing/virsh'
import { osCatalogue } from '../os-catalogue/catalogue'
import { definitionOf } from './definition'
import { readSurroundings } from './surroundings'
import { resolveNewVm } from './resolve'
import { differences } from './testing/flat-xml'
import { disk, existing, wanted } from './testing/inputs'
import { virtInstallOf } from './virt-install'

/** As osinfo-db calls them; all are old enough for the one that comes with the lab's virt-install. */
const systems = [
  ...['debian11', 'debian10', 'debian7', 'debian3', 'ubuntu22.10', 'ubuntu20.04', 'ubuntu12.04'],
  ...['fedora37', 'fedora20', 'rhel9.0', 'rhel6.0', 'rhel5.0', 'centos8', 'centos7.0', 'almalinux9'],
  ...['opensuse15.4', 'archlinux', 'alpinelinux3.17', 'freebsd13.1', 'openbsd7.0'],
  ...['win11', 'win10', 'win2k22', 'win7', 'winxp'],
]

/** virt-install takes most of a processor for a second. */
const lanes = 2

interface Case {
  readonly name: string
  readonly input: NewVmInput
  readonly os: OsKnowledge | undefined
}

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
    const left = await cases()
    const reasons = await readReasons()
    const used = new Set<string>()
    const unaccounted: string[] = []
    expect(left.length).toBeGreaterThan(40)
    const lane = async (): Promise<void> => {
      for (let one = left.shift(); one !== undefined; one = left.shift())
        for (const difference of await compare(one)) {
          const found = reasons.filter(({ pattern }) => pattern.test(difference))
          for (const { text } of found) used.add(text)
          if (found.length === 0) unaccounted.push(`${one.name}: ${difference}`)
        }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    expect(unaccounted).toEqual([])
    expect(reasons.map(({ text }) => text).filter((text) => !used.has(text))).toEqual([])
  })

  it('is of a VM that the host stores as the wizard defines it', { timeout: 240_000 }, async () => {
    // the lab's host has no UEFI
    const left = (await cases()).filter(({ input }) => input.firmware === undefined)
    expect(left.length).toBeGreaterThan(30)
    for (const { name, input, os } of left) {
      const { facts } = resolveNewVm(input, await readSurroundings(session, input), randomUUID())
      const id = await session.creation.define(definitionOf(input, facts, os))
      expect(id, name).toBe(facts.uuid)
      await virsh.try('undefine', id)
    }
  })

  async function compare({ input, os }: Case): Promise<string[]> {
    const { facts } = resolveNewVm(input, await readSurroundings(session, input), uuid)
    const command = virtInstallOf(input, facts, os)
    if (!command) throw new Error('There is no command')
    const theirs = await run([
      'virt-install',
      ...['--connect', host.virshUri, ...command.words],
      // the first of two steps, as the second is without its installer
      ...['--uuid', uuid, '--dry-run', '--print-xml', '1'],
    ])
    return differences(definitionOf(input, facts, os), theirs)
  }
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

interface Reason {
  readonly text: string
  readonly pattern: RegExp
}

/** A pattern for "ours …" or "theirs …", and why, by tabs. */
async function readReasons(): Promise<Reason[]> {
  const text = await readFile(new URL('virt-install.differences.tsv', import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [pattern = '', why = ''] = line.split('\t')
      if (why === '') throw new Error(`No reason is given: ${line}`)
      return { text: pattern, pattern: new RegExp(`^(?:${pattern})$`) }
    })
}
