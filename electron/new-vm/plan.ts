/** What a new VM will be, worked out from what the user wants and what the host has. Changes nothing. */
import { AppError } from '../../shared/errors'
import type {
  LocalDisk,
  NewVmInput,
  NewVmPlan,
  PlaceOnHost,
  PlannedFile,
  PlanProblem,
} from '../../shared/model/new-vm/new-vm'
import { takesDiscInTree } from '../../shared/model/new-vm/answers/in-tree'
import type { DetectedTree } from '../../shared/model/new-vm/install-tree'
import type { OsKnowledge } from '../../shared/model/os/os'
import type { HypervisorSession } from '../backends/backend'
import { EditDocument } from '../domain-xml/edit/tree'
import { findItems } from '../domain-xml/hardware/items'
import { fingerprint, hardwareView } from '../domain-xml/hardware/view'
import { maskSecrets } from '../domain-xml/secrets'
import { formatFor, isAnswered, WrittenAnswers } from './answers-disc'
import { treeAnswersProblems } from './answers-problems'
import { changed, changedWith, type Changed } from './changes'
import { derivedMac } from './derived-mac'
import type { CreationFacts } from './facts'
import { plannedCopy } from './disc-copies'
import { firstStartOf, plannedStartFiles, type FirstStart } from './first-start/plan'
import { error } from './problem'
import { problemsOf } from './problems'
import { fieldsAsChosen, Seed, withImageDisk } from './cloud'
import { withOriginalSizes } from './originals'
import { resolveNewVm, type MadeVolumes, type Resolved } from './resolve'
import { changesForOther, givenMacs } from './series-changes'
import { discsOf, placeKey, readSurroundings, type Surroundings } from './surroundings'
import { templateProblems } from './template-problems'
import { lookAtTree, treeProblems } from './tree-problems'
import { newVmUuid } from './vm-uuid'

/** Who knows operating systems and folders to install them from, and writes definitions and commands of what was resolved. */
export interface DefinitionWriter {
  os(id: string): Promise<OsKnowledge | undefined>
  tree(url: string): Promise<DetectedTree>
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
  /** What it was worked out of. */
  readonly around: Surroundings
  /** Keys of its cards without the changes, as others of a series have other addresses. */
  readonly cards: readonly string[]
  /** The definition, once these volumes are there. */
  definitionWith(made: MadeVolumes): string
  /** For cloud images: the disc to be put where `resolved.seed` says. */
  seedDisc?(): Promise<Uint8Array>
  /** Where a kernel of its own starts it first. */
  readonly firstStart?: FirstStart
  /** To be put behind its initrd. */
  initrdMore?(): Promise<Uint8Array>
}

