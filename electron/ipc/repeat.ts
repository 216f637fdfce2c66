import { AppError } from '../../shared/errors'
import { contract, type AppHandlers } from '../../shared/ipc/contract'
import type { SenderId } from '../../shared/ipc/define'
import { agentActions } from '../../shared/model/guest-agent'
import { taskId, type TaskId } from '../../shared/model/ids'
import type { MoveManyInput } from '../../shared/model/migration/move'
import type { MoveOptions } from '../../shared/model/migration/options'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import { withoutSecrets } from '../new-vm/journal/without-secrets'
import { inputsOfSeries } from '../new-vm/series'
import type { TaskRequest } from '../tasks/task-history'
import type { TaskList } from '../tasks/task-list'

type Inputs = Readonly<Record<string, unknown>>
const always = (): boolean => true

/**
 * Requests that may be made again as they were: each is held against the rules and the host anew, destroys nothing that the
 * user would have to be asked about, and has no secret in it. What names a file that the user chose lasts as long as the app.
 */
const repeatable: Readonly<Record<string, (input: Inputs) => boolean>> = {
  'vms.power': ({ action }) =>
    [
      'start',
      'startPaused',
      'shutdown',
      'reboot',
      ...agentActions,
      'wakeUp',
      'pause',
      'resume',
      'save',
      'restore',
    ].includes(String(action)),
  'vms.rename': always,
  'vms.setAutostart': always,
  'vms.setTemplate': always,
  'vms.clone': always,
  'vms.export': always,
  'newVm.create': (input) => withoutSecrets(input as NewVmInput).without.length === 0,
  'newVm.createFromDefinition': ({ xml }) => !/passw|secret/i.test(String(xml)),
  'newVm.createFromBundle': always,
  'snapshots.create': ({ replace }) => replace !== true,
  'storage.createVolume': always,
  'storage.resizeVolume': ({ shrink }) => shrink !== true,
  'storage.download': always,
  'storage.poolAction': ({ action }) =>
    ['start', 'refresh', 'autostart-on', 'autostart-off'].includes(String(action)),
  'storage.cloneVolume': ({ isMove }) => isMove !== true,
  'networks.action': ({ action }) => ['start', 'autostart-on', 'autostart-off'].includes(String(action)),
  // the old image of a disk goes only when the user has just said so
  'diskJobs.move': ({ deletesOld }) => deletesOld !== true,
  'diskJobs.flatten': always,
  'diskJobs.merge': always,
  'backups.make': always,
  'backups.restore': always,
  'saves.save': always,
  'saves.restore': ({ evenWritten }) => evenWritten !== true,
  'migration.start': ({ options }) => (options as MoveOptions).isUnsafe !== true,
}

/** A request that makes several tasks: what each of them would be asked for by itself. */
const several: Readonly<Record<string, { readonly name: string; inputs(input: Inputs): readonly Inputs[] }>> =
  {
    'newVm.createSeries': {
      name: 'create',
      inputs: (input) => inputsOfSeries(input as NewVmInput),
    },
    'migration.startMany': {
      name: 'start',
      inputs: (input) => {
        const { vms, atOnce: _, ...rest } = input as unknown as MoveManyInput
        return vms.map((vm) => ({ ...rest, vm }))
      },
    },
  }

type Handler = (input: unknown, sender: SenderId) => unknown
type Loose = Record<string, Record<string, Handler | undefined> | undefined>

/** Has these handlers note what their tasks were asked for by; returns what makes such a request again. */
export function repeating(
  handlers: AppHandlers,
  tasks: Pick<TaskList, 'madeBy'>,
): (request: TaskRequest, sender: SenderId) => Promise<TaskId> {
  const loose = handlers as unknown as Loose
  const note = (id: unknown, group: string, name: string, input: Inputs): void => {
    if (typeof id !== 'string' || !mayRepeat({ group, name, input })) return
    const isOfThisRun = namesChosenFile(input)
    tasks.madeBy(taskId.parse(id), { group, name, input, ...(isOfThisRun ? { isOfThisRun } : {}) })
  }
  for (const channel of [...Object.keys(repeatable), ...Object.keys(several)]) {
    const [group = '', name = ''] = channel.split('.')
    const handler = loose[group]?.[name]
    if (!handler) throw new Error(`No handler for ${channel}`)
    const noting: Handler = async (input, sender) => {
      const answer = await handler(input, sender)
      const each = several[channel]
      if (!each) note(answer, group, name, input as Inputs)
      else {
        const inputs = each.inputs(input as Inputs)
        for (const [at, id] of (answer as readonly unknown[]).entries())
          note(id, group, each.name, inputs[at] ?? {})
      }
      return answer
    }
    loose[group] = { ...loose[group], [name]: noting }
  }
  return async ({ group, name, input }, sender) => {
    // what is on disk may have been written by anybody
    const known = (contract as unknown as Record<string, Record<string, { input?: Checker } | undefined>>)[
      group
    ]
    const checked = repeatable[`${group}.${name}`] && known?.[name]?.input?.safeParse(input)
    if (!checked?.success || !mayRepeat({ group, name, input: checked.data }))
      throw new AppError('unsupported', 'This cannot simply be done again', {
        cure: 'Do it anew from where it was done before',
      })
    return taskId.parse(await loose[group]?.[name]?.(checked.data, sender))
  }
}

function mayRepeat({ group, name, input }: TaskRequest): boolean {
  return repeatable[`${group}.${name}`]?.(input as Inputs) === true
}

interface Checker {
  safeParse(input: unknown): { success: true; data: unknown } | { success: false }
}

/** By its id, which nobody knows after a restart. */
function namesChosenFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, one]) =>
    typeof one === 'string' ? key === 'file' : namesChosenFile(one),
  )
}
