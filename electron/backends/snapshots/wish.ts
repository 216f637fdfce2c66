/** A wish for a new snapshot, held against what the VM can do, and made into what the host is asked for. */
import { AppError } from '../../../shared/errors'
import { allOf, refused } from '../../../shared/model/snapshots/verdict'
import { wantedSnapshot } from '../../domain-xml/snapshots/write'
import type { SnapshotWish } from '../snapshot-session'
import type { CreateOrder } from './driver'
import { diskChoicesOf, offersOf } from './offers'
import { refuseUnless } from './plans'
import type { Reading } from './reading'

export function orderOf(reading: Reading, wish: SnapshotWish): CreateOrder {
  refuseWish(reading, wish)
  const { vm } = reading
  const isExternal = wish.kind === 'external'
  const withMemory = isExternal && wish.withMemory
  const disks = disksOf(reading, wish)
  const memory = withMemory
    ? { kind: 'external' as const, file: wish.memoryFile ?? memoryFileOf(reading, wish.name) }
    : isExternal
      ? { kind: 'no' as const }
      : // libvirt decides by whether the guest runs
        undefined
  return {
    xml: wantedSnapshot({ ...wish, disks }, memory),
    name: wish.name,
    isDiskOnly: isExternal && !withMemory,
    quiesce: wish.quiesce,
    live: wish.live && vm.isActive,
    reuse: wish.reuse,
  }
}

function refuseWish(reading: Reading, wish: SnapshotWish): void {
  const offers = offersOf(reading)
  const isExternal = wish.kind === 'external'
  refuseUnless(offers[wish.kind], 'kind')
  if (wish.withMemory && isExternal) refuseUnless(offers.memory, 'withMemory')
  if (wish.live) {
    refuseUnless(offers.live, 'live')
    if (!isExternal || !wish.withMemory)
      throw new AppError(
        'invalid',
        'Only an external snapshot with memory can be taken while the guest goes on',
        {
          field: 'live',
        },
      )
  }
  if (wish.quiesce) {
    refuseUnless(offers.quiesce, 'quiesce')
    if (!isExternal || wish.withMemory)
      throw new AppError('invalid', 'File systems are frozen only for a snapshot of the disks alone', {
        cure: 'Leave the memory out, or the freezing: a snapshot with memory has what is not written yet in it.',
        field: 'quiesce',
      })
  }
  if (reading.snapshots.some(({ name }) => name === wish.name))
    throw new AppError('already-exists', `The VM has a snapshot “${wish.name}” already`, {
      cure: 'Choose another name.',
      field: 'name',
    })
  refuseDisks(reading, wish)
}

function refuseDisks(reading: Reading, wish: SnapshotWish): void {
  const choices = new Map(diskChoicesOf(reading).map((one) => [one.target, one]))
  const files = new Set<string>()
  for (const { target, kind, file } of wish.disks) {
    const choice = choices.get(target)
    if (!choice) throw new AppError('invalid', `The VM has no disk ${target}`, { field: 'disks' })
    if (kind === 'none') {
      if (wish.kind === 'internal' && choice.internal.isAllowed)
        refuseUnless(
          refused(
            `${target} cannot be left out: an internal snapshot is one of all disks`,
            'Take an external snapshot, where each disk can be chosen.',
          ),
          'disks',
        )
      continue
    }
    if (kind !== wish.kind)
      throw new AppError('invalid', `${target} cannot be ${kind} in a snapshot that is ${wish.kind}`, {
        cure: 'Mixed snapshots can be neither gone back to nor deleted in one step.',
        field: 'disks',
      })
    refuseUnless(choice[kind], 'disks')
    if (file === undefined) continue
    if (files.has(file) || reading.vm.disks.some(({ path }) => path === file))
      throw new AppError('invalid', `${file} is used for another disk already`, { field: 'disks' })
    files.add(file)
  }
  if (wish.reuse && !wish.disks.some(({ file }) => file !== undefined))
    throw new AppError('invalid', 'Which files are to be used is not said', {
      cure: 'Name the file of each disk.',
      field: 'disks',
    })
  const disks = disksOf(reading, wish)
  refuseUnless(
    allOf([
      disks.some(({ kind }) => kind !== 'none')
        ? { isAllowed: true }
        : refused('Every disk is left out, so there is nothing to keep', 'Choose at least one disk.'),
    ]),
    'disks',
  )
}

/** What is not said is as usual; what cannot be part of it is told to be none, or libvirt would try. */
function disksOf(reading: Reading, wish: SnapshotWish): SnapshotWish['disks'] {
  const said = new Map(wish.disks.map((one) => [one.target, one]))
  return diskChoicesOf(reading).map(
    ({ target, usual }) => said.get(target) ?? { target, kind: usual[wish.kind] },
  )
}

function memoryFileOf({ vm }: Reading, name: string): string {
  const first = vm.disks.find(({ device, isFile, path }) => device === 'disk' && isFile && path !== undefined)
  const folder = first?.path?.slice(0, first.path.lastIndexOf('/'))
  if (folder === undefined)
    throw new AppError('invalid', 'Where the memory is to be written is not said', {
      cure: 'Name a file for it.',
      field: 'memoryFile',
    })
  return `${folder}/${vm.name}.${name}.mem`
}
