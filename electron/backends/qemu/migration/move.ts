/**
 * Moving a VM. Innkeeper leads both hosts, so that they need no way to sign in to each other; the data go from one QEMU to
 * the other. The source keeps the VM until the destination has said that it runs there.
 */
import type { VmId } from '../../../../shared/model/ids'
import { AppError } from '../../../../shared/errors'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { isObject, QmpClosedError } from '../../../qmp/index'
import type {
  Arrival,
  MigrationSession,
  MoveContext,
  MoveOutcome,
  MoveRequest,
} from '../../migration-session'
import {
  brokenOff,
  destinationLost,
  notBegun,
  notLetGo,
  notPrepared,
  sourceLost,
  unknownWhere,
} from '../../move-failures'
import { cancelled, toAppError } from '../errors'
import { forceOff } from '../force-off'
import type { Guest } from '../guest'
import { runningGuest, type QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { Mirrors } from './disks'
import { standingOf } from './facts'
import { Sending } from './send'
import { setUp, takeBack } from './settings'
import { answered, read, write } from './talk'

const none = new Uint8Array()
const endingPollMs = 100
const leftThere = 'If it waits there for its memory, force it off there.'
/** What stays in the folder of a VM that has moved: nothing but what others put there, such as disks. */
const ownFiles = ['vm.xml', 'state.json', 'qemu.log']
/** These go along with a VM that runs, and are the only ones of a VM that is off. */
const ownState = ['nvram.fd', 'tpm']

export async function move(
  host: QemuHost,
  id: VmId,
  to: MigrationSession,
  request: MoveRequest,
  context: MoveContext,
): Promise<MoveOutcome> {
  const entry = await host.inventory.find(id)
  if (context.signal.aborted) throw cancelled()
  if (request.options.way !== 'direct')
    throw new AppError('unsupported', 'Without libvirt nobody at the source could lead the move', {
      cure: 'Choose the way that is led by Innkeeper.',
      field: 'way',
    })
  context.onFigures({ phase: 'preparing' })
  try {
    const outcome = await (entry.run
      ? moveRunning(host, entry, to, request, context)
      : moveOff(host, entry, to, request))
    context.onFigures({ phase: 'done', ...outcome })
    return outcome
  } finally {
    await host.inventory.refresh().catch(() => undefined)
  }
}

async function moveOff(
  host: QemuHost,
  entry: VmEntry,
  to: MigrationSession,
  request: MoveRequest,
): Promise<MoveOutcome> {
  if (entry.record.hasSavedState)
    throw new AppError('invalid', 'The memory of the VM is saved, and does not come along while it is off', {
      cure: 'Restore the VM and move it while it runs, or discard the saved state.',
    })
  const arrival = await receivedBy(to, host, entry, request, false)
  try {
    await arrival.finish(none, undefined, false)
  } finally {
    await arrival.close()
  }
  if (request.options.removesSource) await removeFiles(host, entry, ownFiles)
  return {}
}

async function moveRunning(
  host: QemuHost,
  entry: VmEntry,
  to: MigrationSession,
  request: MoveRequest,
  context: MoveContext,
): Promise<MoveOutcome> {
  const { id, running } = entry
  const { options, copiedDisks } = request
  if (running === undefined) throw new AppError('busy', 'What this VM runs with is not known at the moment')
  const { guest } = await runningGuest(host, id)
  const isPaused = entry.record.state === 'paused'
  const copiesDisks = copiedDisks.length > 0
  // refused here, nothing has to be taken back there
  await setUp(guest, 'client', { options, copiesDisks }).catch((error: unknown) => {
    throw notBegun(toAppError(error))
  })
  const arrival = await receivedBy(to, host, entry, request, isPaused)
  const mirrors = new Mirrors(guest)
  const sending = new Sending(guest, mirrors, context, options.allowsPostCopy === true)
  arrival.onLost(() => sending.giveUp(destinationLost()))
  try {
    const { disks, tlsHostname } = read(answered, arrival.cookie)
    try {
      if (!options.isLive && !isPaused) await guest.execute('stop')
      if (options.isEncrypted === true)
        await setUp(guest, 'client', {
          options,
          copiesDisks,
          ...(tlsHostname === undefined ? {} : { tlsHostname }),
        })
      if (disks) {
        await mirrors.begin(running, copiedDisks, disks, options, tlsHostname)
        await sending.untilDisksAreEqual()
      }
      if (context.signal.aborted) throw cancelled()
      await guest.execute('migrate', { uri: arrival.address ?? '' })
      await sending.untilSent({ switched: () => arriveThere(arrival, context) })
    } catch (error) {
      throw sending.isSwitched
        ? lostMeanwhile(error)
        : await goesOnHere(guest, arrival, mirrors, !isPaused, error, sending)
    }
    if (!sending.isSwitched) await finish(guest, arrival, !isPaused, context)
  } finally {
    await mirrors.end().catch(() => undefined)
    await arrival.close().catch(() => undefined)
    await takeBack(guest, { options }).catch(() => undefined)
  }
  const outcome = await timesOf(guest)
  await letGo(host, entry, options.removesSource)
  return outcome
}

async function receivedBy(
  to: MigrationSession,
  host: QemuHost,
  { record, running, stored }: VmEntry,
  request: MoveRequest,
  isPaused: boolean,
): Promise<Arrival> {
  const { machine, files, user, group } = await standingOf(host)
  try {
    return await to.receive({
      xml: running ?? stored ?? '',
      cookie: write({ from: { machine, files, user, group } }),
      request,
      name: record.name,
      isPaused,
    })
  } catch (error) {
    throw notPrepared(error)
  }
}

async function arriveThere(arrival: Arrival, context: MoveContext): Promise<void> {
  context.onFigures({ phase: 'finishing' })
  await arrival.finish(none, arrival.address, false)
}

/**
 * Until the destination has said that it runs the VM, the source keeps it, standing still. Where the answer is lost the
 * source may only go on once it is certain that the destination does not.
 */
async function finish(
  guest: Guest,
  arrival: Arrival,
  wasRunning: boolean,
  context: MoveContext,
): Promise<void> {
  try {
    await arriveThere(arrival, context)
  } catch (error) {
    const hasIt = await arrival.hasIt().catch(() => undefined)
    if (hasIt === true) return
    if (hasIt === undefined) throw unknownWhere(error)
    await arrival.finish(none, arrival.address, true).catch(() => undefined)
    // refused where the destination still holds the disks
    await goOn(guest, wasRunning).catch(() => {
      throw unknownWhere(error)
    })
    throw notPrepared(error)
  }
}

/** What was begun is taken back on both sides, and the guest runs where it was. Returns what to tell. */
async function goesOnHere(
  guest: Guest,
  arrival: Arrival,
  mirrors: Mirrors,
  wasRunning: boolean,
  error: unknown,
  sending: Sending,
): Promise<unknown> {
  if (!guest.isOpen || error instanceof QmpClosedError) {
    await arrival.finish(none, arrival.address, true).catch(() => undefined)
    return sourceLost(error, false)
  }
  const why = sending.why ?? error
  const wasLost = arrival.isLost
  // a guest there that stands still would keep what is copied to it waiting
  const taking = arrival.finish(none, arrival.address, true).catch(() => undefined)
  await endMigration(guest)
  await mirrors.end()
  // refused while the destination still holds the disks
  await goOn(guest, wasRunning).catch(async () => {
    await taking
    await goOn(guest, wasRunning)
  })
  await taking
  if (wasLost && sending.why?.kind === 'unreachable') return destinationLost(leftThere)
  return why instanceof AppError && (why.kind === 'cancelled' || why.kind === 'unreachable')
    ? why
    : brokenOff(toAppError(why))
}

const ended = ['none', 'completed', 'failed', 'cancelled']

async function endMigration(guest: Guest): Promise<void> {
  for (;;) {
    const answer = await guest.execute('query-migrate')
    const status = isObject(answer) ? answer['status'] : undefined
    if (typeof status !== 'string' || ended.includes(status)) return
    if (status !== 'cancelling') await guest.execute('migrate_cancel')
    await new Promise((resolve) => setTimeout(resolve, endingPollMs))
  }
}

/** QEMU does so by itself after most failures, a moment after it has told them. */
async function goOn(guest: Guest, wasRunning: boolean): Promise<void> {
  if (wasRunning) await guest.execute('cont')
}

/** After post-copy has switched, a part of the memory is here only, and nothing can be taken back. */
function lostMeanwhile(error: unknown): AppError {
  return new AppError('busy', 'The VM runs at the destination, but not all of its memory has followed', {
    cure: 'It waits there for what is missing. Keep it running on both hosts, and bring the network between them back; what waits for too long is lost.',
    detail: error instanceof Error ? error.message : String(error),
    cause: error,
  })
}

async function timesOf(guest: Guest): Promise<MoveOutcome> {
  const answer = await guest.execute('query-migrate').catch(() => undefined)
  if (!isObject(answer)) return {}
  const { downtime, 'total-time': total } = answer
  return {
    ...(typeof downtime === 'number' ? { downtimeMs: downtime } : {}),
    ...(typeof total === 'number' ? { elapsedMs: total } : {}),
  }
}

async function letGo(host: QemuHost, entry: VmEntry, removesSource: boolean): Promise<void> {
  try {
    await forceOff(host, entry.id)
    if (removesSource) await removeFiles(host, entry, [...ownFiles, ...ownState])
  } catch (error) {
    throw notLetGo(toAppError(error))
  }
}

/** The folder goes, unless anything lies in it that is not the VM’s own: it may be a disk that went along. */
async function removeFiles(
  { store }: QemuHost,
  { folder }: VmEntry,
  files: readonly string[],
): Promise<void> {
  if (folder === undefined) return
  await store.removeFiles(folder, ...files)
  await store.command(['rmdir', '--ignore-fail-on-non-empty', '--', store.vmFolder(folder)])
}

/** As the machine is called everywhere: what an alias stands for differs from version to version. */
export function withMachine(
  definition: string,
  canonicalOf: (machine: string) => string | undefined,
): string {
  const document = EditDocument.parse(definition, 'the definition that runs')
  const type = document.root.find('os', 'type')
  const machine = type?.attribute('machine')
  const canonical = machine === undefined ? undefined : canonicalOf(machine)
  if (canonical === undefined) return definition
  type?.setAttribute('machine', canonical)
  return document.toString()
}
