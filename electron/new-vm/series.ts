/** Several VMs of one description: each with a number in its name, and with disks of its own. */
import type { CloudInit } from '../../shared/model/new-vm/cloud'
import type { NewVmInput, NewVmPlan, PlannedFile, PlanProblem } from '../../shared/model/new-vm/new-vm'
import { seriesNames } from '../../shared/model/new-vm/names'
import { vmName } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import { fieldsAsChosen, withImageDisk } from './cloud'
import { copyProblems } from './cloud-problems'
import { memoryProblems } from './host-problems'
import { withOriginalSizes } from './originals'
import { filesOf, workOutNewVm, type DefinitionWriter, type WorkedOutVm } from './plan'
import { error, warning } from './problem'
import { resolveNewVm } from './resolve'
import { givenMacs } from './series-changes'
import type { Surroundings } from './surroundings'
import { volumeProblems } from './volume-problems'

/** What is entered, once for each of them. */
export function inputsOfSeries({ count = 1, ...input }: NewVmInput): readonly NewVmInput[] {
  return count === 1 ? [input] : seriesNames(input.name, count).map((name) => ({ ...input, name }))
}

/** Of the first all is worked out; the others differ by what their names lead to. */
export async function planSeries(
  session: HypervisorSession,
  input: NewVmInput,
  writer: DefinitionWriter,
): Promise<NewVmPlan> {
  return (await workOutSeries(session, input, writer)).plan
}

export async function workOutSeries(
  session: HypervisorSession,
  input: NewVmInput,
  writer: DefinitionWriter,
): Promise<Pick<WorkedOutVm, 'plan' | 'cards'>> {
  const all = inputsOfSeries(input)
  const [first = input] = all
  const worked = await workOutNewVm(session, first, writer)
  if (all.length === 1) return worked
  const { plan, cards } = worked
  // told of all of them instead
  const alone = roomProblems(input, 1, worked.around).map(({ message }) => message)
  const ofFirst = plan.problems.filter(({ message }) => !alone.includes(message))
  const whole = {
    ...plan,
    names: all.map(({ name }) => name),
    files: filesOfAll(all, worked),
    problems: [...ofFirst, ...seriesProblems(input, all, worked)],
    commandNotes: [
      ...plan.commandNotes,
      `This makes the first of ${all.length}; the others differ in their names.`,
    ],
  }
  return { plan: whole, cards }
}

function filesOfAll(all: readonly NewVmInput[], { around, plan }: WorkedOutVm): PlannedFile[] {
  const files = new Map(plan.files.map((file) => [fileKey(file), file]))
  for (const one of all.slice(1))
    for (const file of filesWithImage(withOriginalSizes(withImageDisk(one, around), around), around))
      files.set(fileKey(file), file)
  return [...files.values()]
}

function filesWithImage(input: NewVmInput, around: Surroundings): PlannedFile[] {
  return filesOf(input, around, resolveNewVm(input, around, ''))
}

function fileKey({ what, name }: PlannedFile): string {
  return `${what} ${name}`
}

function seriesProblems(
  input: NewVmInput,
  all: readonly NewVmInput[],
  { around }: WorkedOutVm,
): PlanProblem[] {
  return [
    ...nameProblems(all, around),
    ...sharedProblems(input),
    ...macProblems(all),
    ...roomProblems(input, all.length, around),
  ]
}

/** Whether they all fit. Those that are not started now take no memory yet. */
function roomProblems(input: NewVmInput, count: number, around: Surroundings): PlanProblem[] {
  return [
    ...spaceProblems(input, count, around),
    ...memoryProblems(input, around, input.startsNow ? count : 1),
  ]
}

/** That of the first is in its plan. */
function nameProblems(all: readonly NewVmInput[], { vms = [] }: Surroundings): PlanProblem[] {
  const wrong = all.map(({ name }) => vmName.safeParse(name).error?.issues[0]?.message).find(Boolean)
  if (wrong !== undefined) return [error('name', `${wrong}, the number included`)]
  const taken = all.slice(1).find(({ name }) => vms.some((vm) => vm.name === name))
  return taken
    ? [
        error(
          'name',
          `There is already a VM called "${taken.name}" on this host`,
          'Choose another name, or end it with a number to begin with, such as "web-11".',
        ),
      ]
    : []
}

