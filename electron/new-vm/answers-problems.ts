/** A file of answers: whether this installer looks for one on a disc, and what it would do to the disks. */
import { answersFormatOf, discLabelOf } from '../../shared/model/new-vm/answers/format'
import { ownAnswersWords, takesDiscInTree, takesForm } from '../../shared/model/new-vm/answers/in-tree'
import type { DetectedTree } from '../../shared/model/new-vm/install-tree'
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
  if (!isAnswered(source) || source.kind !== 'iso') return []
  const { pool, kind } = source.answers
  return [
    ...discProblems(pool, around),
    ...formatProblems(os),
    ...(kind === 'form' ? diskProblems(disks) : []),
  ]
}

function discProblems(name: string, around: Surroundings): PlanProblem[] {
  const pool = around.pools.byName.get(name)
  const closed = poolProblem(`${field}.pool`, name, pool, around)
  if (closed) return [closed]
  if (!pool || hasImageFiles(pool.type)) return []
  return [
    error(
      `${field}.pool`,
      `The pool "${name}" has no files, and the disc with the answers is one`,
      'Choose a pool that is a folder.',
    ),
  ]
}

/** Of the installer of a folder on the web. */
export function treeAnswersProblems(
  { source, disks }: NewVmInput,
  tree: DetectedTree,
  os: OsKnowledge | undefined,
  around: Surroundings,
): PlanProblem[] {
  if (!isAnswered(source)) return []
  const isForm = source.answers.kind === 'form'
  return [
    ...(takesDiscInTree(tree) ? discProblems(source.answers.pool, around) : []),
    ...(ownAnswersWords(tree) === undefined || tree.initrd === undefined
      ? [
          error(
            field,
            'This installer cannot be given answers with its first start',
            'Use a file at an address, an ISO image with answers, or answer it yourself.',
          ),
        ]
      : isForm && !(os && takesForm(tree, os))
        ? [
            error(
              field,
              `The short form does not know the installer of ${os?.name ?? 'this system'}`,
              'Use a file of your own, or choose the operating system it really is.',
            ),
          ]
        : []),
    ...(isForm ? diskProblems(disks) : []),
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
  if (discLabelOf(format) === undefined)
    return [
      error(
        field,
        `The installer of ${os.name} looks for no disc with answers`,
        'Use Network install, which gives it the answers with its first start, or answer the installer yourself.',
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
