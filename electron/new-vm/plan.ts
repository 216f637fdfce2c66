/** What a new VM will be, worked out from what the user wants and what the host has. Changes nothing. */
import { AppError } from '../../shared/errors'
import type { NewVmInput, NewVmPlan, PlannedFile, PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import type { Volume } from '../../shared/model/storage/volume'
import type { HypervisorSession } from '../backends/backend'
import { EditDocument } from '../domain-xml/edit/tree'
import { hardwareView } from '../domain-xml/hardware/view'
import { workOut } from '../domain-xml/hardware/work-out'
import type { CreationFacts } from './facts'
import { error } from './problem'
import { problemsOf } from './problems'
import { resolveNewVm, type Resolved } from './resolve'
import { discsOf, placeKey, readSurroundings, type Surroundings } from './surroundings'
import { newVmUuid } from './vm-uuid'

/** Who knows operating systems, and writes definitions and commands of what was resolved. */
export interface DefinitionWriter {
  os(id: string): Promise<OsKnowledge | undefined>
  definitionOf(input: NewVmInput, facts: CreationFacts, os: OsKnowledge | undefined): string
  virtInstallOf(
    input: NewVmInput,
    facts: CreationFacts,
    os: OsKnowledge | undefined,
  ): { readonly words: readonly string[]; readonly notes: readonly string[] } | undefined
}

export interface WorkedOutVm {
  readonly plan: NewVmPlan
  readonly uuid: string
  readonly resolved: Resolved
  /** The definition, once these volumes are there. */
  definitionWith(made: ReadonlyMap<number, Volume>): string
}

export async function planNewVm(
  session: HypervisorSession,
  input: NewVmInput,
  writer: DefinitionWriter,
): Promise<NewVmPlan> {
  return (await workOutNewVm(session, input, writer)).plan
}

export async function workOutNewVm(
  session: HypervisorSession,
  input: NewVmInput,
  writer: DefinitionWriter,
): Promise<WorkedOutVm> {
  const [around, os] = await Promise.all([
    readSurroundings(session, input),
    input.osId === undefined ? undefined : writer.os(input.osId),
  ])
  const uuid = newVmUuid(input.host, input.name, new Set((around.vms ?? []).map(({ id }) => id)))
  const resolved = resolveNewVm(input, around, uuid)
  const unchanged = EditDocument.parse(writer.definitionOf(input, resolved.facts, os))
  const problems = problemsOf(input, around, resolved, os)
  const document = withChanges(unchanged, input, problems)
  const install = writer.virtInstallOf(input, resolved.facts, os)
  const command = install && session.creation.virtInstall(install.words)
  return {
    plan: {
      xml: document.toString(),
      view: hardwareView({ stored: document }),
      files: filesOf(input, around, resolved),
      problems,
      ...(command === undefined ? {} : { command }),
      commandNotes: [
        ...(install?.notes ?? []),
        ...(install && input.changes.length > 0
          ? ['What was changed on the hardware pages is not part of the command.']
          : []),
      ],
    },
    uuid,
    resolved,
    definitionWith: (made) => {
      const { facts } = resolveNewVm(input, around, uuid, made)
      const written = EditDocument.parse(writer.definitionOf(input, facts, os))
      return changed(written, input).toString()
    },
  }
}

function changed(document: EditDocument, { changes }: NewVmInput): EditDocument {
  return changes.length === 0 ? document : workOut({ stored: document }, changes, 'next-start').after
}

/** Changes that do not fit any longer, as other choices were made since, are a problem like others. */
function withChanges(document: EditDocument, input: NewVmInput, problems: PlanProblem[]): EditDocument {
  try {
    return changed(document, input)
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    problems.push(
      error(
        'changes',
        `What was changed on the hardware pages does not fit any longer: ${cause.message}`,
        'Take those changes back, and make them anew.',
      ),
    )
    return document
  }
}

function filesOf(input: NewVmInput, around: Surroundings, resolved: Resolved): PlannedFile[] {
  const disks = input.disks.map((disk, at): PlannedFile => {
    if (disk.kind === 'existing') return used('disk', disk.image, around)
    const volume = resolved.volumes.find((one) => one.disk === at)
    const freeBytes = around.pools.byName.get(disk.pool)?.availableBytes
    return {
      action: 'create',
      what: 'disk',
      name: `${disk.pool}/${volume?.name ?? 'a new partition'}`,
      ...(volume?.path === undefined || volume.name === undefined ? {} : { path: volume.path }),
      sizeBytes: disk.sizeBytes,
      ...(freeBytes === undefined ? {} : { freeBytes }),
    }
  })
  const discs = discsOf(input.source).map((place) => used('disc', place, around))
  const { source } = input
  const drive: PlannedFile[] =
    source.kind === 'drive' ? [{ action: 'use', what: 'disc', name: source.device, path: source.device }] : []
  return [...disks, ...discs, ...drive]
}

function used(
  what: PlannedFile['what'],
  place: Parameters<typeof placeKey>[0],
  { volumes }: Surroundings,
): PlannedFile {
  const name = placeKey(place)
  const volume = volumes.get(name)
  const path = volume?.path ?? (place.kind === 'path' ? place.path : undefined)
  return {
    action: 'use',
    what,
    name,
    ...(path === undefined ? {} : { path }),
    ...(volume ? { sizeBytes: volume.capacityBytes } : {}),
  }
}
