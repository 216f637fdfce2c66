import { AppError } from '../../../shared/errors'
import { isActive, whyNot, type PowerAction } from '../../../shared/model/vm'
import { assertNever } from '../../../shared/assert-never'
import { whyNotByAgent, type AgentAction } from '../../../shared/model/guest-agent'
import type { HostFeatures } from '../../../shared/model/host'
import type { ActionContext } from '../backend'
import { cancelled } from './clock'
import type { FakeHost } from './fake-host'
import { failSave, failStart } from './faults'
import { recordFor, type FakeVm, type Run } from './model'

const startMs = 400
const saveStepMs = 120
const saveSteps = 10
/** What a small Linux needs between the power button and power-off. */
const guestShutdownMs = 1500

/**
 * The state machine. One table says what is allowed (shared/model/vm.ts); here is what then happens. While a start,
 * save or restore is under way the VM is locked by a job, as in libvirt; only forceOff breaks into a save.
 */
export async function power(
  host: FakeHost,
  vm: FakeVm,
  action: PowerAction,
  features: HostFeatures,
  context: ActionContext,
): Promise<void> {
  if (context.signal.aborted) throw cancelled()
  checkAllowed(vm, action, features)
  switch (action) {
    case 'start':
      failStart(vm)
      return start(host, vm, context)
    case 'startPaused':
      failStart(vm)
      return start(host, vm, context, 'paused')
    case 'startAfresh':
      failStart(vm)
      vm.saved = undefined
      vm.savedXml = undefined
      return start(host, vm, context)
    case 'restore':
      return restore(host, vm, context)
    case 'discardSaved':
      return host.change(vm, { saved: undefined, savedXml: undefined })
    case 'shutdown':
      return pressPowerButton(host, vm)
    case 'shutdownByAgent':
    case 'rebootByAgent':
    case 'sleep':
    case 'hibernate':
    case 'hybridSleep':
      return askAgent(host, vm, action)
    case 'wakeUp':
      vm.run?.clock.run()
      return host.change(vm, { state: 'running', stateReason: undefined })
    case 'reboot':
      if (!vm.definition.guest.ignoresAcpi) rebootGuest(host, vm)
      return
    case 'reset':
      return reset(host, vm)
    case 'forceOff':
      return host.stop(vm, 'by the user')
    case 'pause':
      vm.run?.clock.stop()
      return host.change(vm, { state: 'paused', stateReason: 'by the user' })
    case 'resume':
      vm.run?.clock.run()
      return host.change(vm, { state: 'running', stateReason: undefined })
    case 'save':
      failSave(vm)
      return save(host, vm, context)
    default:
      return assertNever(action)
  }
}

function checkAllowed(vm: FakeVm, action: PowerAction, features: HostFeatures): void {
  const name = vm.definition.name
  const record = recordFor(vm)
  const reason = whyNot(action, record, features)
  if (reason !== undefined && whyNot(action, record) !== reason) {
    throw new AppError('unsupported', reason)
  }
  if (vm.job !== undefined && !(action === 'forceOff' && vm.job === 'save')) {
    throw new AppError('busy', `Another change of "${name}" is under way`, {
      cure: 'Wait until it has ended',
      detail: `cannot acquire state change lock (held by ${vm.job})`,
    })
  }
  if (reason !== undefined) throw new AppError('invalid', reason)
}

/** The reset button: a paused machine stays paused, at the first instruction. */
function reset(host: FakeHost, vm: FakeVm): void {
  vm.run?.display.restart()
  if (vm.state === 'paused') vm.run?.clock.stop()
  else host.change(vm, { state: 'running', stateReason: undefined })
}

/** Holds the VM's lock for as long as the work takes. */
export async function withJob(
  host: FakeHost,
  vm: FakeVm,
  job: string,
  work: () => Promise<void>,
): Promise<void> {
  vm.job = job
  try {
    await work()
    if (!host.has(vm)) throw new AppError('not-found', 'The VM was removed meanwhile')
  } finally {
    vm.job = undefined
  }
}

