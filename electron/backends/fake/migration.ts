/** Moving VMs between demo hosts, with the figures and failures of real ones. */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import { isActive } from '../../../shared/model/vm'
import { EditDocument } from '../../domain-xml/edit/tree'
import type { MigrationSession, MoveContext, MoveOutcome, MoveRequest } from '../migration-session'
import { gib } from './build'
import { cancelled } from './clock'
import { definitionFromXml } from './definition-from-xml'
import type { FakeHost } from './fake-host'
import type { FakeVm, Run } from './model'
import { runningXmlOf, storedXmlOf } from './xml'

const stepMs = 150
const steps = 20
/** A guest that post-copy is allowed for writes as fast as it is copied: it waits at the end to be switched over. */
const stepsWhenOutrun = 800
const downtimeMs = 84
const empty = new Uint8Array()

/** VMs on their way from one demo host to another: what real hosts send each other. */
const onTheWay = new WeakMap<Uint8Array, FakeVm>()

export function fakeMigration(host: FakeHost, answerTime: () => Promise<void>): MigrationSession {
  const switched = new Set<VmId>()
  return {
    kind: () => 'demo',
    uri: () => `demo://${host.name}/`,
    async definitions(id) {
      await answerTime()
      const vm = host.get(id)
      return {
        ...(isActive(vm.state) ? { running: runningXmlOf(vm, host.displayPort(vm)) } : {}),
        ...(vm.isPersistent ? { stored: storedXmlOf(vm) } : {}),
      }
    },
    async facts({ architecture }) {
      await answerTime()
      return {
        hostname: `demo-${host.name}`,
        hostUuid: `demo ${host.name}`,
        daemonVersion: '1.0.0',
        hypervisorVersion: '1.0.0',
        clockAheadMs: 0,
        cpu: '<cpu mode="custom" match="exact"><model>EPYC-Rome</model></cpu>',
        account: { user: 64055, group: 64055 },
        freeMemoryBytes: 61 * gib,
        machines: host.guestKinds
          .filter((kind) => kind.architecture === architecture)
          .flatMap(({ machines }) =>
            machines.flatMap(({ name, canonical }) => [
              name,
              ...(canonical === undefined ? [] : [canonical]),
            ]),
          ),
      }
    },
    compareCpu: async (cpuXml) => (cpuXml.includes('Sapphire') ? 'incompatible' : 'superset'),
    commonCpu: async (cpus) => cpus[0],
    reaches: async () => true,
    async move(id, to, request, context) {
      await answerTime()
      const vm = host.get(id)
      if (vm.job !== undefined)
        throw new AppError('busy', `Another change of "${vm.definition.name}" is under way`, {
          cure: 'Wait until it has ended',
        })
      vm.job = 'migration'
      try {
        return await move(host, vm, { to, request, context, isSwitched: () => switched.has(id) })
      } finally {
        vm.job = undefined
        switched.delete(id)
      }
    },
    async receive({ cookie, request, name }) {
      await answerTime()
      const vm = onTheWay.get(cookie)
      if (!vm) throw new AppError('invalid', 'A demo host takes VMs of demo hosts only')
      const newName = request.options.newName ?? name
      if (host.byName(newName))
        throw new AppError('already-exists', `There is already a VM called "${newName}"`, {
          cure: 'Give it another name at the destination.',
        })
      return {
        cookie,
        address: `tcp://demo-${host.name}:49152`,
        isLost: false,
        onLost: () => undefined,
        async finish(_, __, isCancelled) {
          if (!isCancelled) arrive(host, vm, newName, request)
          return empty
        },
        hasIt: async () => host.vms.has(vm.definition.id),
        outcome: async () => (isActive(vm.state) ? { downtimeMs, elapsedMs: stepMs * steps } : {}),
        close: async () => undefined,
      }
    },
    async tune(id) {
      await answerTime()
      needMove(host, id)
    },
    async switchToPostCopy(id) {
      await answerTime()
      needMove(host, id)
      switched.add(id)
    },
  }
}

function needMove(host: FakeHost, id: VmId): void {
  if (host.get(id).job === 'migration') return
  throw new AppError('invalid', 'The VM is not being moved', { cure: 'It may have just ended.' })
}

interface Moving {
  readonly to: MigrationSession
  readonly request: MoveRequest
  readonly context: MoveContext
  isSwitched(): boolean
}

async function move(
  host: FakeHost,
  vm: FakeVm,
  { to, request, context, isSwitched }: Moving,
): Promise<MoveOutcome> {
  const { signal, onFigures } = context
  onFigures({ phase: 'preparing' })
  const cookie = new Uint8Array(1)
  onTheWay.set(cookie, vm)
  const xml = request.definitions.running ?? request.definitions.stored ?? ''
  const isPaused = vm.state === 'paused'
  const arrival = await to.receive({ xml, cookie, request, name: vm.definition.name, isPaused })
  try {
    if (isActive(vm.state)) await copy(host, vm, { signal, onFigures }, request, isSwitched)
  } catch (error) {
    await arrival.finish(empty, arrival.address, true)
    throw error
  }
  onFigures({ phase: 'finishing' })
  await arrival.finish(empty, arrival.address, false)
  const outcome = await arrival.outcome()
  if (isActive(vm.state)) host.stop(vm, 'moved to another host')
  if (request.options.removesSource) host.remove(vm)
  onFigures({ phase: 'done', ...outcome })
  return outcome
}

async function copy(
  host: FakeHost,
  vm: FakeVm,
  { signal, onFigures }: MoveContext,
  { options, copiedDisks }: MoveRequest,
  isSwitched: () => boolean,
): Promise<void> {
  const diskBytes = vm.definition.disks
    .filter(({ target }) => copiedDisks.includes(target))
    .reduce((sum, { source }) => sum + (host.files.get(source ?? '')?.allocationBytes ?? 0), 0)
  const totalBytes = vm.definition.memoryBytes + diskBytes
  const isOutrun = options.allowsPostCopy === true
  for (let step = 0; step < (isOutrun ? stepsWhenOutrun : steps); step += 1) {
    const share = Math.min(0.95, step / steps)
    onFigures({
      phase: 'copying',
      doneBytes: Math.round(totalBytes * share),
      totalBytes,
      remainingBytes: Math.round(totalBytes * (1 - share)),
      bytesPerSecond: Math.round((totalBytes / steps) * (1000 / stepMs)),
      dirtyBytesPerSecond: 12_582_912,
      iteration: 1 + Math.floor(share * 3),
      downtimeMs,
      elapsedMs: step * stepMs,
      canSwitch: options.allowsPostCopy === true && !isSwitched(),
    })
    await host.clock.delay(stepMs, signal)
    if (isSwitched()) return
    if (signal.aborted) throw cancelled()
  }
}

function arrive(host: FakeHost, vm: FakeVm, name: string, { options, definitions }: MoveRequest): void {
  const { id } = vm.definition
  const isOff = !isActive(vm.state)
  const stored = EditDocument.parse(definitions.stored ?? definitions.running ?? '')
  stored.root.find('name')?.setText(name)
  const known = definitionFromXml(host.name, id, stored.root)
  const definition = { ...known, guest: vm.definition.guest }
  const here = host.define(definition, stored.toString())
  const isPaused = vm.state === 'paused' || options.staysPaused === true
  const run: Run | undefined = vm.run && host.newRun(here, vm.run.clock.uptimeMs(), !isPaused)
  if (isOff) return
  host.change(here, {
    state: isPaused ? 'paused' : 'running',
    stateReason: undefined,
    isPersistent: options.isPermanent,
    run,
  })
}
