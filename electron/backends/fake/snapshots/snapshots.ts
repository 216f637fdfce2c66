/** Snapshots of demo VMs: kept as libvirt would write them, so that the rules of real hosts apply to them. */
import { AppError } from '../../../../shared/errors'
import type { HostFeatures } from '../../../../shared/model/host'
import { allowed, refused, type Verdict } from '../../../../shared/model/snapshots/verdict'
import type { VmId } from '../../../../shared/model/ids'
import { isActive } from '../../../../shared/model/vm'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { definitionIn, readSnapshot } from '../../../domain-xml/snapshots/document'
import type { ActionContext } from '../../backend'
import type { SnapshotDriver } from '../../snapshots/driver'
import { virshCommands } from '../../snapshots/commands'
import { snapshotSession } from '../../snapshots/session'
import { factsOfDefinition } from '../../snapshots/vm-facts'
import type { SnapshotSession } from '../../snapshot-session'
import type { FakeHost } from '../fake-host'
import { chainOf } from '../images-chain'
import { recordFor, type FakeVm } from '../model'
import { usageOf } from '../storage/usage'
import { virshLine } from '../virsh-command'
import { runningXmlOf, storedXmlOf } from '../xml'
import { keep, take, withoutOverlayFiles } from './take'
import { runFrom, swapDefinition, swapFile } from './swap'

const steps = 8
const stepMs = 150

/** `answerTime` ends when the host would answer, or tells why it does not. */
export function fakeSnapshots(
  host: FakeHost,
  features: HostFeatures,
  answerTime: () => Promise<void>,
): SnapshotSession {
  const canSnapshot: Verdict = features.canSave
    ? allowed
    : refused('The hypervisor of this host keeps no snapshots')
  return snapshotSession(driverOf(host, canSnapshot, answerTime))
}

