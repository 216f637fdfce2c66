/**
 * The destination's side of a move. The guest is started without running, waits for its memory, and runs only once it is
 * told to: until then the source can take everything back, and it never runs twice.
 */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { isActive } from '../../../../shared/model/vm'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { isObject } from '../../../qmp/index'
import { nameTaken, uuidTaken } from '../../creation-session'
import type { Arrival, MoveOffer, MoveOutcome } from '../../migration-session'
import { factsOf } from '../definition'
import { toAppError } from '../errors'
import { forceOff } from '../force-off'
import type { Guest } from '../guest'
import { runningGuest, type QemuHost } from '../host'
import { planOf, setPasswords, startGuest } from '../start'
import { folderOf } from '../store/names'
import { offerDisks } from './disks'
import { listenForDisks, listenForMemory, wayFrom, type Way } from './listen'
import { setUp, takeBack } from './settings'
import { offered, read, write } from './talk'

const pollMs = 100
const none = new Uint8Array()

interface Place {
  readonly id: VmId
  readonly name: string
  /** Of the store; absent for a VM that is to be gone once it stops. */
  readonly folder?: string
  /** It was made for this move, and goes with it when it comes to nothing. */
  readonly isNewFolder: boolean
}

export async function receive(host: QemuHost, offer: MoveOffer): Promise<Arrival> {
  const { running, stored } = offer.request.definitions
  if (running === undefined) return receiveOff(host, offer, stored)
  const definition = named(running, offer.request.options.newName ?? offer.name)
  const place = await makePlace(host, offer, definition)
  const { id, folder } = place
  try {
    await startGuest(host, { id, definition, isIncoming: true, ...(folder === undefined ? {} : { folder }) })
    await host.inventory.refresh()
    return await prepared(host, offer, place, definition)
  } catch (error) {
    await takeAway(host, place).catch(() => undefined)
    throw toAppError(error)
  }
}

async function prepared(
  host: QemuHost,
  { cookie, request, isPaused }: MoveOffer,
  place: Place,
  definition: string,
): Promise<Arrival> {
  const { id, folder } = place
  const { options, copiedDisks, definitions } = request
  const { guest } = await runningGuest(host, id)
  await setPasswords(guest, definition)
  const copiesDisks = copiedDisks.length > 0
  await setUp(guest, 'server', { options, copiesDisks })
  const way = await wayFrom(read(offered, cookie).from, host, host.store.runFolder(id), options)
  const disks = copiesDisks ? await listenForDisks(guest, way, options.isEncrypted === true) : undefined
  if (disks) await offerDisks(guest, copiedDisks)
  const address = await listenForMemory(guest, way, options.dataPort)
  const staysPaused = isPaused || options.staysPaused === true
  const line = lineOf(host)
  let isFinished = false
  const run = async (): Promise<void> => {
    await untilArrived(guest)
    if (disks) await guest.execute('nbd-server-stop')
    // stored first: a VM that runs and that nobody finds again would be lost
    if (folder !== undefined && options.isPermanent)
      await host.store.write(folder, 'vm.xml', definitions.stored ?? definition)
    isFinished = true
    if (!staysPaused) await guest.execute('cont')
    await takeBack(guest, { options })
    await host.inventory.refresh()
  }
  return {
    cookie: write({ ...(disks ? { disks } : {}), ...nameIn(way) }),
    address,
    get isLost() {
      return line.isLost
    },
    onLost: (listener) => line.onLost(listener),
    async finish(_cookie, _address, isCancelled) {
      if (isCancelled) await takeAway(host, place)
      else await translated(run())
      return none
    },
    hasIt: async () => {
      // it runs when it is told to, and not before
      if (!isFinished) return false
      const status = await statusOf(host, id)
      if (status === 'nobody answers') return undefined
      return status === 'running' || (staysPaused && status === 'paused')
    },
    outcome: async () => outcomeOf(guest),
    async close() {
      line.end()
      if (!isFinished) await takeAway(host, place).catch(() => undefined)
    },
  }
}

/** A VM that is off is its definition. */
async function receiveOff(host: QemuHost, offer: MoveOffer, stored: string | undefined): Promise<Arrival> {
  if (stored === undefined) throw new AppError('unsupported', 'This VM has no stored definition to move')
  const place = await makePlace(host, offer, stored)
  let isFinished = false
  return {
    cookie: write({}),
    address: undefined,
    isLost: false,
    onLost: () => undefined,
    async finish(_cookie, _address, isCancelled) {
      if (isCancelled || place.folder === undefined) return none
      await host.store.write(place.folder, 'vm.xml', stored)
      isFinished = true
      await host.inventory.refresh()
      return none
    },
    hasIt: async () => isFinished,
    outcome: async () => ({}),
    async close() {
      if (!isFinished) await takeAway(host, place).catch(() => undefined)
    },
  }
}

