/** Backups and checkpoints of demo VMs. */
import { AppError } from '../../../../shared/errors'
import type { BackupProgress, BackupRequest, Checkpoint } from '../../../../shared/model/backups/backup'
import type { VmId } from '../../../../shared/model/ids'
import { isActive } from '../../../../shared/model/vm'
import { backupCommand } from '../../../domain-xml/backups/commands'
import type { BackupSession } from '../../backup-session'
import { fillCopy } from '../disk-jobs/effects'
import type { FakeHost } from '../fake-host'
import type { FakeVm } from '../model'
import { virshLine } from '../virsh-command'

const stepMs = 150
const steps = 20
/** What has changed since the last one, of what a disk has. */
const changedShare = 0.04

interface OfVm {
  checkpoints: Checkpoint[]
  progress: BackupProgress
  abort?: AbortController
}

const known = new WeakMap<FakeHost, Map<VmId, OfVm>>()

function stateOf(host: FakeHost, vm: VmId): OfVm {
  const all = known.get(host) ?? new Map<VmId, OfVm>()
  known.set(host, all)
  const state: OfVm = all.get(vm) ?? { checkpoints: [], progress: { state: 'none' } }
  all.set(vm, state)
  return state
}

export function fakeBackups(host: FakeHost, answerTime: () => Promise<void>): BackupSession {
  const work = async (
    vm: FakeVm,
    state: OfVm,
    request: BackupRequest,
    signal: AbortSignal,
  ): Promise<void> => {
    const share = request.since === undefined ? 1 : changedShare
    const sources = request.disks.map(({ target, path }) => {
      const source = vm.definition.disks.find((disk) => disk.target === target)?.source ?? ''
      return { source, path, bytes: Math.floor((host.files.get(source)?.allocationBytes ?? 0) * share) }
    })
    const totalBytes = sources.reduce((sum, { bytes }) => sum + bytes, 0)
    for (let step = 0; step <= steps; step += 1) {
      state.progress = { state: 'running', doneBytes: Math.floor((totalBytes * step) / steps), totalBytes }
      await host.clock.delay(stepMs, signal)
      if (!isActive(vm.state)) {
        state.progress = { state: 'none' }
        return
      }
    }
    for (const { source, path, bytes } of sources) {
      fillCopy(host, source, path)
      const file = host.files.get(path)
      if (file) host.files.set(path, { ...file, allocationBytes: bytes })
    }
    state.progress = { state: 'completed' }
  }
  return {
    async checkpoints(vm) {
      await answerTime()
      host.get(vm)
      return stateOf(host, vm).checkpoints
    },
    async begin(id, request) {
      await answerTime()
      const vm = host.get(id)
      const state = stateOf(host, id)
      if (!isActive(vm.state))
        throw new AppError('invalid', 'This is not possible in the present state of the VM')
      if (state.progress.state === 'running')
        throw new AppError('busy', 'The VM is busy with another operation', {
          cure: 'Wait until it has ended, then try again.',
        })
      const { since, checkpoint } = request
      if (since !== undefined && !state.checkpoints.some(({ name }) => name === since))
        throw new AppError('not-found', `The VM has no checkpoint ${since}`)
      const abort = new AbortController()
      state.abort = abort
      state.progress = { state: 'running', doneBytes: 0, totalBytes: 0 }
      const parent = state.checkpoints.at(-1)?.name
      if (checkpoint !== undefined) {
        const made = { name: checkpoint, atMs: host.clock.now(), ...(parent === undefined ? {} : { parent }) }
        state.checkpoints = [...state.checkpoints, made]
      }
      // it only ends early when it is cancelled
      work(vm, state, request, abort.signal).catch(() => {
        state.progress = { state: 'cancelled' }
      })
    },
    async beginCommand(id, request) {
      await answerTime()
      const { definition } = host.get(id)
      const targets = definition.disks.map(({ target }) => target)
      return backupCommand(virshLine, definition.name, request, targets)
    },
    async progress(vm) {
      await answerTime()
      return stateOf(host, vm).progress
    },
    // its disks have room for everything
    isHeldUp: async () => false,
    async cancel(vm) {
      await answerTime()
      stateOf(host, vm).abort?.abort()
    },
    async deleteCheckpoint(vm, name) {
      await answerTime()
      const state = stateOf(host, vm)
      const gone = state.checkpoints.find((one) => one.name === name)
      if (!gone) throw new AppError('not-found', `The VM has no checkpoint ${name}`)
      state.checkpoints = state.checkpoints
        .filter((one) => one !== gone)
        .map(({ parent, ...one }) => {
          const next = parent === name ? gone.parent : parent
          return next === undefined ? one : { ...one, parent: next }
        })
    },
  }
}
