/**
 * Moves a VM as planned. New volumes are made by us before the hosts begin, so that we know what to remove when a step fails
 * or the user cancels; the VM stays at the source then, as it was.
 */
import { AppError, errorData, isKind } from '../../shared/errors'
import type { MigrationFigures } from '../../shared/model/migration/figures'
import type { MoveInput, PlannedMoveDisk } from '../../shared/model/migration/move'
import { hasImageFiles } from '../../shared/model/storage/volume-abilities'
import type { HypervisorSession } from '../backends/backend'
import type { MoveOutcome } from '../backends/migration-session'
import { LeftBehind } from '../new-vm/left-behind'
import { copyVolume } from './copy-volume'
import { movedDefinitions } from './definitions'
import { newPlaces } from './disk-places'
import type { WorkedOutMove } from './plan'

export interface MoveRun {
  readonly signal: AbortSignal
  onFigures(figures: MigrationFigures): void
  readonly stallLimitMs?: number
}

export async function moveVm(
  from: HypervisorSession,
  to: HypervisorSession,
  worked: WorkedOutMove,
  input: MoveInput,
  run: MoveRun,
): Promise<MoveOutcome> {
  const { plan, around } = worked
  const copied = plan.disks.filter(({ isCopied }) => isCopied)
  const left = new LeftBehind(to, plan.name, run.signal)
  let outcome: MoveOutcome
  try {
    outcome = await (plan.isRunning || copied.length === 0
      ? moveByHosts(from, to, worked, input, copied, left, run)
      : moveByCopy(from, to, worked, input, copied, left, run))
  } catch (error) {
    // where it may run there after all, its disks must not go
    // a source that leads goes on without us
    const goesOn = input.options.way !== 'direct' && isKind(error, 'unreachable', 'timed-out')
    const isThere = goesOn ? 'perhaps' : await mayBeThere(to, around.vm.id)
    if (isThere === 'perhaps' && copied.length > 0) throw lookThere(error, copied)
    if (isThere !== 'no') throw error
    throw await left.removed(error)
  }
  await startsByItself(to, worked, input)
  return outcome
}

/** No definition tells that a VM starts with its host, so the hosts do not tell each other. */
async function startsByItself(
  to: HypervisorSession,
  { around: { vm }, plan }: WorkedOutMove,
  { options }: MoveInput,
): Promise<void> {
  if (!vm.autostart || (plan.isRunning && !options.isPermanent)) return
  try {
    await to.setAutostart(vm.id, true)
  } catch (error) {
    const { kind, message, detail } = errorData(error)
    throw new AppError(kind, `${plan.name} has moved, but does not start with its new host: ${message}`, {
      cure: 'Turn its autostart on there.',
      detail,
      cause: error,
    })
  }
}

async function mayBeThere(to: HypervisorSession, id: string): Promise<'yes' | 'no' | 'perhaps'> {
  try {
    return (await to.listVms()).some((vm) => vm.id === id) ? 'yes' : 'no'
  } catch {
    return 'perhaps'
  }
}

function lookThere(error: unknown, copied: readonly PlannedMoveDisk[]): AppError {
  const { kind, message, cure, detail } = errorData(error)
  const volumes = copied.map(({ pool, volume }) => `${pool}/${volume}`).join(', ')
  const rest = `If the VM is not at the destination in the end, delete there what was made for it: ${volumes}.`
  return new AppError(kind === 'cancelled' ? 'unreachable' : kind, message, {
    cure: `${cure ?? ''} ${rest}`.trim(),
    detail,
    cause: error,
  })
}

async function moveByHosts(
  from: HypervisorSession,
  to: HypervisorSession,
  { around }: WorkedOutMove,
  { vm, options }: MoveInput,
  copied: readonly PlannedMoveDisk[],
  left: LeftBehind,
  run: MoveRun,
): Promise<MoveOutcome> {
  run.onFigures({ phase: 'preparing' })
  for (const disk of copied) {
    const { pool = '', volume = '', format = 'raw', sizeBytes = 0, target } = disk
    const facts = around.disks.find((one) => one.disk.target === target)
    const at = { pool, volume }
    const base =
      options.storage === 'topLayer' && facts?.backingPath !== undefined
        ? { backingPath: facts.backingPath, backingFormat: facts.backingFormat ?? 'raw' }
        : {}
    const type = around.targetPools.find(({ name }) => name === pool)?.type ?? ''
    const values = {
      name: volume,
      ...(hasImageFiles(type) ? { format, allocation: 'sparse' } : {}),
      capacityBytes: sizeBytes,
      ...base,
    }
    const quiet = { signal: run.signal, onProgress: () => undefined }
    await left.making(at, () => to.storage.createVolume(pool, values, quiet))
    left.add(at)
    if (run.signal.aborted) throw new AppError('cancelled', 'Cancelled')
  }
  const places = newPlaces(copied, around.targetPools)
  return from.migration.move(
    vm,
    to.migration,
    {
      options,
      definitions: movedDefinitions(around.definitions, options, places),
      copiedDisks: copied.map(({ target }) => target),
    },
    run,
  )
}

/** A VM that is off: its disks through this computer, then its definition. Only then the source lets go of it. */
async function moveByCopy(
  from: HypervisorSession,
  to: HypervisorSession,
  { around }: WorkedOutMove,
  { vm, options }: MoveInput,
  copied: readonly PlannedMoveDisk[],
  left: LeftBehind,
  run: MoveRun,
): Promise<MoveOutcome> {
  const totalBytes = copied.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0)
  let before = 0
  for (const { target, pool = '', volume = '', format = 'raw', sizeBytes = 0 } of copied) {
    const facts = around.disks.find((one) => one.disk.target === target)
    if (facts?.pool === undefined || facts.volume === undefined)
      throw new AppError(
        'unsupported',
        `${target} is in no pool of the source, so it cannot be read from here`,
        {
          cure: 'Make a pool of its folder at the source.',
        },
      )
    const at = { pool, volume }
    await copyVolume(
      { storage: from.storage, at: { pool: facts.pool.name, volume: facts.volume } },
      { storage: to.storage, at },
      {
        signal: run.signal,
        make: async (fileBytes) => {
          await left.making(at, () => to.storage.prepareUpload(at, fileBytes, format))
          left.add(at)
        },
        onBytes: (bytes) => {
          const doneBytes = Math.min(totalBytes, before + bytes)
          run.onFigures({ phase: 'copying', doneBytes, totalBytes, remainingBytes: totalBytes - doneBytes })
        },
      },
    )
    before += sizeBytes
  }
  run.onFigures({ phase: 'finishing' })
  const { stored } = movedDefinitions(around.definitions, options, newPlaces(copied, around.targetPools))
  if (stored === undefined) throw new AppError('unsupported', 'This VM has no stored definition to move')
  await left.making({ vm }, () => to.creation.define(stored))
  if (options.removesSource)
    await from.delete(
      vm,
      { files: [] },
      { signal: new AbortController().signal, onProgress: () => undefined },
    )
  run.onFigures({ phase: 'done' })
  return {}
}
