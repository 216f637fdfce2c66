/** A new disc for cloud-init: written beside the old one, put into its drive, and only then the old one goes. */
import { randomUUID } from 'node:crypto'
import { AppError, errorData, isKind } from '../../shared/errors'
import type { ChangeHardwareInput } from '../../shared/model/hardware/change'
import { plain } from '../../shared/model/hardware/field'
import { mediumOf } from '../../shared/model/hardware/kinds/disk-volume'
import type { ApplyOutcome, HardwareItem, HardwareView } from '../../shared/model/hardware/view'
import type { VmRef } from '../../shared/model/ids'
import { seedFiles, type SeedFile } from '../../shared/model/new-vm/cloud-init'
import type { CloudSeed, SeedInput, WriteSeedInput } from '../../shared/model/new-vm/cloud-seed'
import type { DetectedMedium, MediumRef } from '../../shared/model/os/medium'
import type { OsKnowledge } from '../../shared/model/os/os'
import { isOurSeed } from '../backends/delete-files'
import type { HypervisorSession } from '../backends/backend'
import type { VolumeAt } from '../backends/storage-session'
import { shellOf } from '../new-vm/cloud'
import { freeName } from '../new-vm/free-name'
import { fullDrives } from '../new-vm/install-media/drives'
import { seedIso } from '../new-vm/seed-iso'
import { newSalt, sha512Crypt } from '../new-vm/sha512-crypt'
import type { TaskList } from '../tasks/task-list'
import { refuseTemplate } from './refuse-template'
import { asTaskWithAnswer, writable } from './session-tasks'
import type { VmHosts } from './vm-actions'

interface Parts {
  readonly hosts: VmHosts
  readonly tasks: TaskList
  readonly hardware: { apply(input: ChangeHardwareInput): Promise<ApplyOutcome> }
  readonly systems: {
    get(id: string): Promise<OsKnowledge | undefined>
    detect(medium: MediumRef): Promise<DetectedMedium | null>
  }
}

interface Found {
  readonly seed: CloudSeed
  readonly item: HardwareItem
  readonly view: HardwareView
  readonly old: VolumeAt
}

export class CloudSeeds {
  constructor(private readonly parts: Parts) {}

  /** Null: the VM has no such disc, or it is in no pool that is active. */
  async of(ref: VmRef): Promise<CloudSeed | null> {
    return (await this.#find(ref))?.seed ?? null
  }

  /** As it will be on the disc; a mark stands for the password's hash, and for the instance-id, which is drawn later. */
  async preview({ init, ...ref }: SeedInput): Promise<readonly SeedFile[]> {
    const { host, vm } = ref
    const view = await this.parts.hosts.get(host).hardware(vm)
    const hash = init.user?.password === undefined ? undefined : '(a hash of the password)'
    return this.#files(view, init, '(new)', hash)
  }

  /** What could not be done after the new disc was in its place; empty when all was. */
  async write({ init, base, ...ref }: WriteSeedInput): Promise<readonly string[]> {
    const { hosts, tasks, hardware } = this.parts
    const session = writable(hosts, ref.host)
    const { name } = hosts.vm(ref)
    await refuseTemplate(session, { id: ref.vm, name })
    const found = await this.#find(ref)
    if (!found) throw noSeed(name)
    if (found.view.base !== base) throw changedElsewhere(name)
    const { seed, item, view, old } = found
    const fresh = { pool: seed.pool, volume: seed.newVolume }
    await asTaskWithAnswer(
      tasks,
      { kind: 'volume.upload', title: `Writing ${fresh.volume} for ${name}`, host: ref.host },
      async ({ signal }) => putDisc(session, fresh, await this.#disc(view, init), signal),
    )
    let late: string | undefined
    try {
      late = await this.#insert(session, ref, fresh, { item, base, isRunning: view.isRunning, hardware })
    } catch (error) {
      // the old disc is where it was, so the new one is of no use to anybody
      await session.storage.deleteVolume(fresh, false).catch(() => undefined)
      throw error
    }
    if (late !== undefined)
      return [
        `The running VM keeps the old disc until its next start from off: ${late}. ${old.volume} stays.`,
      ]
    if (!seed.replaces) return []
    try {
      await session.storage.deleteVolume(old, false)
      return []
    } catch (error) {
      return isKind(error, 'not-found') ? [] : [`${old.volume} is still there: ${errorData(error).message}`]
    }
  }

  /** Why the running VM has not got it yet. */
  async #insert(
    session: HypervisorSession,
    ref: VmRef,
    { pool, volume }: VolumeAt,
    {
      item,
      base,
      isRunning,
      hardware,
    }: { item: HardwareItem; base: string; isRunning: boolean; hardware: Parts['hardware'] },
  ): Promise<string | undefined> {
    const made = (await session.volumes(pool)).volumes.find((one) => one.name === volume)
    if (!made) throw new AppError('not-found', `${volume} cannot be found in the pool ${pool}`)
    const wanted = Object.entries(mediumOf({ ...made, format: 'raw' }, pool))
    const outcome = await hardware.apply({
      ...ref,
      base,
      changes: [
        {
          kind: 'set',
          item: item.ref,
          values: Object.fromEntries(wanted.filter(([, value]) => value !== undefined)),
          unset: wanted.flatMap(([field, value]) =>
            value === undefined && item.values[field] !== undefined ? [field] : [],
          ),
        },
      ],
      when: isRunning ? 'now' : 'next-start',
    })
    if (outcome.kind === 'conflict') throw changedElsewhere(this.parts.hosts.vm(ref).name)
    return outcome.results[0]?.whyNotNow
  }

  async #disc(view: HardwareView, init: SeedInput['init']): Promise<Uint8Array> {
    const password = init.user?.password
    const hash = password === undefined ? undefined : await sha512Crypt(password, newSalt())
    const encoder = new TextEncoder()
    const files = await this.#files(view, init, randomUUID(), hash)
    return seedIso(
      'cidata',
      files.map(({ name, text }) => ({ name, bytes: encoder.encode(text) })),
      new Date(),
    )
  }

