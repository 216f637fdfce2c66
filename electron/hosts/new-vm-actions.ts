import { AppError, errorData } from '../../shared/errors'
import { vmId, type HostId, type TaskId } from '../../shared/model/ids'
import type { ConvertDefinitionInput, DefinitionConversion } from '../../shared/model/new-vm/conversion'
import type { FromDefinitionInput, FromDefinitionPlan } from '../../shared/model/new-vm/from-definition'
import type { ForeignVm } from '../../shared/model/new-vm/foreign'
import type { NewVmInput, NewVmPlan, PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { BundleInput, BundlePlan, BundleSummary } from '../../shared/model/new-vm/bundle'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import type { Bundles } from '../new-vm/bundle/bundles'
import { workOutBundle } from '../new-vm/bundle/plan'
import { createVm } from '../new-vm/create'
import type { ForeignPackages } from '../new-vm/foreign/package/packages'
import { workOutDefinition } from '../new-vm/from-definition'
import type { CreationJournal, CreationNote } from '../new-vm/journal/creation-journal'
import { withoutSecrets } from '../new-vm/journal/without-secrets'
import { workOutNewVm, type DefinitionWriter, type WorkedOutVm } from '../new-vm/plan'
import { inputsOfSeries, planSeries, workOutSeries } from '../new-vm/series'
import {
  findTestGuestPlace,
  putTestDisk,
  removeTestDisk,
  testGuestInput,
  withoutAcceleration,
  type TestGuestPlace,
} from '../new-vm/test-guest/test-guest'
import { newVmUuid } from '../new-vm/vm-uuid'
import { convertXen } from '../new-vm/xen/convert'
import type { TaskList } from '../tasks/task-list'
import { Turns } from '../tasks/turns'
import type { InstallMediaActions } from './install-media'
import { runOnHost, writable, type SessionHosts } from './session-tasks'

/** Of a series: more would only wait for the same disks, and hosts answer others meanwhile. */
const atOnce = 2

/** New VMs: planned without changing anything, and made as a task. */
export class NewVmActions {
  readonly #hosts: SessionHosts
  readonly #tasks: TaskList
  readonly #writer: DefinitionWriter
  readonly #packages: ForeignPackages | undefined
  readonly #bundles: Bundles | undefined
  readonly #journal: CreationJournal | undefined
  readonly #media: Pick<InstallMediaActions, 'remember'> | undefined

  constructor(parts: {
    readonly hosts: SessionHosts
    readonly tasks: TaskList
    readonly writer: DefinitionWriter
    readonly packages?: ForeignPackages
    readonly bundles?: Bundles
    /** Where it is written down what a creation begins; absent: nowhere. */
    readonly journal?: CreationJournal
    /** Who shall know which discs it was made with. */
    readonly installMedia?: Pick<InstallMediaActions, 'remember'>
  }) {
    this.#media = parts.installMedia
    this.#bundles = parts.bundles
    this.#journal = parts.journal
    this.#packages = parts.packages
    this.#hosts = parts.hosts
    this.#tasks = parts.tasks
    this.#writer = parts.writer
  }

  plan(input: NewVmInput): Promise<NewVmPlan> {
    return planSeries(this.#hosts.get(input.host), input, this.#writer)
  }

  /** What stands against it is refused at once and starts nothing. The task has the id that the VM will have. */
  async create(input: NewVmInput): Promise<TaskId> {
    // one task is one VM
    if ((input.count ?? 1) > 1)
      throw new AppError('invalid', `This would make one VM instead of ${input.count}`, {
        cure: 'Make one, or ask for a series.',
        field: 'count',
      })
    const worked = await workOutNewVm(writable(this.#hosts, input.host), input, this.#writer)
    refuseWrong(worked.plan.problems)
    return this.#run(input, worked.uuid, worked.plan.command, (session, context) =>
      this.#make(session, input, worked, context),
    )
  }

  /** What stands against any of them is refused at once; after that each is made whatever becomes of the others. */
  async createSeries(input: NewVmInput): Promise<readonly TaskId[]> {
    const session = writable(this.#hosts, input.host)
    const { plan, cards } = await workOutSeries(session, input, this.#writer)
    refuseWrong(plan.problems)
    const turns = new Turns(atOnce)
    const ids = new Set((await session.listVms()).map(({ id }) => id as string))
    return inputsOfSeries(input).map((one, at) => {
      const uuid = newVmUuid(one.host, one.name, ids)
      return this.#run(one, uuid, undefined, (own, context) =>
        turns.take(async () => {
          context.signal.throwIfAborted()
          // anew for each: those before it took names and room
          const worked = await workOutNewVm(own, one, this.#writer, at === 0 ? undefined : cards)
          refuseWrong(worked.plan.problems)
          await this.#make(own, one, worked, context)
        }),
      )
    })
  }

  /** A tiny guest that shows whether the host runs guests, without any question. */
  async createTest(host: HostId): Promise<TaskId> {
    const session = writable(this.#hosts, host)
    const place = await findTestGuestPlace(session)
    const input = testGuestInput(host, place)
    const uuid = newVmUuid(host, input.name, place.takenIds)
    return this.#run(input, uuid, undefined, async (own, context) => {
      await putTestDisk(own, place.disk, context.signal)
      try {
        await this.#makeTest(own, input, place.guests, context)
      } catch (error) {
        await removeTestDisk(own, place.disk)
        throw error
      }
    })
  }

  async #makeTest(
    session: HypervisorSession,
    input: NewVmInput,
    [, ...others]: TestGuestPlace['guests'],
    context: ActionContext,
  ): Promise<void> {
    const worked = await workOutNewVm(session, input, this.#writer)
    refuseWrong(worked.plan.problems)
    try {
      await createVm(session, input, worked, context)
    } catch (error) {
      const [next, ...rest] = others
      const isThere = (await session.listVms()).find(({ id }) => id === worked.uuid)?.state === 'shut-off'
      if (next === undefined || !isThere || context.signal.aborted) throw error
      await session.delete(vmId.parse(worked.uuid), { files: [] }, context)
      await this.#makeTest(
        session,
        withoutAcceleration(input, next, errorData(error)),
        [next, ...rest],
        context,
      )
    }
  }

  async planDefinition(input: FromDefinitionInput): Promise<FromDefinitionPlan> {
    return (await workOutDefinition(this.#hosts.get(input.host), input)).plan
  }

  /** As `create`. */
  async createFromDefinition(input: FromDefinitionInput): Promise<TaskId> {
    const { plan, ready } = await workOutDefinition(writable(this.#hosts, input.host), input)
    refuseWrong(plan.problems)
    if (!ready) throw new AppError('invalid', 'The definition cannot be used')
    const { input: made, worked } = ready
    return this.#run(made, worked.uuid, undefined, (session, context) =>
      createVm(session, made, worked, context, undefined, undefined, this.#journal?.open(aboutOf(made))),
    )
  }

  async convertDefinition(input: ConvertDefinitionInput): Promise<DefinitionConversion> {
    return convertXen(input, await this.#hosts.get(input.host).capabilities())
  }

  async readForeign(file: string): Promise<ForeignVm> {
    if (!this.#packages) throw new AppError('unsupported', 'Files of this computer cannot be used here')
    return this.#packages.read(file)
  }

  async readBundle(file: string): Promise<BundleSummary | null> {
    return this.#ofBundles().summary(file)
  }

  async planBundle(input: BundleInput): Promise<BundlePlan> {
    const bundle = await this.#ofBundles().read(input.file)
    return (await workOutBundle(this.#hosts.get(input.host), input, bundle)).plan
  }

  /** As `create`. */
  async createFromBundle(input: BundleInput): Promise<TaskId> {
    const bundles = this.#ofBundles()
    const bundle = await bundles.read(input.file)
    const { plan, ready } = await workOutBundle(writable(this.#hosts, input.host), input, bundle)
    refuseWrong(plan.problems)
    if (!ready) throw new AppError('invalid', 'The bundle cannot be used')
    const { input: made, worked } = ready
    return this.#run(made, worked.uuid, undefined, (session, context) =>
      createVm(session, made, worked, context, undefined, bundles, this.#journal?.open(aboutOf(made))),
    )
  }

  #ofBundles(): Bundles {
    if (this.#bundles) return this.#bundles
    throw new AppError('unsupported', 'Files of this computer cannot be used here')
  }

  async #make(
    session: HypervisorSession,
    input: NewVmInput,
    worked: WorkedOutVm,
    context: ActionContext,
  ): Promise<void> {
    try {
      await createVm(session, input, worked, context, undefined, this.#packages, this.#noteOf(input))
    } finally {
      // also of one that is there and only did not start
      await this.#media?.remember(session, input, worked.uuid, worked.resolved.seed)
    }
  }

  /** With the choices, so that it can be begun again when it was cut off. */
  #noteOf(input: NewVmInput): CreationNote | undefined {
    return this.#journal?.open({ ...aboutOf(input), ...withoutSecrets(input) })
  }

  #run(
    { host, name }: NewVmInput,
    uuid: string,
    command: string | undefined,
    work: Parameters<typeof runOnHost>[3],
  ): TaskId {
    return runOnHost(
      { hosts: this.#hosts, tasks: this.#tasks },
      host,
      {
        kind: 'vm.create',
        title: `Creating ${name}`,
        vm: vmId.parse(uuid),
        canCancel: true,
        command,
      },
      work,
    )
  }
}

function aboutOf({ host, name }: NewVmInput): { host: HostId; name: string; what: 'create' } {
  return { host, name, what: 'create' }
}

function refuseWrong(problems: readonly PlanProblem[]): void {
  const wrong = problems.find(({ level }) => level === 'error')
  if (wrong) throw new AppError('invalid', wrong.message, { cure: wrong.cure, field: wrong.field })
}