/** What can be there only once. */
function sharedProblems({ disks, changes, source }: NewVmInput): PlanProblem[] {
  const problems = disks.flatMap((disk, at): PlanProblem[] => {
    if (disk.kind === 'existing')
      return [
        error(
          `disks.${at}.image`,
          'Several VMs cannot write to one disk',
          'Make one VM only, or give them new disks.',
        ),
      ]
    const uploads =
      disk.kind === 'new' && disk.original?.kind === 'local'
        ? [
            warning(
              `disks.${at}.original`,
              `${disk.original.member} is uploaded once for each VM`,
              'For many of them upload it once on the Storage page, and choose it there as the original.',
            ),
          ]
        : []
    return disk.volume === undefined
      ? uploads
      : [
          error(
            `disks.${at}.volume`,
            'Several VMs cannot have a volume of one name',
            'Leave its name out: each volume is called after its VM.',
          ),
        ]
  })
  if (source.kind === 'cloud') problems.push(...cloudProblems(source.init))
  if (
    (source.kind === 'iso' || source.kind === 'tree') &&
    source.answers?.kind === 'form' &&
    source.answers.form.hostname !== undefined
  )
    problems.push(
      error(
        'source.answers.form.hostname',
        'Several computers cannot have one name',
        'Empty the field: each is called after its VM.',
      ),
    )
  if (changes.some(({ kind }) => kind === 'definition'))
    problems.push(
      error(
        'changes',
        'A definition that was edited as a text is that of one VM',
        'Take the changes back, or make one VM only.',
      ),
    )
  return problems
}

function macProblems([first]: readonly NewVmInput[]): PlanProblem[] {
  const macs = givenMacs(first?.changes ?? [])
  if (!first || macs.length === 0) return []
  return [
    warning(
      'changes.mac',
      `Only ${first.name} gets the ${macs.length === 1 ? 'MAC address' : 'MAC addresses'} ${macs.join(', ')}`,
      'The others get ones of their own, as no two cards can have one address.',
    ),
  ]
}

function cloudProblems({ hostname, network, networkConfig }: CloudInit): PlanProblem[] {
  return [
    ...(hostname === undefined
      ? []
      : [
          error(
            'source.init.hostname',
            'Several computers cannot have one name',
            'Empty the field: each is called after its VM.',
          ),
        ]),
    ...(network.kind === 'dhcp' || networkConfig !== undefined
      ? []
      : [
          error(
            'source.init.network.address',
            'Several VMs cannot have one address',
            'Let them ask by DHCP, or make one VM only.',
          ),
        ]),
  ]
}

/** As if all the disks were those of one VM, that of a cloud image included. */
function spaceProblems(chosen: NewVmInput, count: number, around: Surroundings): PlanProblem[] {
  const input = withOriginalSizes(withImageDisk(chosen, around), around)
  const own = input.disks.map((disk) => (disk.kind === 'new' ? { ...disk, volume: undefined } : disk))
  const disks = Array.from({ length: count }, () => own).flat() as NewVmInput['disks']
  const whole = { ...input, disks }
  const found = new Map<string, PlanProblem>()
  for (const problem of volumeProblems(whole, around, resolveNewVm(whole, around, ''))) {
    const at = /^disks\.(\d+)\.sizeBytes$/.exec(problem.field ?? '')?.[1]
    if (at === undefined) continue
    const field = `disks.${Number(at) % own.length}.sizeBytes`
    if (found.get(field)?.level !== 'error') found.set(field, { ...problem, field })
  }
  return [
    ...copyProblems(chosen, around, count),
    ...[...found.values()].map((problem) => fieldsAsChosen(chosen.source, problem)),
  ]
}
