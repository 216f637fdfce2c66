/** Moving VMs to and from a host without libvirt. Both have to be of this kind. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import type { TuneOptions } from '../../../../shared/model/migration/options'
import { parseXml } from '../../../domain-xml/document'
import { isObject } from '../../../qmp/index'
import { findsHost } from '../../host/before-moving'
import type { MigrationSession, MovableDefinitions } from '../../migration-session'
import type { Guest } from '../guest'
import { runningGuest, type QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { readKept } from '../snapshots/kept'
import { receive } from './arrival'
import { compareCpu } from './cpu'
import { setSpeed } from './disks'
import { readFacts } from './facts'
import { move, withMachine } from './move'

export const migrationKind = 'qemu-direct'

export function migrationOf(host: QemuHost): MigrationSession {
  return {
    kind: () => migrationKind,
    uri: () => host.info.connectedUri,
    definitions: (vm) => definitions(host, vm),
    facts: (of) => readFacts(host, of),
    compareCpu: (cpuXml, of) => compareCpu(host, cpuXml, of),
    // QEMU tells of each model what the host lacks, and not what two hosts have in common
    commonCpu: async () => undefined,
    reaches: (address) => findsHost(host.commands, address),
    move: (vm, to, request, context) => move(host, vm, to, request, context),
    receive: (offer) => receive(host, offer),
    tune: (vm, options) => tune(host, vm, options),
    switchToPostCopy: async (vm) => {
      await (await runningGuest(host, vm)).guest.execute('migrate-start-postcopy')
    },
  }
}

async function definitions(host: QemuHost, vm: VmId): Promise<MovableDefinitions> {
  const entry = await host.inventory.find(vm)
  const { running, run, stored, guest } = entry
  const snapshotCount = await snapshotsOf(host, entry)
  const kept = {
    ...(stored === undefined ? {} : { stored }),
    ...(snapshotCount === 0 ? {} : { snapshotCount }),
  }
  if (!run) return kept
  if (running === undefined) throw new AppError('busy', 'What this VM runs with is not known at the moment')
  const type = parseXml(running).root.find('os', 'type')
  const { machines } = await host.emulators.of(type?.attribute('arch') ?? 'x86_64')
  const canonicalOf = (machine: string): string | undefined =>
    machines.find(({ name }) => name === machine)?.canonical
  const obstacles = guest ? await obstaclesOf(guest) : []
  return {
    running: withMachine(running, canonicalOf),
    ...kept,
    ...(obstacles.length === 0 ? {} : { obstacles }),
  }
}

async function snapshotsOf({ store }: QemuHost, { folder }: VmEntry): Promise<number> {
  return folder === undefined ? 0 : ((await readKept(store, [folder])).get(folder)?.snapshots.length ?? 0)
}

/** Told since QEMU 6.0; before, it refuses when the move begins. */
async function obstaclesOf(guest: Guest): Promise<string[]> {
  const answer = await guest.execute('query-migrate')
  const reasons = isObject(answer) ? answer['blocked-reasons'] : undefined
  return Array.isArray(reasons) ? reasons.filter((one) => typeof one === 'string') : []
}

async function tune(host: QemuHost, vm: VmId, options: TuneOptions): Promise<void> {
  const { guest } = await runningGuest(host, vm)
  const { bandwidthBytesPerSecond, maxDowntimeMs } = options
  if (bandwidthBytesPerSecond !== undefined) await setSpeed(guest, bandwidthBytesPerSecond)
  await guest.execute('migrate-set-parameters', {
    ...(bandwidthBytesPerSecond === undefined ? {} : { 'max-bandwidth': bandwidthBytesPerSecond }),
    ...(maxDowntimeMs === undefined ? {} : { 'downtime-limit': maxDowntimeMs }),
  })
}
