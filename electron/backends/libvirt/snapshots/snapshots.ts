/** Snapshots of QEMU guests: what libvirt can do is its work, the rest is done by steps that leave disks whole. */
import { AppError } from '../../../../shared/errors'
import type { RevertStart } from '../../../../shared/model/snapshots/plan'
import type { Verdict } from '../../../../shared/model/snapshots/verdict'
import type { VmId } from '../../../../shared/model/ids'
import { moveDisk, sourcesOf } from '../../../domain-xml/snapshots/document'
import {
  virDomainCreateFlags,
  virDomainSaveRestoreFlags as restoreFlags,
  virDomainSnapshotCreateFlags as createFlags,
  virDomainSnapshotDeleteFlags as deleteFlags,
  virDomainSnapshotRevertFlags as revertFlags,
  type DomainSnapshotHandle,
} from '../../../libvirt-rpc/index'
import type { ActionContext } from '../../backend'
import type { CreateOrder, MergeOrder, SnapshotDriver } from '../../snapshots/driver'
import { virshCommands } from '../../snapshots/commands'
import { mergeFiles, removeFile, resetFiles, worksOnFiles } from '../../snapshots/files'
import { snapshotSession } from '../../snapshots/session'
import type { SnapshotSession } from '../../snapshot-session'
import { defineDomain } from '../define-domain'
import { domainJobLimitMs, runDomainJob } from '../domain-job'
import { domainOf } from '../domain-handle'
import { changeTimeoutMs, currentRecord, type LibvirtHost } from '../host'
import { readDefinitions } from '../hardware/definitions'
import type { HostCommands } from '../../images/host-commands'
import { usageFrom, type FreshUsage } from '../storage/usage'
import { readWholeUses } from '../storage/usage-whole'
import { translated } from '../translated'
import type { DiskSource } from '../../../domain-xml/disks'
import { mergeRunning } from './merge-running'
import { readAll, type SnapshotParts } from './read'

export interface Surroundings {
  readonly commands: HostCommands
  readonly usage: FreshUsage
  virsh(words: readonly string[]): string
  changed(vm: VmId): void
}

/** Memory is read back before it is answered. */
const longTimeoutMs = 3_500_000
const startTimeoutMs = 110_000

export function snapshotsOf(host: LibvirtHost, around: Surroundings): SnapshotSession {
  return translated(snapshotSession(driverOf(host, around)))
}