  async #files(
    view: HardwareView,
    init: SeedInput['init'],
    instance: string,
    passwordHash: string | undefined,
  ): Promise<readonly SeedFile[]> {
    const cards = view.items.filter(({ ref }) => ref.kind === 'nic')
    return seedFiles(init, {
      vmName: view.name,
      uuid: instance,
      macs: cards.map(({ values }) => plain(values['mac']) || undefined),
      passwordHash,
      shell: shellOf(await this.#system(view)),
    })
  }

  #system({ guest: { osId } }: HardwareView): Promise<OsKnowledge | undefined> {
    return osId === undefined ? Promise.resolve(undefined) : this.parts.systems.get(osId)
  }

  async #find(ref: VmRef): Promise<Found | undefined> {
    const session = this.parts.hosts.get(ref.host)
    const view = await session.hardware(ref.vm)
    for (const { item, place } of fullDrives(view)) {
      const old = await volumeAt(session, item, place)
      if (!old || !(await this.#isSeed(ref, view.name, old))) continue
      const { volumes } = await session.storage.volumeNames(old.pool)
      const taken = new Set(volumes.map(({ name }) => name))
      const user = (await this.#system(view))?.cloudUser
      const seed: CloudSeed = {
        name: view.name,
        isRunning: view.isRunning,
        base: view.base,
        drive: item.ref.key,
        place,
        pool: old.pool,
        newVolume: freeName({ stem: view.name, what: '-seed', ending: '.iso' }, (one) => taken.has(one)),
        replaces: isOurSeed(place, view.name),
        ...(user === undefined ? {} : { user }),
      }
      return { seed, item, view, old }
    }
    return undefined
  }

  /** By the label that cloud-init looks for; answers of autoinstall have it as well, and are for an installer only. */
  async #isSeed({ host }: VmRef, name: string, { pool, volume }: VolumeAt): Promise<boolean> {
    if (/-answers(?:-\d+)?\.iso$/.test(volume)) return false
    if (isOurSeed(volume, name)) return true
    try {
      const medium = await this.parts.systems.detect({ host, place: { kind: 'volume', pool, volume } })
      return medium?.label.toLowerCase() === 'cidata'
    } catch {
      return false
    }
  }
}

/** The volume of an active pool that lies in the drive. */
async function volumeAt(
  session: HypervisorSession,
  { values }: HardwareItem,
  place: string,
): Promise<VolumeAt | undefined> {
  const [pool, volume] = [plain(values['pool']), plain(values['volume'])]
  if (pool !== '' && volume !== '') return { pool, volume }
  const at = place.lastIndexOf('/')
  const { items } = await session.storage.pools()
  const own = items.find(({ state, path }) => state === 'running' && path === place.slice(0, Math.max(1, at)))
  if (!own) return undefined
  const name = place.slice(at + 1)
  const { volumes } = await session.storage.volumeDetails(own.name, [name])
  return volumes.length === 0 ? undefined : { pool: own.name, volume: name }
}

async function putDisc(
  { storage }: HypervisorSession,
  at: VolumeAt,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  await storage.prepareUpload(at, bytes.length, 'raw')
  try {
    const sink = await storage.openUpload(
      at,
      { offsetBytes: 0, lengthBytes: bytes.length, isSparse: false },
      signal,
    )
    try {
      await sink.write(bytes)
      await sink.finish()
    } catch (error) {
      await sink.abort().catch(() => undefined)
      throw error
    }
  } catch (error) {
    // half a disc is of no use; where it cannot go either, the pool shows it
    await storage.deleteVolume(at, false).catch(() => undefined)
    throw error
  }
}

function noSeed(name: string): AppError {
  return new AppError('not-found', `${name} has no disc for cloud-init in a pool that is active`, {
    cure: 'Put one into a CD drive on the Hardware page, or start its pool.',
  })
}

function changedElsewhere(name: string): AppError {
  return new AppError('busy', `${name} was changed elsewhere meanwhile, so its disc was not replaced`, {
    cure: 'Close this and look again.',
  })
}