export async function workOutNewVm(
  session: HypervisorSession,
  chosen: NewVmInput,
  writer: DefinitionWriter,
  cardsOfFirst?: readonly string[],
): Promise<WorkedOutVm> {
  const [read, os, looked] = await Promise.all([
    readSurroundings(session, chosen),
    chosen.osId === undefined ? undefined : writer.os(chosen.osId),
    lookAtTree(chosen, writer),
  ])
  const tree = looked && 'tree' in looked ? looked.tree : undefined
  const around: Surroundings = { ...read, ...(tree ? { tree } : {}) }
  const wished = withOriginalSizes(withImageDisk(chosen, around), around)
  const uuid = newVmUuid(chosen.host, chosen.name, new Set((around.vms ?? []).map(({ id }) => id)))
  const resolved = resolveNewVm(wished, around, uuid)
  const facts: CreationFacts = { ...resolved.facts, ...(tree ? { tree } : {}) }
  const unchanged = EditDocument.parse(writer.definitionOf(wished, resolved.facts, os))
  const cards = findItems(unchanged.root, 'nic').map(({ ref }) => ref.key)
  const input = cardsOfFirst ? asOther(wished, cardsOfFirst, { cards, uuid, around }) : wished
  const problems = problemsOf(input, around, resolved, os).map((one) => fieldsAsChosen(input.source, one))
  const { document, basis } = withChanges(unchanged, input, problems)
  const { source } = input
  problems.push(...templateProblems(document.root, 'changes', input.startsNow || source.kind === 'tree'))
  const firstStart = source.kind === 'tree' && tree ? firstStartOf(input, source, tree, around) : undefined
  if (source.kind === 'tree' && looked)
    problems.push(...treeProblems(input, source, looked, firstStart, around))
  const seed = source.kind === 'cloud' ? new Seed(input, source, uuid, document, os) : undefined
  const format = isAnswered(source) ? formatFor(source, os, tree) : undefined
  const answers =
    isAnswered(source) && format ? new WrittenAnswers(input, source, document, os, format) : undefined
  if (tree) problems.push(...treeAnswersProblems(input, tree, os, around))
  const isOnDisc = source.kind === 'iso' || (tree !== undefined && takesDiscInTree(tree))
  const disc = seed ?? (isOnDisc ? answers : undefined)
  const install = writer.virtInstallOf(input, facts, os)
  const command = install && session.creation.virtInstall(install.words)
  return {
    plan: {
      xml: maskSecrets(document),
      base: fingerprint(unchanged),
      view: hardwareView({ stored: basis }),
      files: [...filesOf(input, around, resolved), ...plannedStartFiles(firstStart)],
      problems,
      ...(seed ? { cloudInit: seed.preview() } : {}),
      ...(answers ? { answers: answers.preview() } : {}),
      ...(firstStart ? { kernelLine: firstStart.line } : {}),
      ...(command === undefined ? {} : { command }),
      commandNotes: [
        ...(install?.notes ?? []),
        ...(install
          ? resolved.discCopies.map(
              ({ name, pool }) => `The disc has to be copied into the pool "${pool}" as ${name} before.`,
            )
          : []),
        ...(install && input.changes.length > 0
          ? ['What was changed on the hardware pages is not part of the command.']
          : []),
      ],
    },
    uuid,
    resolved,
    around,
    cards,
    ...(disc ? { seedDisc: () => disc.disc() } : {}),
    ...(firstStart ? { firstStart } : {}),
    ...(firstStart && answers && !isOnDisc ? { initrdMore: () => answers.archive() } : {}),
    definitionWith: (made) => {
      const there = resolveNewVm(input, around, uuid, made)
      const written = EditDocument.parse(writer.definitionOf(input, there.facts, os))
      return changedWith(unchanged, written, input).toString()
    },
  }
}

/** One of a series, as changed as the first. */
function asOther(
  input: NewVmInput,
  cardsOfFirst: readonly string[],
  own: { readonly cards: readonly string[]; readonly uuid: string; readonly around: Surroundings },
): NewVmInput {
  const inUse = new Set([...own.around.usedMacs, ...own.cards, ...givenMacs(input.changes)])
  const { virtType } = input.guest
  const changes = changesForOther(input.changes, {
    cards: cardsOfFirst,
    ownCards: own.cards,
    mac: (at) => {
      const mac = derivedMac({ uuid: own.uuid, card: `given ${at}`, virtType }, inUse)
      inUse.add(mac)
      return mac
    },
  })
  return { ...input, changes }
}

/** Changes that do not fit any longer, as other choices were made since, are a problem like others. */
function withChanges(document: EditDocument, input: NewVmInput, problems: PlanProblem[]): Changed {
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
    return { document, basis: document }
  }
}

export function filesOf(input: NewVmInput, around: Surroundings, resolved: Resolved): PlannedFile[] {
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
  const discs = discsOf(input.source).flatMap((place, at): PlannedFile[] => {
    const copy = resolved.discCopies.find((one) => one.at === at)
    if (!copy) return [used('disc', place, around)]
    return [plannedCopy(copy, around), used('original', place, around)]
  })
  const { source } = input
  const drive: PlannedFile[] =
    source.kind === 'drive' ? [{ action: 'use', what: 'disc', name: source.device, path: source.device }] : []
  const originals = input.disks.flatMap((disk) =>
    disk.kind === 'new' && disk.original ? [originalFile(disk.original, around)] : [],
  )
  return [...disks, ...originals, ...discs, ...drive, ...cloudFiles(input, around, resolved)]
}

function cloudFiles({ source }: NewVmInput, around: Surroundings, { seed }: Resolved): PlannedFile[] {
  if (!seed) return []
  const { pool, name, path } = seed
  const made: PlannedFile = {
    action: 'create',
    what: source.kind === 'cloud' ? 'seed' : 'answers',
    name: `${pool}/${name}`,
    ...(path === undefined ? {} : { path }),
  }
  if (source.kind !== 'cloud') return [made]
  return [made, used(source.how === 'copy' ? 'original' : 'base', source.base, around)]
}

function originalFile(original: PlaceOnHost | LocalDisk, around: Surroundings): PlannedFile {
  if (original.kind !== 'local') return used('original', original, around)
  return { action: 'upload', what: 'original', name: original.member }
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
