/** Memory and processors: what the host has, and what it has promised already. */
import { promisedTo } from '../../shared/model/host-details'
import type { NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import { noAutostartReason } from '../../shared/model/vm'
import { formatBytes } from '../../shared/units'
import { error, warning } from './problem'
import { guestKindIn } from './resolve'
import type { Surroundings } from './surroundings'

export function hostProblems(input: NewVmInput, around: Surroundings): PlanProblem[] {
  return [...memoryProblems(input, around), ...cpuProblems(input, around), ...autostart(input, around)]
}

/** Of several VMs that start at once, all take theirs; what one alone cannot have is told of that one. */
export function memoryProblems(
  input: Pick<NewVmInput, 'memoryBytes'>,
  { info, details, vms }: Surroundings,
  count = 1,
): PlanProblem[] {
  const memoryBytes = input.memoryBytes * count
  const those = count === 1 ? '' : `, and together the ${count} new VMs take ${formatBytes(memoryBytes)}`
  const totalBytes = details?.memory.totalBytes ?? info.memoryBytes
  if (input.memoryBytes > totalBytes)
    return [
      error(
        'memoryBytes',
        `The host has only ${formatBytes(totalBytes)} of memory`,
        'Give the VM less, and leave some for the host itself.',
      ),
    ]
  if (memoryBytes > totalBytes)
    return [
      warning(
        'memoryBytes',
        `The host has only ${formatBytes(totalBytes)} of memory${those}`,
        'Give each less, or start only some of them.',
      ),
    ]
  const { freeBytes, cachedBytes = 0 } = details?.memory ?? {}
  if (freeBytes !== undefined && memoryBytes > freeBytes + cachedBytes)
    return [
      warning(
        'memoryBytes',
        `The host has ${formatBytes(freeBytes + cachedBytes)} of memory left now${those}`,
        count === 1
          ? 'The VM may not start, or slow the others down: give it less, or shut another one down first.'
          : 'Not all of them may start, or they slow the others down: give each less, or start only some of them.',
      ),
    ]
  const { running } = promisedTo(vms ?? [])
  if (running.memoryBytes + memoryBytes > totalBytes)
    return [
      warning(
        'memoryBytes',
        `With the ${running.vmCount} VMs that run now, more memory is promised than the host has (${formatBytes(totalBytes)})${those}`,
        'When all of them use theirs, the host slows down or ends one of them.',
      ),
    ]
  return []
}

function cpuProblems(input: NewVmInput, around: Surroundings): PlanProblem[] {
  const { vcpuCount } = input
  const kind = guestKindIn(input, around)
  const wanted = input.guest.machine ?? around.guest?.machine
  const machine = kind?.machines.find(({ name, canonical }) => name === wanted || canonical === wanted)
  const most = Math.min(around.guest?.maxVcpus ?? Infinity, machine?.maxCpus ?? Infinity)
  if (vcpuCount > most)
    return [
      error(
        'vcpuCount',
        `Such guests have at most ${most} virtual ${most === 1 ? 'CPU' : 'CPUs'} here`,
        'Give the VM fewer, or choose another machine type.',
      ),
    ]
  const { cpuCount } = around.info
  if (cpuCount > 0 && vcpuCount > cpuCount)
    return [
      warning(
        'vcpuCount',
        `The host has only ${cpuCount} ${cpuCount === 1 ? 'CPU' : 'CPUs'}`,
        'More make the VM slower, not faster.',
      ),
    ]
  return []
}

function autostart({ hasAutostart }: NewVmInput, { features }: Surroundings): PlanProblem[] {
  if (!hasAutostart || features.canAutostart) return []
  return [error('hasAutostart', noAutostartReason, 'Turn it off, and start the VM from Innkeeper.')]
}
