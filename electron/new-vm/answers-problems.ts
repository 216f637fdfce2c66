/** A file of answers: whether this installer looks for one on a disc, and what it would do to the disks. */
import { answersFormatOf, discOf } from '../../shared/model/new-vm/answers/format'
import type { NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import { hasImageFiles } from '../../shared/model/storage/volume-abilities'
import { isAnswered } from './answers-disc'
import { error, warning } from './problem'
import type { Surroundings } from './surroundings'
import { poolProblem } from './volume-problems'

const field = 'source.answers'

export function answersProblems(
  { source, disks }: NewVmInput,
  around: Surroundings,
  os: OsKnowledge | undefined,
): PlanProblem[] {
  if (!isAnswered(source)) return []
  const { pool: name, kind } = source.answers
  const pool = around.pools.byName.get(name)
  const closed = poolProblem(`${field}.pool`, name, pool, around)
  return [
    ...(closed ? [closed] : []),
    ...(pool && !closed && !hasImageFiles(pool.type)
      ? [
          error(
            `${field}.pool`,
            `The pool "${name}" has no files, and the disc with the answers is one`,
            'Choose a pool that is a folder.',
          ),
        ]
      : []),
    ...formatProblems(os),
    ...(kind === 'form' ? diskProblems(disks) : []),
  ]
}

function formatProblems(os: OsKnowledge | undefined): PlanProblem[] {
  if (!os)
    return [
      error(
        field,
        'Nobody knows what file of answers this system takes',
        'Choose the operating system, or answer the installer yourself.',
      ),
    ]
  const format = answersFormatOf(os)
  if (!format)
    return [
      error(
        field,
        `No way is known here to answer the installer of ${os.name}`,
        'Answer it yourself when the VM runs.',
      ),
    ]
  if (!discOf(format))
    return [
      error(
        field,
        `The installer of ${os.name} looks for no disc with answers`,
        'Use Network install with the address of a preseed file, or answer the installer yourself.',
      ),
    ]
  if (format === 'autoinstall')
    return [
      warning(
        field,
        'This installer asks once whether it may go on, before it takes the answers',
        'Answer "yes" on the console of the VM. Started from a disc it cannot be told so before.',
      ),
    ]
  return []
}

function diskProblems(disks: NewVmInput['disks']): PlanProblem[] {
  const [first, ...others] = disks
  if (!first) return [error('disks', 'There is no disk to install to', 'Add one.')]
  const busOf = ({ bus }: (typeof disks)[number]): string => bus ?? 'usual'
  return [
    ...(first.kind === 'existing'
      ? [warning('disks.0', 'Everything on this disk will be erased without being asked')]
      : []),
    // which of them comes first is known only when the guest runs, and another disk could be erased
    ...(others.some((one) => busOf(one) !== busOf(first))
      ? [
          error(
            'disks',
            'The disks are on different buses, so nobody can tell beforehand which the installer finds first',
            'Put all of them on one bus, or add the others after the installation.',
          ),
        ]
      : []),
  ]
}
