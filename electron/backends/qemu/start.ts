/** Starting a guest: from a definition to a process that outlives us. */
import type { VmId } from '../../../shared/model/ids'
import { AppError } from '../../../shared/errors'
import { given } from '../../../shared/given'
import { parseXml } from '../../domain-xml/document'
import type { Emulators } from './emulators'
import type { Guest } from './guest'
import type { ArgvPlan, ArgvSurroundings, Helper } from './argv/plan'
import { planArgv } from './argv/plan-argv'
import { startParts } from './command/run-parts'
import { programOf, wholeParts } from './command/start-note'
import { completed, named } from './complete'
import { refuseClosedBridges } from './networks/bridge-access'
import { firmwaresOf } from './probe/firmwares'
import { virtiofsdOf } from './probe/virtiofsd'
import type { Store } from './store/store'

export interface StartWish {
  readonly id: VmId
  readonly definition: string
  /** Of the store; absent for a VM that is not stored. */
  readonly folder?: string
  readonly isPaused?: boolean
  /** Waits for memory that was saved. */
  readonly isIncoming?: boolean
  /** A file with memory that is to be read. */
  readonly memoryFile?: string
}

export interface Starting {
  readonly store: Store
  readonly emulators: Emulators
  log(text: string): void
}

/** What the command would be; ends with an AppError for what no command can do. */
export async function planOf(starting: Starting, wish: StartWish): Promise<ArgvPlan> {
  return (await toStart(starting, wish)).plan
}

/** The definition with the places and names that its devices keep while it runs, whatever comes and goes. */
async function toStart(
  starting: Starting,
  wish: StartWish,
): Promise<{ readonly definition: string; readonly plan: ArgvPlan }> {
  const surroundings = await surroundingsOf(starting, wish)
  const definition = named(completed(wish.definition, surroundings), surroundings)
  return { definition, plan: planArgv(definition, surroundings) }
}

export async function surroundingsOf(
  { store, emulators }: Pick<Starting, 'store' | 'emulators'>,
  { id, definition, folder }: Pick<StartWish, 'id' | 'definition' | 'folder'>,
): Promise<ArgvSurroundings> {
  const type = parseXml(definition, 'the definition').root.find('os', 'type')
  const emulator = await emulators.of(type?.attribute('arch') ?? 'x86_64')
  const [firmwares, virtiofsd] = await Promise.all([firmwaresOf(store.link), virtiofsdOf(store.link)])
  return {
    emulator: emulator.path,
    version: emulator.version,
    machines: emulator.machines.map(({ name }) => name),
    accelerators: emulator.accelerators,
    runFolder: store.runFolder(id),
    vmFolder: folder === undefined ? store.runFolder(id) : store.vmFolder(folder),
    firmwares,
    ...given('virtiofsd', virtiofsd),
  }
}

/** As the script of the start takes them. */
function startWords({ program, words, socket, pidFile }: Helper): string[] {
  return [...(socket === undefined ? [] : ['serve', socket, pidFile]), program, ...words]
}

export async function startGuest(starting: Starting, wish: StartWish): Promise<void> {
  const { store } = starting
  const { definition, plan } = await toStart(starting, wish)
  const memory = wish.folder === undefined ? store.runFolder(wish.id) : store.vmFolder(wish.folder)
  const program = programOf(plan, memory, wish.memoryFile)
  const parts = [...wholeParts(plan, store.runFolder(wish.id)), ...startParts(wish)]
  const argv = [...program, ...parts.flatMap(({ words }) => words)]
  await refuseClosedBridges(store.link, definition)
  for (const note of plan.notes) starting.log(note)
  const { warnings } = await store.start({
    uuid: wish.id,
    definition,
    note: JSON.stringify({ argv, program, parts, helpers: plan.helpers, notes: plan.notes }),
    folders: plan.helpers.flatMap(({ folder }) => (folder === undefined ? [] : [folder])),
    copies: plan.copies,
    helpers: plan.helpers.map(startWords),
    argv,
  })
  if (warnings !== '') starting.log(`QEMU: ${warnings}`)
}

/** A password is no word of a command, where everybody on the host could read it. Until it is set nobody gets in. */
export async function setPasswords(guest: Guest, definition: string): Promise<void> {
  for (const graphics of parseXml(definition).root.find('devices')?.children('graphics') ?? []) {
    const protocol = graphics.attribute('type')
    const password = graphics.attribute('passwd')
    if (password === undefined || (protocol !== 'vnc' && protocol !== 'spice')) continue
    await guest.execute('set_password', { protocol, password })
    const validTo = graphics.attribute('passwdValidTo')
    const until = validTo === undefined ? undefined : Date.parse(`${validTo}Z`)
    if (until !== undefined && !Number.isNaN(until))
      await guest.execute('expire_password', { protocol, time: String(Math.floor(until / 1000)) })
  }
}

export function noFolder(): AppError {
  return new AppError('invalid', 'This VM is not stored: it is gone once it stops')
}
