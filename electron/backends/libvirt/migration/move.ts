/**
 * Moving a VM. Led by us it is five steps over two connections, each handing the other side what the one before it told
 * (begin, prepare, perform, finish, confirm; https://libvirt.org/migration.html, "managed direct"). Led by the source it is
 * one call.
 */
import type { VmId } from '../../../../shared/model/ids'
import { AppError } from '../../../../shared/errors'
import { isActive } from '../../../../shared/model/vm'
import {
  RpcError,
  virDomainMigrateFlags as flag,
  type DomainHandle,
  type LibvirtSession,
  type TypedParam,
} from '../../../libvirt-rpc/index'
import type {
  Arrival,
  MigrationSession,
  MoveContext,
  MoveOutcome,
  MoveRequest,
} from '../../migration-session'
import { domainOf } from '../domain-handle'
import { cancelled } from '../errors'
import { currentRecord, type LibvirtHost } from '../host'
import {
  brokenOff,
  destinationLost,
  notBegun,
  notLetGo,
  notPrepared,
  sourceLost,
  stillEnding,
  unknownWhere,
} from './failures'
import { JobWatch } from './job-watch'
import { flagsOf, parametersOf, withText } from './parameters'

const stepTimeoutMs = 120_000
const copyLimitMs = 7 * 24 * 3_600_000
const empty = new Uint8Array()

interface Move {
  readonly host: LibvirtHost
  readonly session: LibvirtSession
  readonly dom: DomainHandle
  readonly name: string
  readonly request: MoveRequest
  readonly context: MoveContext
  readonly flags: number
  readonly params: TypedParam[]
  readonly isOff: boolean
  readonly isPaused: boolean
}

export async function move(
  host: LibvirtHost,
  id: VmId,
  to: MigrationSession,
  request: MoveRequest,
  context: MoveContext,
): Promise<MoveOutcome> {
  const record = await currentRecord(host, id)
  const isOff = !isActive(record.state)
  const isPaused = record.state === 'paused'
  if (context.signal.aborted) throw cancelled()
  context.onFigures({ phase: 'preparing' })
  // the source ends the migration when the connection that began it goes
  const session = await host.openAnother()
  const one: Move = {
    host,
    session,
    dom: domainOf(id, record.name),
    name: record.name,
    request,
    context,
    flags: flagsOf(request.options, { isPaused, isOff }),
    params: parametersOf(request, isOff),
    isOff,
    isPaused,
  }
  try {
    return await (request.options.way === 'direct' ? ledByUs(one, to) : ledBySource(one))
  } finally {
    // a copy that does not end keeps its connection for as long
    void session.close()
    await host.inventory.settle(id).catch(() => undefined)
  }
}

async function ledByUs(one: Move, to: MigrationSession): Promise<MoveOutcome> {
  const { session, dom, request, context, flags, params } = one
  const begun = await session
    .call('DOMAIN_MIGRATE_BEGIN3_PARAMS', { dom, params, flags }, { timeoutMs: stepTimeoutMs })
    .catch((error: unknown) => {
      throw notBegun(error)
    })
  let arrival: Arrival
  try {
    if (context.signal.aborted) throw cancelled()
    const { name, isPaused } = one
    arrival = await to.receive({ xml: begun.xml, cookie: begun.cookie_out, request, name, isPaused })
  } catch (error) {
    await confirm(one, empty, true)
    throw context.signal.aborted ? cancelled() : notPrepared(error)
  }
  try {
    const { cookie, why } = await perform(one, begun.xml, arrival)
    if (why !== undefined) {
      await arrival.finish(cookie, arrival.address, true).catch(() => undefined)
      throw why
    }
    context.onFigures({ phase: 'finishing' })
    await confirm(one, await finish(one, arrival, cookie), false)
    const outcome = await arrival.outcome().catch(() => ({}))
    context.onFigures({ phase: 'done', ...outcome })
    return outcome
  } finally {
    await arrival.close()
  }
}

