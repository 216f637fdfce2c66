/** Who uses which image of a host: every VM, running and stored, its snapshots, and images built on images. */
import { isActive, type VmRecord } from '../../../../shared/model/vm'
import type { ImageUser, StorageUsage } from '../../../../shared/model/storage/volume'
import { parseXml, type XmlElement } from '../../../domain-xml/document'
import {
  isNoDomain,
  isRpcError,
  isUnknownProcedure,
  isUnsupported,
  RpcClosedError,
} from '../../../libvirt-rpc/index'
import { usersOfImages, type ImageUse } from '../../image-usage'
import { domainOf } from '../domain-handle'
import { given } from '../../../../shared/given'
import { inactiveXml, type LibvirtHost } from '../host'
import { quick, sweepMs, width } from '../host-choices-sweep'
import { turn } from '../turns'
import { windowed } from '../../windowed'
import type { DiskSource } from '../../../domain-xml/disks'
import { imagesOfDefinition, imagesOfSnapshot, keysOf } from '../../usage-definition'
import { readImages, reasonOf, type Images } from './usage-images'

export interface Named {
  readonly source: DiskSource
  readonly user: ImageUser
  readonly mayHaveBase?: true
  /** Of a snapshot: the disk it is of, or the memory. */
  readonly of?: { readonly target?: string; readonly isMemory?: true }
}

/** What was read of a host, from which it follows who uses what. */
export interface HostUses {
  readonly named: readonly Named[]
  readonly images: Images
  readonly unread: readonly string[]
}

export async function readUsage(host: LibvirtHost): Promise<StorageUsage> {
  return usageFrom(await readUses(host))
}

export function usageFrom({ named, images, unread }: HostUses): StorageUsage {
  const uses = named.flatMap(({ source, user }): ImageUse[] =>
    keysOf(source, images.paths).map((image) => ({ image, user })),
  )
  return { users: usersOfImages(uses, images.bases), unread }
}

export async function readUses(host: LibvirtHost): Promise<HostUses> {
  const untilMs = performance.now() + sweepMs
  const records = await host.inventory.readAll()
  const images = await readImages(host, untilMs)
  const unread = [...images.unread]
  const named = await windowed(records, width, async (record): Promise<Named[]> => {
    if (performance.now() > untilMs) {
      unread.push(`VM ${record.name}: the host took too long`)
      return []
    }
    try {
      return [...(await definitionsOf(host, record)), ...(await snapshotsOf(host, record))]
    } catch (error) {
      if (error instanceof RpcClosedError) throw error
      if (!isNoDomain(error)) unread.push(`VM ${record.name}: ${reasonOf(error)}`)
      return []
    }
  })
  return { named: named.flat(), images, unread }
}

/** A running VM may have other disks now than after its next start. */
async function definitionsOf(host: LibvirtHost, record: VmRecord): Promise<Named[]> {
  const found: Named[] = []
  for (const flags of isActive(record.state) && record.isPersistent ? [0, inactiveXml] : [0]) {
    const dom = domainOf(record.id, record.name)
    const { xml } = await host.rpc.callJob('DOMAIN_GET_XML_DESC', { dom, flags }, quick)
    const domain = await parsed(xml, `the definition of ${record.name}`)
    const isRunning = isActive(record.state)
    for (const { source, how, mayHaveBase } of imagesOfDefinition(domain)) {
      const user: ImageUser = { ...how, name: record.name, vm: record.id, isRunning }
      found.push({ source, user, ...given('mayHaveBase', mayHaveBase) })
    }
  }
  return found
}

async function snapshotsOf(host: LibvirtHost, record: VmRecord): Promise<Named[]> {
  const dom = domainOf(record.id, record.name)
  const { rpc } = host
  try {
    const { snapshots } = await rpc.callJob(
      'DOMAIN_LIST_ALL_SNAPSHOTS',
      { dom, need_results: 1, flags: 0 },
      quick,
    )
    const found: Named[] = []
    for (const snap of snapshots) {
      const { xml } = await rpc.callJob('DOMAIN_SNAPSHOT_GET_XML_DESC', { snap, flags: 0 }, quick)
      const user: ImageUser = {
        kind: 'snapshot',
        name: record.name,
        vm: record.id,
        isRunning: isActive(record.state),
        snapshot: snap.name,
      }
      const snapshot = await parsed(xml, `the description of snapshot ${snap.name}`)
      for (const { source, mayHaveBase, ...of } of imagesOfSnapshot(snapshot))
        found.push({ source, user, of, ...given('mayHaveBase', mayHaveBase) })
    }
    return found
  } catch (error) {
    if (isUnsupported(error) || isUnknownProcedure(error)) return []
    // removed between the list and the question about it
    if (isRpcError(error, 'VIR_ERR_NO_DOMAIN_SNAPSHOT')) return []
    throw error
  }
}

/** A thousand definitions take seconds to take apart: one per turn, so that nothing waits for all of them. */
async function parsed(xml: string, what: string): Promise<XmlElement> {
  await turn()
  return parseXml(xml, what).root
}

/** How long a reading made for one deletion serves the next ones: a reading each would take hours for thousands. */
const servesMs = 5000

/**
 * Usage as it is asked for before images are destroyed. What was read before a VM or a volume changed is not believed: an
 * image may have got a layer since.
 */
export class FreshUsage {
  #reading: Promise<StorageUsage> | undefined
  #untilMs = 0
  #changes = 0

  constructor(private readonly host: LibvirtHost) {}

  read(): Promise<StorageUsage> {
    const { changes } = this.host.inventory
    if (this.#reading && performance.now() < this.#untilMs && changes === this.#changes) return this.#reading
    this.#changes = changes
    const reading = readUsage(this.host)
    this.#reading = reading
    this.#untilMs = Number.POSITIVE_INFINITY
    const ended = (untilMs: number): void => {
      if (this.#reading === reading) this.#untilMs = untilMs
    }
    reading.then(
      () => ended(performance.now() + servesMs),
      () => ended(0),
    )
    return reading
  }

  /** Volumes were made or changed. */
  drop(): void {
    this.#reading = undefined
  }

  /** An image that was deleted no longer needs its base. */
  async forget(path: string): Promise<void> {
    const reading = this.#reading
    const before = await reading?.catch(() => undefined)
    if (!before || this.#reading !== reading) return
    const users = Object.fromEntries(
      Object.entries(before.users).map(([image, all]) => [
        image,
        all.filter(({ kind, name }) => kind !== 'image' || name !== path),
      ]),
    )
    this.#reading = Promise.resolve({ ...before, users })
  }
}
