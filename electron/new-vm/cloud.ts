/** What a cloud image adds to a new VM: its first disk, and the disc that cloud-init reads. */
import { seedFiles, type SeedFile } from '../../shared/model/new-vm/cloud-init'
import { takesDiscInTree } from '../../shared/model/new-vm/answers/in-tree'
import type { InstallSource, NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { Values } from '../../shared/model/hardware/field'
import type { OsKnowledge } from '../../shared/model/os/os'
import type { Volume } from '../../shared/model/storage/volume'
import type { EditDocument } from '../domain-xml/edit/tree'
import { readItems } from '../domain-xml/hardware/view'
import type { CreationFacts } from './facts'
import { freeName } from './free-name'
import { existingImage, ofVolume, volumeAt, type VolumeInPool } from './images'
import { seedIso } from './seed-iso'
import { newSalt, sha512Crypt } from './sha512-crypt'
import { placeKey, type Surroundings } from './surroundings'

type CloudSource = Extract<InstallSource, { kind: 'cloud' }>

/** A copy of a volume, which grows to this size afterwards. */
export interface VolumeCopy {
  readonly pool: string
  readonly volume: string
  readonly fromBytes: number
  readonly toBytes: number
}

export interface PlannedSeed {
  readonly pool: string
  readonly name: string
  readonly path?: string
}

/** For all that follows the image's disk is the first of those that will be made. */
export function withImageDisk(input: NewVmInput, around: Surroundings): NewVmInput {
  const { source } = input
  if (source.kind !== 'cloud') return input
  const sizeBytes = source.sizeBytes ?? baseOf(source, around)?.capacityBytes ?? 0
  return {
    ...input,
    disks: [{ kind: 'new', pool: source.pool, sizeBytes, format: 'qcow2', isFull: false }, ...input.disks],
  }
}

/** What is said of the disks is found where the user chose them. */
export function fieldsAsChosen(source: InstallSource, problem: PlanProblem): PlanProblem {
  const [first, at = '', rest] = problem.field?.split('.') ?? []
  if (source.kind !== 'cloud' || first !== 'disks' || !/^\d+$/.test(at)) return problem
  const field =
    at === '0'
      ? rest === 'sizeBytes'
        ? 'source.sizeBytes'
        : 'source.pool'
      : ['disks', String(Number(at) - 1), ...(rest === undefined ? [] : [rest])].join('.')
  return { ...problem, field }
}

export function baseOf({ base }: CloudSource, { volumes }: Surroundings): Volume | undefined {
  return volumes.get(placeKey(base))
}

export function baseVolume(source: CloudSource, around: Surroundings): VolumeInPool | undefined {
  return volumeAt(source.base, around)
}

/** What the first volume is made of. */
export function cloudVolume(
  { source }: NewVmInput,
  at: number,
  around: Surroundings,
  values: Values,
): { readonly values: Values; readonly copy?: VolumeCopy } {
  if (source.kind !== 'cloud' || at > 0) return { values }
  const { source: image, format } = existingImage(source.base, around, 'disk')
  if (source.how === 'overlay')
    return {
      values: {
        ...values,
        ...(image.kind === 'volume' ? {} : { backingPath: image.path, backingFormat: format }),
      },
    }
  const from = baseVolume(source, around)
  if (!from) return { values }
  const { capacityBytes, name } = from.volume
  const toBytes = source.sizeBytes ?? capacityBytes
  return { values, copy: { pool: from.pool, volume: name, fromBytes: capacityBytes, toBytes } }
}

/** "web-01-seed.iso", then "web-01-seed-2.iso", beside the disk. */
export function seedOf({ name, source }: NewVmInput, around: Surroundings): PlannedSeed | undefined {
  const pool = seedPool(source, around)
  if (pool === undefined) return undefined
  const taken = around.volumeNames.get(pool)
  const what = source.kind === 'cloud' ? '-seed' : '-answers'
  const volume = freeName({ stem: name, what, ending: '.iso' }, (one) => taken?.has(one) === true)
  const path = around.pools.byName.get(pool)?.path
  return { pool, name: volume, ...(path === undefined ? {} : { path: `${path}/${volume}` }) }
}

function seedPool(source: InstallSource, { tree }: Pick<Surroundings, 'tree'>): string | undefined {
  if (source.kind === 'cloud') return source.pool
  if (source.kind === 'tree') return tree && takesDiscInTree(tree) ? source.answers?.pool : undefined
  return source.kind === 'iso' ? source.answers?.pool : undefined
}

export function cloudFacts(
  { source }: NewVmInput,
  around: Surroundings,
  seed: PlannedSeed | undefined,
  made: Volume | undefined,
): Pick<CreationFacts, 'seed' | 'base'> {
  if (!seed) return {}
  const planned = seed.path === undefined ? undefined : ({ kind: 'file', path: seed.path } as const)
  return {
    ...(source.kind === 'cloud'
      ? { base: { image: existingImage(source.base, around, 'disk'), how: source.how } }
      : {}),
    seed: {
      // a disc is read as it is, whatever its pool calls it
      format: 'raw',
      source: made
        ? ofVolume(seed.pool, made, around).source
        : (planned ?? { kind: 'volume', pool: seed.pool, volume: seed.name }),
    },
  }
}

/** What will be on the disc. The password is hashed when it is made, and not before. */
export class Seed {
  readonly #input: NewVmInput
  readonly #source: CloudSource
  readonly #uuid: string
  readonly #macs: readonly (string | undefined)[]
  readonly #shell: string | undefined

  constructor(
    input: NewVmInput,
    source: CloudSource,
    uuid: string,
    document: EditDocument,
    os: OsKnowledge | undefined,
  ) {
    this.#input = input
    this.#source = source
    this.#uuid = uuid
    // of the cards as they are in the end, also when the user changed them
    this.#macs = readItems(document.root, undefined)
      .filter(({ ref }) => ref.kind === 'nic')
      .map(({ values }) => (typeof values['mac'] === 'string' ? values['mac'] : undefined))
    this.#shell = shellOf(os)
  }

  /** To be shown: with a mark in place of the password's hash. */
  preview(): readonly SeedFile[] {
    const { user } = this.#source.init
    return this.#files(user?.password === undefined ? undefined : '(a hash of the password)')
  }

  async disc(): Promise<Uint8Array> {
    const password = this.#source.init.user?.password
    const hash = password === undefined ? undefined : await sha512Crypt(password, newSalt())
    const encoder = new TextEncoder()
    const files = this.#files(hash).map(({ name, text }) => ({ name, bytes: encoder.encode(text) }))
    return seedIso('cidata', files, new Date())
  }

  #files(passwordHash: string | undefined): readonly SeedFile[] {
    return seedFiles(this.#source.init, {
      vmName: this.#input.name,
      uuid: this.#uuid,
      macs: this.#macs,
      passwordHash,
      shell: this.#shell,
    })
  }
}

/** Others come with smaller shells; theirs is the one they give by themselves. */
export function shellOf(os: OsKnowledge | undefined): string | undefined {
  const hasBash = os?.family === 'linux' && !['alpinelinux', 'cirros', 'openwrt'].includes(os.distro ?? '')
  return hasBash ? '/bin/bash' : undefined
}
