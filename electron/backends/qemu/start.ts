/** Starting a guest: from a definition to a process that outlives us. */
import type { VmId } from '../../../shared/model/ids'
import { AppError } from '../../../shared/errors'
import { parseXml } from '../../domain-xml/document'
import type { Emulators } from './emulators'
import { argvOf, type ArgvPlan } from './argv/plan'
import { planArgv } from './argv/plan-argv'
import type { Store } from './store/store'

export interface StartWish {
  readonly id: VmId
  readonly definition: string
  /** Of the store; absent for a VM that is not stored. */
  readonly folder?: string
  readonly isPaused?: boolean
  /** Waits for memory that was saved. */
  readonly isIncoming?: boolean
}

export interface Starting {
  readonly store: Store
  readonly emulators: Emulators
  log(text: string): void
}

/** What the command would be; ends with an AppError for what no command can do. */
export async function planOf(
  { store, emulators }: Starting,
  { id, definition, folder }: StartWish,
): Promise<ArgvPlan> {
  const type = parseXml(definition, 'the definition').root.find('os', 'type')
  const emulator = await emulators.of(type?.attribute('arch') ?? 'x86_64')
  return planArgv(definition, {
    emulator: emulator.path,
    version: emulator.version,
    machines: emulator.machines.map(({ name }) => name),
    accelerators: emulator.accelerators,
    runFolder: store.runFolder(id),
    vmFolder: folder === undefined ? store.runFolder(id) : store.vmFolder(folder),
  })
}

export async function startGuest(starting: Starting, wish: StartWish): Promise<void> {
  const { store } = starting
  const plan = await planOf(starting, wish)
  const memory = wish.folder === undefined ? store.runFolder(wish.id) : store.vmFolder(wish.folder)
  const argv = [
    // read by what a saved guest is written and read with (saves.ts)
    'env',
    `INNKEEPER_MEMORY=${memory}/memory`,
    ...argvOf(plan),
    ...(wish.isPaused === true || wish.isIncoming === true ? ['-S'] : []),
    ...(wish.isIncoming === true ? ['-incoming', 'defer'] : []),
  ]
  for (const note of plan.notes) starting.log(note)
  // one that is there is kept
  for (const { from, to } of plan.copies) await store.command(['cp', '-n', '--', from, to])
  const { warnings } = await store.start({
    uuid: wish.id,
    definition: wish.definition,
    note: JSON.stringify({ argv, notes: plan.notes }),
    helpers: plan.helpers.map(({ program, words }) => [program, ...words]),
    argv,
  })
  if (warnings !== '') starting.log(`QEMU: ${warnings}`)
}

export function noFolder(): AppError {
  return new AppError('invalid', 'This VM is not stored: it is gone once it stops')
}
