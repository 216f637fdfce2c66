import { AppError } from '../../shared/errors'
import type { VmChange } from '../../shared/ipc/contract'
import type { TaskId, VmId, VmRef } from '../../shared/model/ids'
import type {
  CreateSnapshotInput,
  DeleteSnapshotsInput,
  EditSnapshotInput,
  RevertSnapshotInput,
} from '../../shared/model/snapshots/inputs'
import type { SnapshotView } from '../../shared/model/snapshots/snapshot'
import { createWords } from '../../shared/model/snapshots/virsh-words'
import { isActive, type Vm } from '../../shared/model/vm'
import type { ActionContext, HypervisorSession, Screenshot } from '../backends/backend'
import type { DeleteWish, SnapshotWish } from '../backends/snapshot-session'
import type { SnapshotPictures } from '../snapshots/pictures'
import type { TaskList, TaskStart } from '../tasks/task-list'
import { within } from './deadline'
import { refuseTemplate } from './refuse-template'
import { refuseWhileBusy } from './refuse-while-busy'
import { asTaskWithAnswer, writable } from './session-tasks'
import type { VmHosts } from './vm-actions'

const pictureMs = 4_000

/** What a user does to snapshots of VMs, as tasks of the VM: nothing else is done to it meanwhile. */
export class SnapshotActions {
  constructor(
    private readonly parts: {
      readonly hosts: VmHosts
      readonly tasks: TaskList
      /** Absent: none are kept. */
      readonly pictures?: SnapshotPictures
    },
  ) {}

  /** As the host tells them; pictures of others that are gone by then go too. */
  list({ host, vm }: VmRef): Promise<SnapshotView> {
    const { hosts, pictures } = this.parts
    const ask = (): Promise<SnapshotView> => hosts.get(host).snapshots.snapshots(vm)
    return pictures ? pictures.sweep({ host, vm }, ask) : ask()
  }

  /** Pictures of a VM that is gone are nobody's. */
  async saw(changes: readonly VmChange[]): Promise<void> {
    for (const change of changes)
      if (change.kind === 'removed') await this.#keep((pictures) => pictures.forget(change.ref))
  }

  create({ host, vm: id, replace: _, ...wish }: CreateSnapshotInput): TaskId {
    const { session, vm } = this.#writable({ host, vm: id })
    return this.#take(session, vm, wish, [])
  }

  /** Within a task of whoever wants it. */
  async take(
    session: HypervisorSession,
    { host, id, state }: Vm,
    wish: SnapshotWish,
    context: ActionContext,
  ): Promise<void> {
    const screen = isActive(state) ? await this.#screenOf(session, id) : undefined
    await session.snapshots.createSnapshot(id, wish, context)
    if (screen) await this.#keep((pictures) => pictures.put({ host, vm: id }, wish.name, screen))
  }