async function start(
  host: FakeHost,
  vm: FakeVm,
  context: ActionContext,
  state: 'running' | 'paused' = 'running',
): Promise<void> {
  await withJob(host, vm, 'start', () => host.clock.delay(startMs, context.signal))
  vm.run?.display.end()
  host.savedMemory.overtake(vm.definition.id)
  const isRunning = state === 'running'
  host.change(vm, {
    state,
    stateReason: isRunning ? undefined : 'by the user',
    run: host.newRun(vm, 0, isRunning),
  })
}

async function restore(host: FakeHost, vm: FakeVm, context: ActionContext): Promise<void> {
  await withJob(host, vm, 'restore', () => host.clock.delay(startMs, context.signal))
  const run = vm.saved
  host.savedMemory.overtake(vm.definition.id)
  run?.clock.run()
  host.change(vm, {
    state: 'running',
    stateReason: undefined,
    run,
    saved: undefined,
    savedXml: undefined,
    ...(vm.savedXml === undefined ? {} : { runningXml: vm.savedXml }),
  })
}

async function save(host: FakeHost, vm: FakeVm, context: ActionContext): Promise<void> {
  const run = await writeMemory(host, vm, context)
  host.change(vm, { state: 'shut-off', stateReason: 'saved', run: undefined, saved: run })
}

/** Returns the run that is to be kept; the VM is not off yet. */
export async function writeMemory(
  host: FakeHost,
  vm: FakeVm,
  context: ActionContext,
): Promise<Run | undefined> {
  const run = vm.run
  const wasRunning = vm.state === 'running'
  run?.clock.stop()
  try {
    await withJob(host, vm, 'save', async () => {
      for (let step = 0; step < saveSteps; step += 1) {
        context.onProgress(step / saveSteps)
        await host.clock.delay(saveStepMs, context.signal)
        if (vm.run !== run) throw new AppError('invalid', 'The VM was stopped while it was being saved')
      }
    })
  } catch (error) {
    // a save that was given up leaves the guest as it was
    if (wasRunning && vm.run === run) run?.clock.run()
    throw error
  }
  context.onProgress(1)
  run?.display.disconnectViewers()
  return run
}

function askAgent(host: FakeHost, vm: FakeVm, action: AgentAction): void {
  const problem = whyNotByAgent(action, vm.definition)
  if (problem) throw new AppError('invalid', problem.message, { cure: problem.cure })
  if (action === 'shutdownByAgent') return powerOffGuest(host, vm)
  if (action === 'rebootByAgent') return rebootGuest(host, vm)
  // to its host a guest that hibernates just switches itself off
  if (action === 'hibernate') return host.stop(vm, 'shut down by the guest')
  vm.run?.clock.stop()
  host.change(vm, { state: 'suspended', stateReason: undefined })
}

function pressPowerButton(host: FakeHost, vm: FakeVm): void {
  if (vm.definition.guest.ignoresAcpi || vm.state === 'shutting-down') return
  powerOffGuest(host, vm)
}

/** The guest powers itself off, because of the button or by its own command. */
export function powerOffGuest(host: FakeHost, vm: FakeVm): void {
  const run = vm.run
  if (!run || vm.state !== 'running') return
  host.change(vm, { state: 'shutting-down', stateReason: undefined })
  run.display.sayGoodbye()
  void host.clock.delay(guestShutdownMs).then(() => {
    // forced off, reset or started anew meanwhile: this shutdown is history
    if (vm.run === run && vm.state === 'shutting-down') host.stop(vm, 'shut down by the guest')
  })
}

export function rebootGuest(host: FakeHost, vm: FakeVm): void {
  if (!vm.run || !isActive(vm.state)) return
  if (vm.runningXml?.includes('<on_reboot>destroy</on_reboot>') === true) {
    host.stop(vm, 'shut down by the guest')
    return
  }
  vm.run.display.restart()
  host.change(vm, { state: 'running', stateReason: undefined })
}
