/**
 * What a bundle becomes on a host. It is its definition, held against the rules for new VMs, with disks in places of this host;
 * what else is said in it stays as it is.
 */
import { randomUUID } from 'node:crypto'
import { isKind } from '../../../shared/errors'
import type { BundleInput, BundlePlan } from '../../../shared/model/new-vm/bundle'
import type { NewVmInput, PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { hasImageFiles, whyNotInPool } from '../../../shared/model/storage/volume-abilities'
import type { Pool } from '../../../shared/model/storage/pool'
import type { Volume } from '../../../shared/model/storage/volume'
import { formatBytes } from '../../../shared/units'
import type { HypervisorSession } from '../../backends/backend'
import { nvramPath } from '../../clone/definition'
import { renamedPath, volumeName } from '../../clone/names'
import { putDisk, sourceDisks } from '../../clone/source-disks'
import { readAt, writeAt } from '../../domain-xml/edit/path'
import { EditDocument, parseElement } from '../../domain-xml/edit/tree'
import { maskSecrets } from '../../domain-xml/secrets'
import { summaryOf, type Bundle } from './read'
import type { VmToMake } from '../create'
import { workOutDefinition } from '../from-definition'
import { error, warning } from '../problem'
import type { MadeVolumes, NewVolume } from '../resolve'
import type { PlannedVariables } from './variables'

export interface WorkedOutBundle {
  readonly plan: BundlePlan
  /** Absent where something stands against it. */
  readonly ready?: { readonly input: NewVmInput; readonly worked: VmToMake }
}

export async function workOutBundle(
  session: HypervisorSession,
  input: BundleInput,
  { manifest, xml }: Bundle,
): Promise<WorkedOutBundle> {
  const { disks } = summaryOf(manifest)
  const problems: PlanProblem[] = []
  const pools = (await session.storage.pools()).items.filter(takesFiles)
  const pool =
    input.pool === undefined
      ? (pools.find(({ name }) => name === 'default') ?? pools[0])
      : pools.find(({ name }) => name === input.pool)
  const volumes = pool ? await volumesIn(session, pool, input, disks) : []
  problems.push(...poolProblems(input, pool, disks))
  const oldPath = nvramPathIn(xml)
  const variables =
    manifest.variables && oldPath !== undefined && pool
      ? await placeOfVariables(session, renamedPath(oldPath, manifest.name, input.name))
      : undefined
  if (manifest.variables && pool && variables === undefined)
    problems.push(
      warning(
        'xml',
        'Its UEFI variables do not come along: no command can be run on this host.',
        'Reach the host by ssh, or let it make new ones.',
      ),
    )
  const own = new Set(disks.map(({ target }) => target))
  const found = await workOutDefinition(
    session,
    { host: input.host, xml, name: input.name, identity: input.identity, startsNow: input.startsNow },
    { isComing: (target) => own.has(target), ...(variables === undefined ? {} : { nvram: variables }) },
  )
  problems.push(...found.plan.problems)
  const definitionWith = (made: MadeVolumes): string =>
    written(found.ready?.worked.definitionWith(new Map()) ?? xml, input, volumes, made).toString()
  const isReady = found.ready !== undefined && !problems.some(({ level }) => level === 'error')
  const planned: PlannedVariables | undefined =
    manifest.variables && variables !== undefined && pool
      ? {
          file: input.file,
          member: manifest.variables.file,
          format: manifest.variables.format,
          pool: pool.name,
          to: variables,
        }
      : undefined
  return {
    plan: {
      disks: disks.map((disk, at) => ({ ...disk, to: volumes[at]?.path ?? volumes[at]?.name ?? '' })),
      pools: pools.map(({ name, availableBytes }) => ({
        name,
        ...(availableBytes === undefined ? {} : { freeBytes: availableBytes }),
      })),
      ...(pool ? { pool: pool.name } : {}),
      ...(found.ready ? { xml: maskSecrets(EditDocument.parse(definitionWith(new Map()))) } : {}),
      problems,
    },
    ...(isReady && found.ready
      ? {
          ready: {
            input: found.ready.input,
            worked: {
              ...found.ready.worked,
              resolved: {
                ...found.ready.worked.resolved,
                volumes: volumes.map(({ target: _, ...one }) => one),
              },
              definitionWith,
              ...(planned ? { variables: planned } : {}),
            },
          },
        }
      : {}),
  }
}

type PlannedVolume = NewVolume & { readonly target: string }

function takesFiles(pool: Pool): boolean {
  return (
    (pool.state === 'running' || pool.state === 'degraded') &&
    hasImageFiles(pool.type) &&
    whyNotInPool(pool.type, 'upload') === undefined
  )
}

async function volumesIn(
  session: HypervisorSession,
  pool: Pool,
  { name, file }: BundleInput,
  disks: BundlePlan['disks'] | ReturnType<typeof summaryOf>['disks'],
): Promise<PlannedVolume[]> {
  const taken = new Set((await session.storage.volumeNames(pool.name)).volumes.map((one) => one.name))
  return disks.map(({ target, format, file: member, capacityBytes }, at) => {
    const volume = volumeName(name, { target, isFirst: at === 0 }, format, true, (one) => taken.has(one))
    taken.add(volume)
    return {
      target,
      disk: at,
      pool: pool.name,
      name: volume,
      format,
      values: {},
      ...(pool.path === undefined ? {} : { path: `${pool.path}/${volume}` }),
      upload: { kind: 'local', file, member, toBytes: capacityBytes, isWhole: true },
    }
  })
}

function poolProblems(
  { pool: wanted }: BundleInput,
  pool: Pool | undefined,
  disks: ReturnType<typeof summaryOf>['disks'],
): PlanProblem[] {
  if (disks.length === 0) return []
  if (!pool)
    return [
      error(
        'pool',
        wanted === undefined
          ? 'No active pool of this host takes image files.'
          : `The pool "${wanted}" is not active, or takes no image files.`,
        'Start or make a pool that is a folder of the host.',
      ),
    ]
  const neededBytes = disks.reduce(
    (sum, { format, sizeBytes }) => sum + (format === 'raw' ? 0 : sizeBytes),
    0,
  )
  if (pool.availableBytes === undefined || pool.availableBytes >= neededBytes) return []
  return [
    error(
      'pool',
      `Its disks take ${formatBytes(neededBytes)}, and ${pool.name} has ${formatBytes(pool.availableBytes)} left.`,
      'Choose another pool, or free some space in it.',
    ),
  ]
}

function nvramPathIn(xml: string): string | undefined {
  try {
    return nvramPath(EditDocument.parse(xml).root)
  } catch {
    // told where the definition is looked at
    return undefined
  }
}

/** Free, or with something of its own in the name; undefined where nothing can be put there. */
async function placeOfVariables(session: HypervisorSession, path: string): Promise<string | undefined> {
  try {
    if (!(await session.images.pathAccess(path)).exists) return path
  } catch (reason) {
    if (isKind(reason, 'unsupported')) return undefined
    throw reason
  }
  const at = path.lastIndexOf('/') + 1
  return `${path.slice(0, at)}${randomUUID().slice(0, 8)}-${path.slice(at)}`
}

function written(
  xml: string,
  { identity }: BundleInput,
  volumes: readonly PlannedVolume[],
  made: MadeVolumes,
): EditDocument {
  const document = EditDocument.parse(xml)
  const { root } = document
  for (const { element, target } of sourceDisks(root)) {
    const planned = volumes.find((one) => one.target === target)
    if (!planned) continue
    const { pool, name = '', path, format } = planned
    const volume: Volume | undefined = made.get(planned.disk)
    const at = volume?.path ?? path
    putDisk(
      element,
      at === undefined ? { kind: 'volume', pool, volume: name } : { kind: 'file', path: at },
      format,
    )
    // without it the host takes every image for raw
    if (!element.find('driver')) element.insert(parseElement(`<driver name='qemu' type='${format}'/>`))
  }
  if (identity === 'new') {
    for (const card of root.find('devices')?.children('interface') ?? []) card.find('mac')?.remove()
    // https://libvirt.org/formatdomain.html#general-metadata: a guest is to notice that it is another one
    root.find('genid')?.setText(randomUUID())
  }
  // libvirt refuses a UUID there that is not the VM's own
  if (readAt(root, "sysinfo/system/entry[@name='uuid']") !== undefined)
    writeAt(root, "sysinfo/system/entry[@name='uuid']", readAt(root, 'uuid'))
  return document
}
