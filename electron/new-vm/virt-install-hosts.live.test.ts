/**
 * The same as virt-install.live.test.ts on hosts that the lab does not have: KVM with UEFI, Secure Boot and a TPM, Xen and LXC.
 * virt-install is real; what it is told of the host comes from recorded files, as what the wizard is told does.
 */
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import { osCatalogue } from '../os-catalogue/catalogue'
import { resolveNewVm } from './resolve'
import { recordedHost, type RecordedName } from './testing/recorded-host'
import { containers } from './testing/containers'
import { disk, existing, wanted } from './testing/inputs'
import {
  compareWithCommand,
  readReasons,
  systems,
  unaccounted,
  type Case,
} from './testing/virt-install-cases'

const uuid = '11111111-2222-4333-8444-555555555555'
const kvm = { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' }
const arm64 = { ...kvm, architecture: 'aarch64', machine: 'virt' }
const pc = { ...kvm, machine: 'pc' }
const xen = { virtType: 'xen', osType: 'hvm', architecture: 'x86_64' }
const paravirtual = { ...xen, osType: 'xen' }
const pvh = { ...xen, osType: 'xenpvh' }
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-virt-install-'))
  for (const name of ['install.iso', 'drivers.iso', 'installed.img']) {
    await writeFile(join(folder, name), '')
    await truncate(join(folder, name), 1024 ** 2)
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

it('the command makes what the wizard makes on a host with KVM, UEFI, Secure Boot and a TPM', {
  timeout: 600_000,
}, async () => {
  const secure = { firmware: 'efi-secure', hasTpm: true, vcpuCount: 4 } as const
  const firmwares = ['efi', undefined, 'efi-secure', 'bios'] as const
  await comparing('kvm', [
    ...(await each(systems, (name) => (name === 'win11' ? secure : {}))),
    ...(await each(systems, (_, at) => {
      const firmware = firmwares[at % 4]
      return {
        ...(firmware === undefined ? {} : { firmware }),
        graphics: at % 3 === 0 ? 'spice' : 'vnc',
        guest: firmware === 'bios' ? pc : kvm,
      }
    })),
    ...(await each(['win10', 'win2k22', 'fedora37'], () => secure)),
    ...(await each(['win11'], () => ({ ...secure, source: iso('drivers.iso') }))),
    ...(await each(['debian11'], () => ({ source: { kind: 'import' }, disks: [installed()] }))),
    ...(await each(['debian11'], () => ({
      guest: { ...kvm, virtType: 'qemu' },
      firmware: 'efi',
      disks: [disk({ format: 'raw', isFull: true }), disk({ bus: 'scsi' })],
    }))),
  ])
})

it('the command makes what the wizard makes on a host with a 64 bit ARM processor', {
  timeout: 600_000,
}, async () => {
  const emulated = { ...arm64, virtType: 'qemu' }
  await comparing('arm64', [
    ...(await each(systems, () => ({ guest: arm64 }))),
    ...(await each(['debian11', 'fedora37', 'win11'], () => ({ guest: arm64, firmware: 'efi' }))),
    ...(await each(['win11'], () => ({ guest: arm64, hasTpm: true, source: iso('drivers.iso') }))),
    ...(await each(['debian11'], () => ({ guest: arm64, graphics: 'spice', vcpuCount: 4 }))),
    ...(await each(['debian11', 'opensuse15.4'], () => ({ guest: arm64, graphics: 'none' }))),
    ...(await each(['debian11'], () => ({
      guest: arm64,
      source: { kind: 'import' },
      disks: [installed()],
    }))),
    ...(await each(['debian11'], () => ({ guest: emulated }))),
  ])
})

it('the command makes what the wizard makes on a host with Xen', { timeout: 600_000 }, async () => {
  const imported = { source: { kind: 'import' as const }, disks: [installed()] }
  await comparing('xen', [
    ...(await each(systems, () => ({ guest: xen }))),
    ...(await each(['debian11', 'fedora37', 'opensuse15.4', 'rhel6.0'], () => ({
      guest: paravirtual,
      ...imported,
    }))),
    ...(await each(['debian11', 'fedora37', 'freebsd13.1'], () => ({ guest: pvh, ...imported }))),
    ...(await each(['debian11'], () => ({ guest: xen, ...imported, graphics: 'none' }))),
    ...(await each(['win10'], () => ({ guest: xen, source: iso('drivers.iso'), graphics: 'spice' }))),
  ])
})

it('the command makes what the wizard makes on a host with LXC', { timeout: 600_000 }, async () => {
  await comparing(
    'lxc',
    Object.entries(containers).map(([name, input]) => ({ name, input, os: undefined })),
  )
})

function iso(...second: string[]): NewVmInput['source'] {
  const at = (name: string) => ({ kind: 'path' as const, path: join(folder, name) })
  return { kind: 'iso', disc: at('install.iso'), second: second.map(at) }
}

function installed(): NewVmInput['disks'][number] {
  return existing(join(folder, 'installed.img'))
}

async function each(
  names: readonly string[],
  more: (name: string, at: number) => Partial<NewVmInput>,
): Promise<Case[]> {
  const catalogue = await osCatalogue()
  return names.map((name, at) => {
    const os = catalogue.get(name)
    if (!os) throw new Error(`The catalogue does not know ${name}`)
    const own = more(name, at)
    const input = wanted({ guest: kvm, source: iso(), osId: os.id, ...own })
    return { name: `${name} ${JSON.stringify(own)}`, input, os }
  })
}

async function comparing(name: RecordedName, cases: readonly Case[]): Promise<void> {
  const host = await recordedHost(name, folder)
  const [common, own] = await Promise.all([
    readReasons('virt-install.differences.tsv'),
    readReasons(`virt-install.${name}.differences.tsv`),
  ])
  const { differences, used } = await unaccounted(cases, [...common, ...own], async (one) => {
    const { facts } = resolveNewVm(one.input, await host.surroundings(one.input), uuid)
    return compareWithCommand(host.uri, one, facts)
  })
  expect(differences).toEqual([])
  // a reason for what does not differ any longer is none
  expect(own.map(({ text }) => text).filter((text) => !used.has(text))).toEqual([])
}
