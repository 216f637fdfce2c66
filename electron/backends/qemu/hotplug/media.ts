/**
 * Another medium in a drive that runs. The new one is opened before the old one is taken out, so that a file that cannot be
 * opened leaves the drive as it was.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../../../shared/errors'
import { objectsIn, QmpError, type JsonObject } from '../../../qmp/index'
import { DriveRefused } from '../../hardware/refusals'
import type { Guest } from '../guest'
import { OptionList } from '../../../qemu-command/option-list'
import { nodesOf, removeNodes } from './nodes'
import { plug } from './plug'
import { aliasOf, type RunningVm } from './running-vm'
import { unitsOf, type Unit } from './units'
import type { Update } from './update'

/** A guest that holds the medium is asked for it; libvirt waits as long. */
const ejectMs = 5000
const pollMs = 100

export async function changeMedium(
  vm: RunningVm,
  { before, element, after }: Update,
  isForced: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { guest } = vm
  const target = element.find('target')?.attribute('dev') ?? ''
  const id = aliasOf(before) ?? ''
  if (!['cdrom', 'floppy'].includes(element.attribute('device') ?? ''))
    throw new AppError(
      'unsupported',
      'Only the medium of a CD or floppy drive can be changed while it runs',
      {
        cure: 'The change counts at the next start.',
      },
    )
  const existing = await nodesOf(guest, target)
  const medium = newMedium(unitsOf(vm.plan(after), `disk ${target}`), target, existing)
  const objects = new Set(
    unitsOf(vm.plan(vm.definition), `disk ${target}`).flatMap((unit) =>
      unit.kind === 'object' ? [unit.id] : [],
    ),
  )
  const added = (name: string): boolean => !existing.includes(name)
  try {
    for (const unit of medium.units) if (!objects.has(unit.id)) await plug(guest, unit)
  } catch (error) {
    await removeNodes(guest, target, added)
    throw error instanceof QmpError ? notOpened(error) : error
  }
  try {
    await openTray(guest, id, isForced, signal)
    if ((await driveOf(guest, id))?.['inserted'] !== undefined)
      await guest.execute('blockdev-remove-medium', { id })
    if (medium.node !== undefined)
      await guest.execute('blockdev-insert-medium', { id, 'node-name': medium.node })
  } catch (error) {
    await removeNodes(guest, target, added)
    throw error
  } finally {
    await closeTray(guest, id)
  }
  await removeNodes(guest, target, (name) => existing.includes(name))
}

interface Medium {
  readonly units: readonly Unit[]
  /** Undefined: the drive becomes empty. */
  readonly node?: string
}

/** The names of the medium that is in the drive are taken. */
function newMedium(units: readonly Unit[], target: string, existing: readonly string[]): Medium {
  const device = units.find(({ kind }) => kind === 'device')
  const drive = device && OptionList.parse(device.word).get('drive')
  if (drive === undefined) return { units: [] }
  const usual = `drive-${target}`
  const isTaken = (name: string): boolean =>
    existing.some((one) => one === name || one.startsWith(`${name}-file`))
  let prefix = usual
  for (let number = 2; isTaken(prefix); number += 1) prefix = `${usual}-${number}`
  const renamed = (name: string): string =>
    name === usual || name.startsWith(`${usual}-`) ? `${prefix}${name.slice(usual.length)}` : name
  return {
    units: units.flatMap((unit) => {
      if (unit.kind === 'object') return [unit]
      if (unit.kind !== 'blockdev') return []
      const word = JSON.stringify(
        JSON.parse(unit.word, (key, value: unknown) =>
          (key === 'node-name' || key === 'file') && typeof value === 'string' ? renamed(value) : value,
        ),
      )
      return [{ ...unit, id: renamed(unit.id), word }]
    }),
    node: renamed(drive),
  }
}

function notOpened(cause: QmpError): AppError {
  return new AppError('invalid', 'QEMU could not open the medium', {
    cure: 'See what it says about it, and choose another file.',
    detail: cause.message,
    cause,
  })
}

async function openTray(guest: Guest, id: string, force: boolean, signal: AbortSignal): Promise<void> {
  await guest.execute('blockdev-open-tray', { id, force })
  for (const deadline = Date.now() + ejectMs; ; await delay(pollMs, undefined, { signal })) {
    const drive = await driveOf(guest, id)
    // a floppy drive has none, and gives its disk away at once
    if (drive?.['tray_open'] !== false) return
    if (Date.now() > deadline) throw new DriveRefused(new Error('Its tray has not opened'))
  }
}

async function closeTray(guest: Guest, id: string): Promise<void> {
  try {
    await guest.execute('blockdev-close-tray', { id })
  } catch (error) {
    // there are drives without one
    if (!(error instanceof QmpError)) throw error
  }
}

export async function driveOf(guest: Guest, id: string): Promise<JsonObject | undefined> {
  const blocks = objectsIn(await guest.execute('query-block'))
  return blocks.find(({ qdev }) => typeof qdev === 'string' && qdev.split('/').includes(id))
}