function driverOf(host: FakeHost, canSnapshot: Verdict, answerTime: () => Promise<void>): SnapshotDriver {
  const find = async (id: VmId): Promise<FakeVm> => {
    await answerTime()
    return host.get(id)
  }
  return {
    async read(id) {
      const vm = await find(id)
      const running = isActive(vm.state) ? runningXmlOf(vm, host.displayPort(vm)) : undefined
      const stored = EditDocument.parse(storedXmlOf(vm))
      const facts = factsOfDefinition(running === undefined ? stored.root : EditDocument.parse(running).root)
      return {
        vm: {
          name: vm.definition.name,
          isActive: running !== undefined,
          isPaused: vm.state === 'paused',
          isPersistent: vm.isPersistent,
          hasSavedState: recordFor(vm).hasSavedState,
          ...facts,
          definition: stored,
          canSnapshot,
          canInternalUefi: false,
          canWorkOnFiles: allowed,
        },
        snapshots: (vm.snapshots ?? []).map(({ xml }) => readSnapshot(xml)),
        current: vm.snapshots?.find(({ isCurrent }) => isCurrent)?.name,
        chains: facts.disks.flatMap(({ target, path, device, isFile }) =>
          device !== 'disk' || !isFile || path === undefined || !host.files.has(path)
            ? []
            : [
                {
                  target,
                  files: chainOf(host, path).images.map((image) => ({
                    path: image.path,
                    format: image.format,
                    ...(image.actualSizeBytes === undefined ? {} : { sizeBytes: image.actualSizeBytes }),
                  })),
                },
              ],
        ),
        foreign: [],
      }
    },
    async usersOf(paths) {
      await answerTime()
      const { users } = usageOf(host)
      return new Map(paths.map((path) => [path, users[path] ?? []]))
    },
    async create(id, order, context) {
      const vm = await find(id)
      const taken = take(host, vm, order)
      try {
        await busy(host, vm, 'snapshot', context)
      } catch (error) {
        withoutOverlayFiles(host, taken)
        throw error
      }
      keep(host, vm, taken)
    },
    async revertInternal(id, name, start) {
      const vm = await find(id)
      const snapshot = vm.snapshots?.find((one) => one.name === name)
      if (!snapshot) throw new AppError('not-found', 'The snapshot does not exist any more')
      await host.clock.delay(stepMs * 3)
      const facts = readSnapshot(snapshot.xml)
      const then = definitionIn(facts)
      if (then) swapDefinition(host, vm, then)
      vm.snapshots = (vm.snapshots ?? []).map((one) => ({ ...one, isCurrent: one.name === name }))
      const wanted = start === 'as-was' ? facts.state : start
      if (facts.hasMemory || wanted === 'running' || wanted === 'paused')
        runFrom(host, vm, snapshot.uptimeMs ?? 0, wanted !== 'paused')
      else if (isActive(vm.state)) host.stop(vm, 'went back to a snapshot')
    },
    async resetOverlays(id, overlays) {
      await find(id)
      for (const { overlay } of overlays) {
        const file = host.files.get(overlay)
        if (file) host.files.set(overlay, { ...file, allocationBytes: 196_624 })
      }
    },
    async restoreMemory(id, { file }, start) {
      const vm = await find(id)
      await host.clock.delay(stepMs * 3)
      const snapshot = vm.snapshots?.find(({ xml }) => readSnapshot(xml).memoryFile === file)
      runFrom(host, vm, snapshot?.uptimeMs ?? 0, start !== 'paused')
    },
    async startVm(id, start) {
      runFrom(host, await find(id), 0, start === 'running')
    },
    async merge(id, { target, overlay, base, above }, context) {
      const vm = await find(id)
      await busy(host, vm, 'block commit', context)
      const [from, into] = [host.files.get(overlay), host.files.get(base)]
      if (!from || !into) throw new AppError('not-found', 'A file this needs is not on the host')
      host.files.set(base, {
        ...into,
        allocationBytes: Math.min(into.sizeBytes, into.allocationBytes + from.allocationBytes),
      })
      const upper = above === undefined ? undefined : host.files.get(above)
      if (above !== undefined && upper)
        host.files.set(above, { ...upper, backingPath: base, backingFormat: into.format })
      else swapFile(host, vm, target, { path: base, format: into.format })
      host.files.delete(overlay)
    },
    removeData: (id, name) => forget(find, id, name),
    forget: (id, name) => forget(find, id, name),
    async redefine(id, document, isCurrent) {
      const vm = await find(id)
      const xml = document.toString()
      const { name } = readSnapshot(xml)
      const before = vm.snapshots ?? []
      const own = before.find((one) => one.name === name)
      const made = { ...(own ?? { images: [] }), name, xml, isCurrent }
      vm.snapshots = [
        ...before.filter((one) => one !== own).map((one) => (isCurrent ? { ...one, isCurrent: false } : one)),
        made,
      ]
    },
    async removeFile(path) {
      await answerTime()
      host.files.delete(path)
    },
    commands: virshCommands(virshLine),
    changed: (id) => host.resourceChanged('snapshot', id),
  }
}

/** Children come under its parent, which is where the VM is then if it was there. */
async function forget(find: (id: VmId) => Promise<FakeVm>, id: VmId, name: string): Promise<void> {
  const vm = await find(id)
  const gone = vm.snapshots?.find((one) => one.name === name)
  if (!gone) throw new AppError('not-found', 'The snapshot does not exist any more')
  const { parent } = readSnapshot(gone.xml)
  vm.snapshots = (vm.snapshots ?? [])
    .filter((one) => one !== gone)
    .map((one) => ({
      ...one,
      xml: reparented(one.xml, name, parent),
      isCurrent: one.isCurrent || (gone.isCurrent && one.name === parent),
    }))
}

function reparented(xml: string, from: string, to: string | undefined): string {
  const document = EditDocument.parse(xml)
  const parent = document.root.find('parent')
  if (parent?.find('name')?.text() !== from) return xml
  if (to === undefined) parent.remove()
  else parent.find('name')?.setText(to)
  return document.toString()
}

/** Holds the VM's lock for as long as the work takes. */
async function busy(host: FakeHost, vm: FakeVm, job: string, context: ActionContext): Promise<void> {
  if (vm.job !== undefined)
    throw new AppError('busy', 'Another change of the VM is under way', { cure: 'Wait until it has ended.' })
  vm.job = job
  try {
    for (let step = 0; step < steps; step += 1) {
      context.onProgress(step / steps)
      await host.clock.delay(stepMs, context.signal)
    }
    context.onProgress(1)
  } finally {
    vm.job = undefined
  }
}
