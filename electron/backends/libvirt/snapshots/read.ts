/** The VM, its snapshots and the files of its disks, as the host tells them now. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { allowed, refused, type Verdict } from '../../../../shared/model/snapshots/verdict'
import { isActive } from '../../../../shared/model/vm'
import { parseXml } from '../../../domain-xml/document'
import { readSnapshot } from '../../../domain-xml/snapshots/document'
import {
  isDenied,
  isRpcError,
  virDomainXMLFlags,
  type DomainSnapshotHandle,
} from '../../../libvirt-rpc/index'
import { chainOf, foreignIn, type LookedAt } from '../../snapshots/chains'
import { ownDisks, type Reading } from '../../snapshots/reading'
import { factsOfDefinition } from '../../snapshots/vm-facts'
import { domainOf } from '../domain-handle'
import { readDefinitions } from '../hardware/definitions'
import { currentRecord, readTimeoutMs, type LibvirtHost } from '../host'
import type { HostCommands } from '../../images/host-commands'
import { windowed } from '../../windowed'
import { readDisks } from '../../../domain-xml/disks'

const options = { timeoutMs: readTimeoutMs }
/** qcow2 files for UEFI variables, and snapshots inside them: libvirt 10.10. */
const internalUefiSince = 10_010_000

export interface SnapshotParts {
  readonly host: LibvirtHost
  readonly commands: HostCommands
  /** Found out once. */
  canWorkOnFiles(): Promise<Verdict>
}

export async function readAll({ host, commands, canWorkOnFiles }: SnapshotParts, id: VmId): Promise<Reading> {
  const [record, definitions, worksOnFiles] = await Promise.all([
    currentRecord(host, id),
    readDefinitions(host, id),
    canWorkOnFiles(),
  ])
  const now = definitions.running ?? definitions.stored
  const stored = definitions.stored ?? definitions.running
  if (!now || !stored) throw new AppError('not-found', 'This VM no longer exists')
  const canSnapshot: Verdict =
    host.driver === 'QEMU'
      ? allowed
      : refused(`Only QEMU guests can have snapshots here, and this host runs ${host.driver}`)
  const facts = factsOfDefinition(now.root)
  const vm: Reading['vm'] = {
    name: record.name,
    isActive: isActive(record.state),
    isPaused: record.state === 'paused',
    isPersistent: record.isPersistent,
    hasSavedState: record.hasSavedState,
    ...facts,
    definition: stored,
    canSnapshot,
    canInternalUefi: host.rpc.control.facts.libVersion >= internalUefiSince,
    canWorkOnFiles: worksOnFiles,
  }
  if (!canSnapshot.isAllowed) return { vm, snapshots: [], current: undefined, chains: [], foreign: [] }
  const { snapshots, current } = await readSnapshots(host, id)
  const live = new Map(
    readDisks(parseXml(now.toString(), `the definition of ${record.name}`).root).map((disk) => [
      disk.target,
      disk,
    ]),
  )
  const looked: LookedAt[] = await Promise.all(
    ownDisks(vm)
      .filter(({ path }) => path !== undefined)
      .map((disk) =>
        chainOf(
          worksOnFiles.isAllowed ? commands : undefined,
          disk,
          vm.isActive ? live.get(disk.target) : undefined,
        ),
      ),
  )
  return {
    vm,
    snapshots,
    current,
    chains: looked.map(({ target, files }) => ({ target, files })),
    foreign: foreignIn(looked, new Set(snapshots.map(({ name }) => name))),
  }
}

const width = 6

async function readSnapshots(host: LibvirtHost, id: VmId): Promise<Pick<Reading, 'snapshots' | 'current'>> {
  const dom = domainOf(id, host.inventory.nameOf(id))
  const { snapshots } = await host.rpc.call(
    'DOMAIN_LIST_ALL_SNAPSHOTS',
    { dom, need_results: 1, flags: 0 },
    options,
  )
  const texts = await windowed(snapshots, width, (snap) => snapshotXml(host, snap))
  return {
    snapshots: texts.flatMap((xml) => (xml === undefined ? [] : [readSnapshot(xml)])),
    current: await currentOf(host, id),
  }
}

async function currentOf(host: LibvirtHost, id: VmId): Promise<string | undefined> {
  const dom = domainOf(id, host.inventory.nameOf(id))
  const { result } = await host.rpc.call('DOMAIN_HAS_CURRENT_SNAPSHOT', { dom, flags: 0 }, options)
  if (result === 0) return undefined
  try {
    return (await host.rpc.call('DOMAIN_SNAPSHOT_CURRENT', { dom, flags: 0 }, options)).snap.name
  } catch (error) {
    if (isRpcError(error, 'VIR_ERR_NO_DOMAIN_SNAPSHOT')) return undefined
    throw error
  }
}

/** With passwords, without which it could not be stored again; undefined for one that has gone meanwhile. */
async function snapshotXml(host: LibvirtHost, snap: DomainSnapshotHandle): Promise<string | undefined> {
  const read = async (flags: number): Promise<string> =>
    (await host.rpc.call('DOMAIN_SNAPSHOT_GET_XML_DESC', { snap, flags }, options)).xml
  try {
    // VIR_DOMAIN_SNAPSHOT_XML_SECURE has the value of the flag for domains
    return await read(virDomainXMLFlags.VIR_DOMAIN_XML_SECURE)
  } catch (error) {
    if (isDenied(error)) return read(0)
    if (isRpcError(error, 'VIR_ERR_NO_DOMAIN_SNAPSHOT')) return undefined
    throw error
  }
}