function driverOf(host: LibvirtHost, { commands, usage, virsh, changed }: Surroundings): SnapshotDriver {
  let works: Promise<Verdict> | undefined
  const parts: SnapshotParts = { host, commands, canWorkOnFiles: () => (works ??= worksOnFiles(commands)) }
  const handle = (id: VmId, name: string): DomainSnapshotHandle => ({
    name,
    dom: domainOf(id, host.inventory.nameOf(id)),
  })
  const remove = async (id: VmId, name: string, flags: number): Promise<void> => {
    await host.rpc.callJob(
      'DOMAIN_SNAPSHOT_DELETE',
      { snap: handle(id, name), flags },
      { timeoutMs: longTimeoutMs },
    )
  }
  return {
    read: (id) => readAll(parts, id),
    async usersOf(paths) {
      // a clone that was made on one of them a moment ago is known to no pool yet
      const near = paths.map((path): DiskSource => ({ kind: 'path', path }))
      const { users, unread } = usageFrom(await readWholeUses(host, commands, near))
      if (unread.length > 0)
        throw new AppError(
          'busy',
          'Nobody knows whether others need these files: not everything could be read',
          {
            cure: 'See what could not be read, and make it readable first; or only forget the snapshot.',
            detail: unread.join('\n'),
          },
        )
      return new Map(paths.map((path) => [path, users[path] ?? []]))
    },
    create: (id, order, context) => create(host, id, order, context),
    async revertInternal(id, name, start) {
      const flags = revertFlags.VIR_DOMAIN_SNAPSHOT_REVERT_FORCE | startFlag[start]
      await host.rpc.callJob(
        'DOMAIN_REVERT_TO_SNAPSHOT',
        { snap: handle(id, name), flags },
        { timeoutMs: longTimeoutMs },
      )
      await host.inventory.settle(id).catch(() => undefined)
    },
    resetOverlays: (_, overlays, memoryFile) => resetFiles(commands, overlays, memoryFile),
    async restoreMemory(id, { file, definition }, start) {
      const session = await host.openAnother()
      const flags =
        start === 'running'
          ? restoreFlags.VIR_DOMAIN_SAVE_RUNNING
          : start === 'paused'
            ? restoreFlags.VIR_DOMAIN_SAVE_PAUSED
            : 0
      try {
        await session.call(
          'DOMAIN_RESTORE_FLAGS',
          { from: file, dxml: definition.toString(), flags },
          { timeoutMs: longTimeoutMs },
        )
      } finally {
        void session.close()
      }
      await host.inventory.settle(id).catch(() => undefined)
    },
    async startVm(id, start) {
      const flags = start === 'paused' ? virDomainCreateFlags.VIR_DOMAIN_START_PAUSED : 0
      await host.rpc.callJob(
        'DOMAIN_CREATE_WITH_FLAGS',
        { dom: domainOf(id, host.inventory.nameOf(id)), flags },
        { timeoutMs: startTimeoutMs },
      )
      await host.inventory.settle(id).catch(() => undefined)
    },
    merge: (id, order, context) => merge(host, commands, id, order, context),
    removeData: (id, name) => remove(id, name, 0),
    forget: (id, name) => remove(id, name, deleteFlags.VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY),
    async redefine(id, document, isCurrent) {
      const flags =
        createFlags.VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE |
        (isCurrent ? createFlags.VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT : 0)
      await host.rpc.callJob(
        'DOMAIN_SNAPSHOT_CREATE_XML',
        { dom: domainOf(id, host.inventory.nameOf(id)), xml_desc: document.toString(), flags },
        { timeoutMs: changeTimeoutMs },
      )
    },
    removeFile: (path) => removeFile(commands, path),
    commands: virshCommands(virsh),
    changed(id) {
      usage.drop()
      changed(id)
    },
  }
}

const startFlag: Record<RevertStart, number> = {
  'as-was': 0,
  running: revertFlags.VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING,
  paused: revertFlags.VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED,
}

async function create(
  host: LibvirtHost,
  id: VmId,
  { xml, isDiskOnly, quiesce, live, reuse }: CreateOrder,
  context: ActionContext,
): Promise<void> {
  const flags =
    // all disks or none of them
    createFlags.VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC |
    (isDiskOnly ? createFlags.VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY : 0) |
    (quiesce ? createFlags.VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE : 0) |
    (live ? createFlags.VIR_DOMAIN_SNAPSHOT_CREATE_LIVE : 0) |
    (reuse ? createFlags.VIR_DOMAIN_SNAPSHOT_CREATE_REUSE_EXT : 0)
  const dom = domainOf(id, host.inventory.nameOf(id))
  await runDomainJob(host, dom, context, (session) =>
    session.call(
      'DOMAIN_SNAPSHOT_CREATE_XML',
      { dom, xml_desc: xml.toString(), flags },
      { timeoutMs: domainJobLimitMs },
    ),
  )
  await host.inventory.settle(id).catch(() => undefined)
}

async function merge(
  host: LibvirtHost,
  commands: HostCommands,
  id: VmId,
  order: MergeOrder,
  context: ActionContext,
): Promise<void> {
  const { state } = await currentRecord(host, id)
  if (state !== 'shut-off' && state !== 'crashed') {
    await mergeRunning(host, id, order, context)
    return
  }
  await mergeFiles(commands, order, context)
  const { stored } = await readDefinitions(host, id)
  if (!stored) throw new AppError('not-found', 'This VM no longer exists')
  // also where the disk stays what it is: libvirt writes the chain down, and would look for the file that is gone
  const path = order.above === undefined ? order.base : sourcesOf(stored.root).get(order.target)
  if (path !== undefined)
    moveDisk(stored.root, order.target, {
      path,
      ...(order.above === undefined ? { format: order.baseFormat } : {}),
    })
  await defineDomain(host, stored.toString(), 0)
  await removeFile(commands, order.overlay)
}