  /** As QEMU's savevm does by itself; but what keeps the old one from being deleted is told before anything is lost. */
  async replace({ host, vm: id, replace: _, ...wish }: CreateSnapshotInput): Promise<TaskId> {
    const { session, vm } = this.#writable({ host, vm: id })
    const old = oldOf(wish)
    const { stamp, commands } = await session.snapshots.snapshotDeletePlan(id, old)
    return this.#take(session, vm, wish, commands, (context) =>
      session.snapshots.deleteSnapshots(id, { ...old, stamp }, context),
    )
  }

  async createCommand({ host, vm, replace, ...wish }: CreateSnapshotInput): Promise<string | undefined> {
    const { hosts } = this.parts
    const session = hosts.get(host)
    const before =
      replace === true ? (await session.snapshots.snapshotDeletePlan(vm, oldOf(wish))).commands : []
    return inLines([...before, session.virsh(createWords(hosts.vm({ host, vm }).name, wish))])
  }

  #take(
    session: HypervisorSession,
    vm: Vm,
    wish: SnapshotWish,
    commandsBefore: readonly string[],
    before?: (context: ActionContext) => Promise<void>,
  ): TaskId {
    return this.parts.tasks.run(
      {
        ...ofVm(vm, 'create', `Taking snapshot ${wish.name} of ${vm.name}`),
        command: inLines([...commandsBefore, session.virsh(createWords(vm.name, wish))]),
        canCancel: true,
      },
      async (context) => {
        await before?.(context)
        await this.take(session, vm, wish, context)
      },
    )
  }

  /** Planned once more, which tells the commands and refuses what has changed before there is a task. */
  async revert({ host, vm: id, ...wish }: RevertSnapshotInput): Promise<TaskId> {
    const { session, vm } = this.#writable({ host, vm: id })
    await refuseTemplate(session, vm)
    const plan = await session.snapshots.revertPlan(id, wish.name)
    refuseOther(plan.stamp, wish.stamp)
    const words = wish.start === 'as-was' ? '' : ` --${wish.start}`
    return this.parts.tasks.run(
      {
        ...ofVm(vm, 'revert', `Going back to snapshot ${wish.name} of ${vm.name}`),
        command: plan.commands
          .map((line) => (line.includes('snapshot-revert') ? line + words : line))
          .join('\n'),
      },
      (context) => session.snapshots.revertSnapshot(id, wish, context),
    )
  }

  async delete({ host, vm: id, ...wish }: DeleteSnapshotsInput): Promise<TaskId> {
    const { session, vm } = this.#writable({ host, vm: id })
    const plan = await session.snapshots.snapshotDeletePlan(id, wish)
    refuseOther(plan.stamp, wish.stamp)
    const [only] = plan.snapshots
    const what = plan.snapshots.length === 1 ? `snapshot ${only ?? ''}` : `${plan.snapshots.length} snapshots`
    return this.parts.tasks.run(
      {
        ...ofVm(vm, 'delete', `Deleting ${what} of ${vm.name}`),
        command: plan.commands.join('\n'),
        canCancel: true,
      },
      (context) => this.drop(session, vm, wish, plan.snapshots, context),
    )
  }

  /** Within a task of whoever wants it. `gone`: those of the plan. */
  async drop(
    session: HypervisorSession,
    { host, id }: Vm,
    wish: DeleteWish,
    gone: readonly string[],
    context: ActionContext,
  ): Promise<void> {
    await session.snapshots.deleteSnapshots(id, wish, context)
    await this.#keep((pictures) => pictures.drop({ host, vm: id }, gone))
  }

  edit({ host, vm: id, ...wish }: EditSnapshotInput): Promise<void> {
    const { session, vm } = this.#writable({ host, vm: id })
    return asTaskWithAnswer(
      this.parts.tasks,
      {
        ...ofVm(vm, 'edit', `Changing snapshot ${wish.name} of ${vm.name}`),
        command: session.virsh(['snapshot-edit', vm.name, wish.name]),
      },
      async () => {
        await session.snapshots.editSnapshot(id, wish)
        const { newName } = wish
        if (newName !== undefined)
          await this.#keep((pictures) => pictures.rename({ host, vm: id }, wish.name, newName))
      },
    )
  }

  async #screenOf(session: HypervisorSession, vm: VmId): Promise<Screenshot | undefined> {
    if (!this.parts.pictures) return undefined
    // a guest without a screen, or one that is slow to show it, gets its snapshot all the same
    return within(pictureMs, 'Taking a picture of the screen', session.screenshot(vm)).catch(() => undefined)
  }

  async #keep(work: (pictures: SnapshotPictures) => Promise<void>): Promise<void> {
    // what was asked for is done: a full disk on this computer must not make it a failure
    if (this.parts.pictures) await work(this.parts.pictures).catch(() => undefined)
  }

  #writable(ref: VmRef): { session: HypervisorSession; vm: Vm } {
    const session = writable(this.parts.hosts, ref.host)
    const vm = this.parts.hosts.vm(ref)
    refuseWhileBusy(this.parts.tasks, vm)
    return { session, vm }
  }
}

const oldOf = ({ name }: SnapshotWish): Omit<DeleteWish, 'stamp'> => ({
  names: [name],
  withChildren: false,
  metadataOnly: false,
})

/** Absent where there is no such program. */
function inLines(commands: readonly (string | undefined)[]): string | undefined {
  const known = commands.filter((command) => command !== undefined)
  return known.length === 0 ? undefined : known.join('\n')
}

function ofVm(vm: Vm, verb: string, title: string): TaskStart {
  return { kind: `snapshot.${verb}`, title, host: vm.host, vm: vm.id }
}

function refuseOther(stamp: string, seen: string): void {
  if (stamp === seen) return
  throw new AppError('busy', 'The VM or its snapshots have changed since this was shown', {
    cure: 'Look at what would be done now, and decide again.',
  })
}
