/** What an operating system needs, by what its maker says. */
import type { NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge, OsResources } from '../../shared/model/os/os'
import { formatBytes } from '../../shared/units'
import { warning } from './problem'

export function osProblems(input: NewVmInput, os: OsKnowledge | undefined): PlanProblem[] {
  if (!os) return []
  const least = minimumOf(os, input)
  const problems: PlanProblem[] = []
  const needs = `${os.name} needs`
  if (least.memoryBytes !== undefined && input.memoryBytes < least.memoryBytes)
    problems.push(
      warning(
        'memoryBytes',
        `${needs} ${formatBytes(least.memoryBytes)} of memory`,
        'Its installation may fail with less: give the VM more.',
      ),
    )
  if (least.cpuCount !== undefined && input.vcpuCount < least.cpuCount)
    problems.push(warning('vcpuCount', `${needs} ${least.cpuCount} CPUs`, 'Give the VM more.'))
  const [first] = input.disks
  if (least.storageBytes !== undefined && first?.kind === 'new' && first.sizeBytes < least.storageBytes)
    problems.push(
      warning(
        'disks.0.sizeBytes',
        `${needs} a disk of ${formatBytes(least.storageBytes)}`,
        'Its installation may fail with less: make it larger.',
      ),
    )
  return problems
}

/** What is told of one architecture counts more than what is told of all. */
function minimumOf({ resources }: OsKnowledge, { guest, source }: NewVmInput): OsResources {
  const told = ['all', guest.architecture].flatMap((arch) => resources.filter((one) => one.arch === arch))
  const overNetwork = source.kind === 'network-boot'
  return Object.assign(
    {},
    ...told.map(({ minimum }) => minimum),
    ...(overNetwork ? told.map(({ networkInstall }) => networkInstall) : []),
  ) as OsResources
}
