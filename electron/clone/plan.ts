/** What clones of a VM will be. Changes nothing. */
import { AppError } from '../../shared/errors'
import { cloneNames, type CloneInput, type ClonePlan, type PlannedClone } from '../../shared/model/clone'
import { isActive } from '../../shared/model/vm'
import { shellWord } from '../../shared/shell-word'
import type { HypervisorSession } from '../backends/backend'
import { maskSecrets } from '../domain-xml/secrets'
import { newVmUuid } from '../new-vm/vm-uuid'
import { clonedDefinition, nvramPath, type ClonedDefinition, type DiskChange } from './definition'
import { planDisks, takesCopies, type TakenNames } from './disk-plans'
import { renamedPath } from './names'
import { cloneProblems } from './problems'
import type { NewPlace } from './source-disks'
import { readCloneSurroundings, type CloneSurroundings } from './surroundings'
import { virtCloneWords } from './virt-clone'

/** Volumes that are there by now, by target. */
export type MadeDisks = ReadonlyMap<string, NewPlace>

export interface WorkedOutClone {
  readonly planned: PlannedClone
  readonly uuid: string
  definitionWith(made: MadeDisks): string
}

export interface WorkedOutClones {
  readonly plan: ClonePlan
  readonly clones: readonly WorkedOutClone[]
  readonly around: CloneSurroundings
  readonly startsNow: boolean
}

export async function planClone(session: HypervisorSession, input: CloneInput): Promise<ClonePlan> {
  return (await workOutClones(session, input)).plan
}

export async function workOutClones(session: HypervisorSession, input: CloneInput): Promise<WorkedOutClones> {
  const vms = await session.listVms()
  const vm = vms.find(({ id }) => id === input.vm)
  if (!vm) throw new AppError('not-found', 'This VM is no longer there')
  const around = await readCloneSurroundings(session, input, vm, vms)
  const ids = new Set<string>(vms.map(({ id }) => id))
  const taken: TakenNames = new Map()
  const takenNvram = new Set<string>()
  const notes = new Set<string>()
  const clones = cloneNames(input.name, input.count).map((name): WorkedOutClone => {
    const uuid = newVmUuid(input.host, name, ids)
    ids.add(uuid)
    const disks = planDisks(input, name, around, taken)
    const nvram = nvramOf(name, around, takenNvram)
    const written = (made: MadeDisks): ClonedDefinition =>
      clonedDefinition(around.original, {
        name,
        uuid,
        usedMacs: around.usedMacs,
        size: { vcpuCount: input.vcpuCount, memoryBytes: input.memoryBytes },
        ...(input.description === undefined ? {} : { description: input.description }),
        ...(nvram ? { nvram: nvram.to } : {}),
        disks: new Map(
          disks.map((disk): [string, DiskChange] => {
            if (disk.how === 'skip') return [disk.target, { kind: 'drop' }]
            if (disk.how === 'share' || disk.pool === undefined || disk.volume === undefined)
              return [disk.target, { kind: 'keep' }]
            const place = made.get(disk.target) ?? plannedPlace(disk.pool, disk.volume, around)
            return [disk.target, { kind: 'put', place, format: disk.format }]
          }),
        ),
      })
    const planned = written(new Map())
    for (const note of planned.notes) notes.add(note)
    return {
      uuid,
      planned: {
        name,
        xml: maskSecrets(planned.document),
        disks,
        cards: planned.cards,
        ...(nvram ? { nvram } : {}),
      },
      definitionWith: (made) => written(made).document.toString(),
    }
  })
  const planned = clones.map((clone) => clone.planned)
  const [first] = planned
  const isSameSize = input.vcpuCount === undefined && input.memoryBytes === undefined
  const words =
    planned.length === 1 && first && isSameSize && !around.snapshot
      ? virtCloneWords(vm.name, first)
      : undefined
  const command = words && session.creation.virtClone(words)
  return {
    around,
    clones,
    startsNow: input.startsNow === true,
    plan: {
      source: vm.name,
      clones: planned,
      pools: around.pools.filter(takesCopies).map(({ name, path, availableBytes }) => ({
        name,
        ...(path === undefined ? {} : { path }),
        ...(availableBytes === undefined ? {} : { freeBytes: availableBytes }),
      })),
      problems: cloneProblems(input, planned, [...notes], around),
      ...(command === undefined ? {} : { command }),
      identityCommand: identityCommand(first?.name ?? input.name),
    },
  }
}

/** Of type file or block as the pool's volumes are; the host tells for sure once it is made. */
function plannedPlace(pool: string, volume: string, { pools }: CloneSurroundings): NewPlace {
  const found = pools.find(({ name }) => name === pool)
  if (found?.path === undefined) return { kind: 'volume', pool, volume }
  return {
    kind: found.type === 'logical' || found.type === 'zfs' ? 'block' : 'file',
    path: `${found.path}/${volume}`,
  }
}

/** A file that is there, or that another VM names and has not made yet, is that VM's: it is neither read nor written. */
function nvramOf(
  name: string,
  { original, images, vm, besideNvram, usage, snapshot }: CloneSurroundings,
  taken: Set<string>,
): PlannedClone['nvram'] {
  const from = nvramPath(original.root)
  // of a guest that is on they are being written to
  if (snapshot && isActive(vm.state)) return undefined
  if (from === undefined || !images.has(from)) return undefined
  const isTaken = (path: string): boolean =>
    taken.has(path) || besideNvram.has(path) || (usage?.users[path] ?? []).length > 0
  const to = renamedPath(from, vm.name, name, isTaken)
  taken.add(to)
  return { from, to }
}

/** See virt-sysprep(1): what two systems on a network must not have in common. */
function identityCommand(name: string): string {
  const isHostName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(name)
  return [
    'virt-sysprep',
    '-d',
    name,
    '--operations',
    'machine-id,ssh-hostkeys,udev-persistent-net,dhcp-client-state,customize',
    ...(isHostName ? ['--hostname', name] : []),
  ]
    .map(shellWord)
    .join(' ')
}
