/** One step on a running guest, by its monitor; what runs is written down in the same step. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import type { LiveStep } from '../../../domain-xml/hardware/live'
import type { QemuHost } from '../host'
import { attach } from './attach'
import { setCpus } from './cpus'
import { detach } from './detach'
import { limitDisk } from './disk-limits'
import { withoutGone } from './gone'
import { RunningVm } from './running-vm'
import { setMemory, setReports, writeText } from './settings'
import { addThread, pin, removeThread } from './threads'
import { update } from './update'

/** One after the other, as each begins with what the last one left. */
const last = new WeakMap<QemuHost, Map<VmId, Promise<void>>>()

export function takeLiveStep(host: QemuHost, id: VmId, step: LiveStep, signal: AbortSignal): Promise<void> {
  const of = last.get(host) ?? new Map<VmId, Promise<void>>()
  last.set(host, of)
  const next = (of.get(id) ?? Promise.resolve())
    .catch(() => undefined)
    .then(async () => take(await trueVm(host, id), step, signal))
  of.set(id, next)
  void next
    .catch(() => undefined)
    .then(() => {
      if (of.get(id) === next) of.delete(id)
    })
  return next
}

/** As QEMU has it at the moment. */
async function trueVm(host: QemuHost, id: VmId): Promise<RunningVm> {
  const vm = await RunningVm.of(host, id)
  const definition = await withoutGone(vm.guest, vm, (text) => host.log(text))
  if (!definition) return vm
  await vm.becomes(definition)
  return RunningVm.of(host, id)
}

async function take(vm: RunningVm, step: LiveStep, signal: AbortSignal): Promise<void> {
  switch (step.kind) {
    case 'attach':
      return attach(vm, step.element)
    case 'detach':
      return detach(vm, step.element, signal)
    case 'update':
      return update(vm, step.element, step.isForced === true, signal)
    case 'vcpus':
      return setCpus(vm, step.count, signal)
    case 'memory':
      return setMemory(vm, step.sizeBytes)
    case 'stats-period':
      return setReports(vm, step.seconds)
    case 'title':
    case 'description':
    case 'operating-system':
      return writeText(vm, step)
    case 'parameters':
      if (step.call === 'disk-limits') return limitDisk(vm, step)
      throw new AppError('unsupported', 'Shares and limits of the host’s resources are set by libvirt only', {
        cure: 'They are kept in the definition, and count where libvirt runs the VM.',
      })
    case 'pin':
      return pin(vm, step)
    case 'add-io-thread':
      return addThread(vm, step.number)
    case 'remove-io-thread':
      return removeThread(vm, step.number)
    case 'impossible':
      throw new AppError('unsupported', step.why)
  }
}
