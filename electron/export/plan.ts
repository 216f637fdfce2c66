/** What an export of a VM will be. Changes nothing. */
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError, errorData, isKind } from '../../shared/errors'
import type { ExportInput, ExportPlan } from '../../shared/model/export'
import type { PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { HypervisorSession } from '../backends/backend'
import { nvramPath } from '../clone/definition'
import { basePath, imageOf } from '../clone/disk-plans'
import type { SourceDisk } from '../clone/source-disks'
import { readCloneSurroundings, type CloneSurroundings } from '../clone/surroundings'
import { error } from '../new-vm/problem'
import { exportDisks, fileStem, roomyPools, type WorkedOutDisk } from './disks'
import { exportProblems } from './problems'

export interface WorkedOutExport {
  readonly plan: ExportPlan
  readonly around: CloneSurroundings
  readonly disks: readonly WorkedOutDisk[]
  /** The file with the UEFI variables, where it can be read. */
  readonly variables?: { readonly path: string; readonly sizeBytes: number; readonly format: string }
}

/** `path`: where it will be on this computer, once that was chosen. */
export async function workOutExport(
  session: HypervisorSession,
  input: ExportInput,
  path: string | undefined,
): Promise<WorkedOutExport> {
  const vms = await session.listVms()
  const vm = vms.find(({ id }) => id === input.vm)
  if (!vm) throw new AppError('not-found', 'This VM is no longer there')
  const around = await readCloneSurroundings(session, input, vm, vms)
  const layers = new Map(
    await Promise.all(
      around.disks.map(async (disk) => [disk.target, await layersBelow(session, disk, around)] as const),
    ),
  )
  const disks = exportDisks(input, around, layers)
  const planned = disks.map((one) => one.planned)
  const pools = roomyPools(around)
  const isMade = planned.some(({ isConverted }) => isConverted)
  const pool = isMade
    ? input.pool === undefined
      ? pools[0]
      : pools.find(({ name }) => name === input.pool)
    : undefined
  const variables = input.kind === 'bundle' ? variablesOf(around) : undefined
  const neededBytes =
    planned.reduce((sum, disk) => sum + (disk.isIncluded ? (disk.neededBytes ?? 0) : 0), 0) +
    (variables?.sizeBytes ?? 0)
  const freeBytes = path === undefined ? undefined : await freeAt(path)
  const plan: Omit<ExportPlan, 'problems'> = {
    source: vm.name,
    fileName: fileName(vm.name, input),
    disks: planned,
    pools: pools.map(({ name, availableBytes }) => ({
      name,
      ...(availableBytes === undefined ? {} : { freeBytes: availableBytes }),
    })),
    ...(pool ? { pool: pool.name } : {}),
    hasVariables: variables !== undefined,
    neededBytes,
    ...(freeBytes === undefined ? {} : { freeBytes }),
  }
  return {
    around,
    disks,
    ...(variables ? { variables } : {}),
    plan: {
      ...plan,
      problems: [
        ...exportProblems(input, plan, around, variables !== undefined),
        ...(await unreadable(session, disks)),
      ],
    },
  }
}

/** What the host's own tools are to make an image of has to be within their reach. */
async function unreadable(
  { images }: HypervisorSession,
  disks: readonly WorkedOutDisk[],
): Promise<PlanProblem[]> {
  const found = await Promise.all(
    disks.map(async ({ planned, way }) => {
      if (way?.kind !== 'convert') return []
      try {
        const { brokenBy } = await images.image(way.path)
        return brokenBy === undefined ? [] : [error(`disks.${planned.target}`, `${brokenBy}.`)]
      } catch (reason) {
        if (isKind(reason, 'unreachable', 'cancelled')) throw reason
        const { message, cure } = errorData(reason)
        const field = `disks.${planned.target}`
        return [error(field, `${planned.target} cannot be converted: ${message}.`, cure)]
      }
    }),
  )
  return found.flat()
}

function fileName(name: string, { kind, as }: ExportInput): string {
  const stem = fileStem(name)
  if (as === 'folder') return kind === 'bundle' ? `${stem}-bundle` : `${stem}-ovf`
  return kind === 'bundle' ? `${stem}.innkeeper.tar` : `${stem}.ova`
}

/** Images below it. Where no command can be run the pool at least knows whether there is one. */
async function layersBelow(
  session: HypervisorSession,
  disk: SourceDisk,
  around: CloneSurroundings,
): Promise<number> {
  const found = around.volumes.get(disk.target)
  const path = basePath(disk, around)
  const first = found?.volume.backingPath ?? imageOf(disk, around)?.backingPath
  if (path === undefined || first === undefined) return 0
  try {
    return Math.max(1, (await session.images.image(path)).chain.length - 1)
  } catch (reason) {
    if (isKind(reason, 'unreachable', 'cancelled')) throw reason
    return 1
  }
}

function variablesOf({ original, images }: CloneSurroundings): WorkedOutExport['variables'] {
  const path = nvramPath(original.root)
  const image = path === undefined ? undefined : images.get(path)
  if (path === undefined || !image) return undefined
  const isRaw = image.format === 'raw'
  const sizeBytes = isRaw ? image.virtualSizeBytes : image.actualSizeBytes
  return sizeBytes === undefined ? undefined : { path, sizeBytes, format: image.format }
}

/** Undefined where the system does not tell; writing tells in any case. */
async function freeAt(path: string): Promise<number | undefined> {
  const found = await statfs(dirname(path)).catch(() => undefined)
  return found && found.bavail * found.bsize
}
