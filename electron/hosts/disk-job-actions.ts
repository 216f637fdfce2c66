import { AppError } from '../../shared/errors'
import type {
  DiskJob,
  DiskPlan,
  DiskRef,
  EndDiskJobInput,
  FlattenDiskInput,
  MergeDiskInput,
  MoveDiskInput,
} from '../../shared/model/disk-jobs/disk-job'
import type { TaskId, VmRef } from '../../shared/model/ids'
import type { HypervisorSession } from '../backends/backend'
import { flattenDisk, mergeDisk } from '../disk-jobs/layers-work'
import { moveDisk } from '../disk-jobs/move'
import { limitWords, moveCommand } from '../disk-jobs/move-command'
import { planDisk } from '../disk-jobs/plan'
import type { TaskContext, TaskList } from '../tasks/task-list'
import { Speed } from '../tasks/speed'
import { refuseTemplate } from './refuse-template'
import { runOnHost, writable, type HostWork } from './session-tasks'
import type { VmHosts } from './vm-actions'

/**
 * Work on disks as tasks. Those of a running VM are the host's and not the VM's: it can be paused, and stopped, meanwhile. What
 * stands against it is refused at once.
 */
export class DiskJobActions {
  /** Tasks that wait for a job, by the disk it is on. */
  readonly #waiting = new Map<string, TaskId>()
  readonly #speeds = new Map<string, Speed>()

  constructor(
    private readonly parts: {
      readonly hosts: VmHosts
      readonly tasks: TaskList
      readonly now?: () => number
    },
  ) {}

  /** Those that others began as well; a speed is known from the second look on. */
  async list(ref: VmRef): Promise<readonly DiskJob[]> {
    const jobs = await this.parts.hosts.get(ref.host).diskJobs.jobs(ref.vm)
    const keys = new Set(jobs.map(({ target }) => keyOf({ ...ref, target })))
    for (const key of this.#speeds.keys())
      if (key.startsWith(keyOf({ ...ref, target: '' })) && !keys.has(key)) this.#speeds.delete(key)
    const nowMs = (this.parts.now ?? Date.now)()
    return jobs.map((job) => {
      const key = keyOf({ ...ref, target: job.target })
      const speed = this.#speeds.get(key) ?? new Speed()
      this.#speeds.set(key, speed)
      const bytesPerSecond = speed.at(nowMs, job.doneBytes)
      return bytesPerSecond === undefined || job.isReady ? job : { ...job, bytesPerSecond }
    })
  }

  plan({ host, vm, target }: DiskRef): Promise<DiskPlan> {
    const { hosts } = this.parts
    return planDisk(hosts.get(host), hosts.vm({ host, vm }), { target })
  }

  async move(input: MoveDiskInput): Promise<TaskId> {
    const plan = await this.#planned(input)
    const { vmName, facts, whyNot } = plan
    refuse(whyNot.move)
    if (input.deletesOld && input.finish === 'switch') refuse(whyNot.deleteOld, 'deletesOld')
    const { target, pool, volume, finish } = input
    if (!facts.isRunning) await refuseTemplate(this.parts.hosts.get(input.host), this.parts.hosts.vm(input))
    const verb = finish === 'switch' ? 'Moving' : 'Copying'
    const command = await moveCommand(this.parts.hosts.get(input.host), input, plan)
    return this.#run(
      input,
      {
        kind: 'disk.move',
        title: `${verb} ${target} of ${vmName} to ${volume} in ${pool}`,
        canCancel: true,
        // a start would have the old image
        ...(facts.isRunning ? {} : { vm: input.vm }),
        command,
      },
      (session, context) => moveDisk(session, input, plan, context),
    )
  }

  async flatten(input: FlattenDiskInput): Promise<TaskId> {
    const plan = await this.#planned(input)
    refuse(plan.whyNot.flatten)
    return this.#run(
      input,
      {
        kind: 'disk.flatten',
        title: `Flattening ${input.target} of ${plan.vmName}`,
        canCancel: true,
        words: [
          ...['blockpull', plan.vmName, input.target],
          ...limitWords(input.limitBytesPerSecond),
          ...['--wait', '--verbose'],
        ],
      },
      (session, context) => flattenDisk(session, input, plan, context),
    )
  }

  async merge(input: MergeDiskInput): Promise<TaskId> {
    const plan = await this.#planned(input)
    const { top, base, target } = input
    const choice = plan.merges.find((one) => one.top === top && one.base === base)
    if (!choice) {
      throw new AppError('invalid', `${target} no longer has these layers`, {
        cure: 'They have changed; look at them again.',
      })
    }
    refuse(choice.whyNot)
    const isTop = plan.facts.layers[0]?.place === top
    return this.#run(
      input,
      {
        kind: 'disk.merge',
        title: `Merging layers of ${target} of ${plan.vmName}`,
        canCancel: true,
        words: [
          ...['blockcommit', plan.vmName, target, '--base', base],
          ...(isTop ? ['--active', '--pivot'] : ['--top', top]),
          ...limitWords(input.limitBytesPerSecond),
          ...['--wait', '--verbose'],
        ],
      },
      (session, context) => mergeDisk(session, input, plan, context),
    )
  }

  /** What a task here waits for is taken back by cancelling it: it cleans up, and tells how it ended. */
  end({ host, vm, target, how }: EndDiskJobInput): TaskId {
    const waiting = this.#waiting.get(keyOf({ host, vm, target }))
    if (waiting !== undefined && how === 'stop') {
      this.parts.tasks.cancel(waiting)
      return waiting
    }
    const { name } = this.parts.hosts.vm({ host, vm })
    return runOnHost(
      this.parts,
      host,
      {
        kind: 'disk.end-job',
        title:
          how === 'switch' ? `Switching ${target} of ${name}` : `Stopping the work on ${target} of ${name}`,
        words: ['blockjob', name, target, how === 'switch' ? '--pivot' : '--abort'],
      },
      (session) => session.diskJobs.end(vm, target, how),
    )
  }

  #run(
    ref: DiskRef,
    start: HostWork,
    work: (session: HypervisorSession, context: TaskContext) => Promise<void>,
  ): TaskId {
    const key = keyOf(ref)
    const task = runOnHost(this.parts, ref.host, start, (session, context) =>
      work(session, context).finally(() => {
        if (this.#waiting.get(key) === task) this.#waiting.delete(key)
      }),
    )
    this.#waiting.set(key, task)
    return task
  }

  #planned({ host, vm, target }: DiskRef): Promise<DiskPlan> {
    writable(this.parts.hosts, host)
    return this.plan({ host, vm, target })
  }
}

function keyOf({ host, vm, target }: DiskRef): string {
  return `${host} ${vm} ${target}`
}

function refuse(why: string | undefined, field?: string): void {
  if (why !== undefined) throw new AppError('invalid', why, field === undefined ? {} : { field })
}