/** The copy. A source whose copy failed has taken the migration back itself. */
async function perform(
  one: Move,
  xml: string,
  arrival: Arrival,
): Promise<{ readonly cookie: Uint8Array; readonly why?: AppError }> {
  const { session, dom, flags, context, isOff } = one
  const params = withText(withText(one.params, 'destination_xml', xml), 'migrate_uri', arrival.address)
  // there is no copy, and what the destination told is not for itself
  if (isOff) return { cookie: empty }
  const watch = watchOf(one)
  arrival.onLost(() => watch.giveUp(destinationLost()))
  try {
    if (context.signal.aborted) throw cancelled()
    const args = { dom, dconnuri: null, params, cookie_in: arrival.cookie, flags }
    const copying = session.call('DOMAIN_MIGRATE_PERFORM3_PARAMS', args, { timeoutMs: copyLimitMs })
    const late = watch.endsTooLate.then(() => Promise.reject(stillEnding(watch.why)))
    for (const ending of [copying, late]) ending.catch(() => undefined)
    const { cookie_out } = await Promise.race([copying, late])
    return { cookie: cookie_out }
  } catch (error) {
    if (error instanceof AppError) return { cookie: empty, why: error }
    return {
      cookie: empty,
      why: watch.why ?? (isAnswered(error) ? brokenOff(error) : sourceLost(error, false)),
    }
  } finally {
    watch.stop()
  }
}

/**
 * Until the destination has said that it runs the VM, the source keeps it, standing still. Where the answer is lost the
 * source may only go on once it is certain that the destination does not.
 */
async function finish(one: Move, arrival: Arrival, cookie: Uint8Array): Promise<Uint8Array> {
  try {
    return await arrival.finish(cookie, arrival.address, false)
  } catch (error) {
    const isRefused =
      error instanceof RpcError || (error instanceof AppError && error.cause instanceof RpcError)
    const hasIt = isRefused ? false : await arrival.hasIt().catch(() => undefined)
    if (hasIt === true) return empty
    if (hasIt === undefined) throw unknownWhere(error)
    await confirm(one, empty, true)
    throw notPrepared(error)
  }
}

/** The source lets go of the VM, or goes on with it. */
async function confirm(one: Move, cookie: Uint8Array, isCancelled: boolean): Promise<void> {
  const { session, dom, params, flags } = one
  const args = { dom, params, cookie_in: cookie, flags, cancelled: isCancelled ? 1 : 0 }
  try {
    await session.call('DOMAIN_MIGRATE_CONFIRM3_PARAMS', args, { timeoutMs: stepTimeoutMs })
  } catch (error) {
    // where it was taken back, the first failure is the one to tell; the source goes on when the connection closes, too
    if (isCancelled) return
    throw notLetGo(error)
  }
}

async function ledBySource(one: Move): Promise<MoveOutcome> {
  const { session, dom, request, flags, params, context } = one
  const watch = watchOf(one)
  try {
    const args = { dom, dconnuri: request.options.peerUri ?? null, params, cookie_in: empty, flags }
    await session.call('DOMAIN_MIGRATE_PERFORM3_PARAMS', args, { timeoutMs: copyLimitMs })
    context.onFigures({ phase: 'done' })
    return {}
  } catch (error) {
    if (!isAnswered(error)) throw sourceLost(error, true)
    if (watch.why) throw watch.why
    throw notBegun(error)
  } finally {
    watch.stop()
  }
}

function isAnswered(error: unknown): boolean {
  return error instanceof RpcError
}

function watchOf({ host, dom, context, request, flags }: Move): JobWatch {
  return new JobWatch(host, dom, context, {
    maxDowntimeMs: request.options.maxDowntimeMs,
    allowsPostCopy: (flags & flag.VIR_MIGRATE_POSTCOPY) !== 0,
    copiesDisks: request.copiedDisks.length > 0,
  })
}