async function makePlace(
  host: QemuHost,
  { request, name: nameThere }: MoveOffer,
  definition: string,
): Promise<Place> {
  const facts = factsOf(definition)
  if (!facts) throw new AppError('internal', 'The source told no definition of the VM')
  const { id } = facts
  const name = request.options.newName ?? nameThere
  const all = await host.inventory.list()
  if (all.some((other) => other.id !== id && other.record.name === name)) throw nameTaken(name)
  const own = all.find((other) => other.id === id)
  if (own && (own.run !== undefined || isActive(own.record.state) || own.record.name !== name))
    throw uuidTaken()
  if (own?.record.hasSavedState === true)
    throw new AppError('busy', 'The destination has this VM already, with its memory saved', {
      cure: 'Discard the saved state there, or start it there.',
    })
  const isOff = request.definitions.running === undefined
  if (!request.options.isPermanent && !isOff) return { id, name, isNewFolder: false }
  if (own?.folder !== undefined) return { id, name, folder: own.folder, isNewFolder: false }
  const folder = folderOf(name)
  // what no command can be made of is refused while nothing is there yet
  await planOf(host, { id, definition, folder })
  // one without a definition is left of a move whose leader is gone
  if (!(await host.store.makeFolder(folder)) && (await hasDefinition(host, folder))) throw nameTaken(name)
  return { id, name, folder, isNewFolder: true }
}

async function hasDefinition({ store }: QemuHost, folder: string): Promise<boolean> {
  return (await store.read([`${folder}/vm.xml`])).size > 0
}

/** Ends when nothing of it is left; a guest whose end is not certain is an error. */
async function takeAway(host: QemuHost, { id, folder, isNewFolder }: Place): Promise<void> {
  const all = await host.inventory.list()
  if (all.some((entry) => entry.id === id && entry.run)) await forceOff(host, id)
  if (isNewFolder && folder !== undefined) await host.store.removeFolder(folder)
  await host.inventory.refresh()
}

/** The source has sent everything; what came last is still being read. */
async function untilArrived(guest: Guest): Promise<void> {
  for (;;) {
    const status = await guest.execute('query-status')
    if (!isObject(status) || status['status'] !== 'inmigrate') return
    const answer = await guest.execute('query-migrate')
    if (isObject(answer) && answer['status'] === 'failed')
      throw new AppError('invalid', 'What arrived could not be understood', {
        detail: typeof answer['error-desc'] === 'string' ? answer['error-desc'] : undefined,
      })
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

/** Asked anew: whoever asks has lost an answer. */
async function statusOf(host: QemuHost, id: VmId): Promise<string> {
  try {
    const entry = (await host.inventory.list()).find((one) => one.id === id)
    if (!entry?.run) return 'gone'
    const status = await entry.guest?.execute('query-status')
    return isObject(status) && typeof status['status'] === 'string' ? status['status'] : 'nobody answers'
  } catch {
    return 'nobody answers'
  }
}

async function outcomeOf(guest: Guest): Promise<MoveOutcome> {
  const answer = await guest.execute('query-migrate')
  const downtime = isObject(answer) ? answer['downtime'] : undefined
  return typeof downtime === 'number' ? { downtimeMs: downtime } : {}
}

/** A guest that ends there while data are sent to it is seen by the source itself. */
function lineOf({ link }: QemuHost): {
  readonly isLost: boolean
  onLost(listener: () => void): void
  end(): void
} {
  const listeners: (() => void)[] = []
  let isLost = false
  const stop = link.onClosed(() => {
    isLost = true
    for (const listener of listeners) listener()
  })
  return {
    get isLost() {
      return isLost
    },
    onLost: (listener) => void (isLost ? listener() : listeners.push(listener)),
    end: stop,
  }
}

function nameIn(way: Way): { readonly tlsHostname?: string } {
  return way.kind === 'port' ? { tlsHostname: way.address } : {}
}

function named(definition: string, name: string): string {
  const document = EditDocument.parse(definition, 'the definition of the VM to come')
  document.root.find('name')?.setText(name)
  return document.toString()
}

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw toAppError(error)
  }
}
