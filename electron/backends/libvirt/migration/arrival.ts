/**
 * The destination's side of a move that we lead. The prepared guest hangs on the connection it was prepared on: when that
 * goes, the daemon takes it away again. So it is a connection of its own, kept until the last step.
 */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import {
  isNoDomain,
  virDomainGetJobStatsFlags as statsFlags,
  virDomainState as states,
} from '../../../libvirt-rpc/index'
import type { Arrival, MoveOffer } from '../../migration-session'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { domainOf } from '../domain-handle'
import type { LibvirtHost } from '../host'
import { figuresOf } from './job-figures'
import { destinationFlags, flagsOf, parametersOf, withText } from './parameters'

/** Ports, files and the emulator are set up before it is answered; a mount that hangs takes libvirt its time. */
const prepareTimeoutMs = 180_000
/** The guest is started, which waits for what is still under way. */
const finishTimeoutMs = 600_000

export async function receive(host: LibvirtHost, offer: MoveOffer): Promise<Arrival> {
  const { request, xml, name } = offer
  const isOff = request.definitions.running === undefined
  const flags = destinationFlags(flagsOf(request.options, { isPaused: offer.isPaused, isOff }))
  const params = withText(
    withText(parametersOf(request, isOff), 'destination_xml', xml),
    'destination_name',
    request.options.newName ?? name,
  )
  const id = uuidOf(xml)
  const session = await host.openAnother()
  let isClosed = false
  let isLost = false
  const listeners: (() => void)[] = []
  void session.closed.then(() => {
    if (isClosed) return
    isLost = true
    for (const listener of listeners) listener()
  })
  const close = async (): Promise<void> => {
    isClosed = true
    void session.close()
    await host.inventory.settle(id).catch(() => undefined)
  }
  const prepared = await session
    .call(
      'DOMAIN_MIGRATE_PREPARE3_PARAMS',
      { params, cookie_in: offer.cookie, flags },
      { timeoutMs: prepareTimeoutMs },
    )
    .catch(async (error: unknown) => {
      await close()
      throw error
    })
  return {
    cookie: prepared.cookie_out,
    address: prepared.uri_out ?? undefined,
    get isLost() {
      return isLost
    },
    onLost: (listener) => void listeners.push(listener),
    async finish(cookie, address, isCancelled) {
      const told = await session.call(
        'DOMAIN_MIGRATE_FINISH3_PARAMS',
        {
          params: withText(params, 'migrate_uri', address),
          cookie_in: cookie,
          flags,
          cancelled: isCancelled ? 1 : 0,
        },
        { timeoutMs: finishTimeoutMs },
      )
      return told.cookie_out
    },
    hasIt: () => hasIt(host, id),
    outcome: async () => {
      const dom = domainOf(id)
      const { params: stats } = await host.rpc.call(
        'DOMAIN_GET_JOB_STATS',
        { dom, flags: statsFlags.VIR_DOMAIN_JOB_STATS_COMPLETED },
        { timeoutMs: 10_000 },
      )
      const { downtimeMs, elapsedMs } = figuresOf(stats)
      return {
        ...(downtimeMs === undefined ? {} : { downtimeMs }),
        ...(elapsedMs === undefined ? {} : { elapsedMs }),
      }
    },
    close,
  }
}

/** An incoming guest that was not finished is there too, and counts as not having it. */
async function hasIt(host: LibvirtHost, id: VmId): Promise<boolean | undefined> {
  try {
    const { state, reason } = await host.rpc.call(
      'DOMAIN_GET_STATE',
      { dom: domainOf(id), flags: 0 },
      { timeoutMs: 10_000 },
    )
    if (state === states.VIR_DOMAIN_SHUTOFF) return false
    // VIR_DOMAIN_PAUSED_MIGRATION: it waits for its memory
    return !(state === states.VIR_DOMAIN_PAUSED && reason === 2)
  } catch (error) {
    return isNoDomain(error) ? false : undefined
  }
}

function uuidOf(xml: string): VmId {
  const uuid = EditDocument.parse(xml, 'the definition of the VM to come').root.find('uuid')?.text()
  if (uuid === undefined) throw new AppError('internal', 'The source told no UUID of the VM')
  return uuid as VmId
}
