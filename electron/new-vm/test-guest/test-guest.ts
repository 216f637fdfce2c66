/**
 * A guest that shows whether a host can run guests: its disk is a mebibyte, it needs no system, no network and no download, and
 * runs seconds after it was asked for. What it does is in assets/test-guest.
 */
import { AppError, type ErrorData } from '../../../shared/errors'
import type { GuestKind } from '../../../shared/model/host-details'
import type { HostId } from '../../../shared/model/ids'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { bestVirtType } from '../../../shared/model/new-vm/suggest-guest'
import { poolFor } from '../../../shared/model/new-vm/suggest-places'
import { volumeFormatsOf } from '../../../shared/model/storage/volume-abilities'
import type { HypervisorSession } from '../../backends/backend'
import { writeVolumeBytes } from '../../backends/small-volume'
import type { VolumeAt } from '../../backends/storage-session'
import { freeName } from '../free-name'
import { testGuestProgram } from './program'

const mebibyte = 1024 ** 2
const usualName = 'test-guest'

/** A BIOS finds no geometry for less. */
export const testDiskBytes = mebibyte

export function testDisk(): Uint8Array {
  const bytes = new Uint8Array(testDiskBytes)
  bytes.set(Buffer.from(testGuestProgram, 'base64'))
  return bytes
}

export interface TestGuestPlace {
  /** Of the host's VMs. */
  readonly takenIds: ReadonlySet<string>
  readonly name: string
  readonly disk: VolumeAt
  /** As it is tried first, and what else the host offers should that not start. */
  readonly guests: readonly [NewVmInput['guest'], ...NewVmInput['guest'][]]
}

/** Changes nothing. `unsupported` where the host runs no PC, `invalid` where there is no place for a disk. */
export async function findTestGuestPlace(session: HypervisorSession): Promise<TestGuestPlace> {
  const [capabilities, choices, vms] = await Promise.all([
    session.capabilities(),
    session.hostChoices(),
    session.listVms(),
  ])
  const [first, ...others] = pcsOf(capabilities.guests)
  if (!first)
    throw new AppError('unsupported', 'The test guest is a PC, and this host runs none', {
      cure: 'Make a VM of an image for its own architecture instead.',
    })
  const files = choices.pools.items.filter(({ type }) => volumeFormatsOf(type).includes('qcow2'))
  const pool = poolFor(files, undefined)
  if (!pool)
    throw new AppError('invalid', 'The host has no active storage pool of files for the test guest’s disk', {
      cure: 'Make a pool of a folder on the page Storage of the host, or start one.',
    })
  const names = new Set(vms.map((vm) => vm.name))
  const volumes = new Set((await session.storage.volumeNames(pool.name)).volumes.map((one) => one.name))
  const name = freeName({ stem: usualName }, (one) => names.has(one))
  const volume = freeName({ stem: name, ending: '.img' }, (one) => volumes.has(one))
  return {
    takenIds: new Set(vms.map((vm) => vm.id)),
    name,
    guests: [first, ...others],
    disk: { pool: pool.name, volume },
  }
}

export function testGuestInput(host: HostId, { name, guests, disk }: TestGuestPlace): NewVmInput {
  return {
    host,
    name,
    description: 'Made by Innkeeper to try the host. Delete it whenever you like.',
    guest: guests[0],
    source: { kind: 'import' },
    vcpuCount: 1,
    memoryBytes: 64 * mebibyte,
    hasTpm: false,
    disks: [{ kind: 'existing', image: { kind: 'volume', ...disk } }],
    nics: [],
    graphics: 'vnc',
    hasAutostart: false,
    startsNow: true,
    changes: [],
  }
}

/**
 * What is tried once the guest did not start: that a host offers acceleration says little, as it can have the device and
 * still fail (a host that is a guest itself, a lock by other software). Why is written where the user finds it.
 */
export function withoutAcceleration(
  input: NewVmInput,
  guest: NewVmInput['guest'],
  cause: ErrorData,
): NewVmInput {
  const words = cause.detail ?? cause.message
  return {
    ...input,
    guest,
    description: `${input.description ?? ''}\n\nIt is emulated, as it did not start with ${input.guest.virtType}:\n${words}`,
  }
}

/** Ends with the disk in its pool, or with nothing there. */
export async function putTestDisk(
  { storage }: Pick<HypervisorSession, 'storage'>,
  disk: VolumeAt,
  signal: AbortSignal,
): Promise<void> {
  await storage.prepareUpload(disk, testDiskBytes, 'raw')
  try {
    await writeVolumeBytes(storage, disk, testDisk(), signal)
  } catch (error) {
    await removeTestDisk({ storage }, disk)
    throw error
  }
}

/** Unless a VM has it by now. What failed before is told; this can only fail as well. */
export async function removeTestDisk(
  { storage }: Pick<HypervisorSession, 'storage'>,
  disk: VolumeAt,
): Promise<void> {
  await storage.deleteVolume(disk, false).catch(() => undefined)
}

/** PCs with a BIOS, accelerated before emulated. */
function pcsOf(guests: readonly GuestKind[]): NewVmInput['guest'][] {
  const pcs = guests.filter(
    ({ architecture, osType }) => osType === 'hvm' && ['x86_64', 'i686'].includes(architecture),
  )
  const kind = pcs.find(({ architecture }) => architecture === 'x86_64') ?? pcs[0]
  const best = kind && bestVirtType(kind)
  if (!kind || best === undefined) return []
  const { architecture, osType, machines } = kind
  const machine = machines.some(({ name }) => name === 'pc') ? { machine: 'pc' } : {}
  const isEmulated = kind.virtTypes.some(({ name }) => name === 'qemu')
  const virtTypes = best !== 'qemu' && isEmulated ? [best, 'qemu'] : [best]
  return virtTypes.map((virtType) => ({ virtType, osType, architecture, ...machine }))
}
