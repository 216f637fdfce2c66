import type { z } from 'zod'
import { AppError } from '../../shared/errors'
import type { DeleteVmsInput } from '../../shared/model/delete-plan'
import type { TaskId, VmRef } from '../../shared/model/ids'
import {
  isActive,
  powerRules,
  templateReason,
  whyNoTemplate,
  whyNot,
  type PowerAction,
  type Vm,
  type autostartInput,
  type powerInput,
  type renameInput,
  type templateInput,
} from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import { templateElement, templateNamespace, templatePrefix } from '../domain-xml/template-mark'
import type { TaskList } from '../tasks/task-list'
import { refuseTemplate } from './refuse-template'
import { refuseWhileBusy } from './refuse-while-busy'
import { writable } from './session-tasks'
import { deleteVms } from './vm-delete'

/** The part of the host registry that actions need. */
export interface VmHosts {
  get(host: VmRef['host']): HypervisorSession
  vm(ref: VmRef): Vm
}

const doing: Record<PowerAction, string> = {
  start: 'Starting',
  startPaused: 'Starting paused',
  startAfresh: 'Starting afresh',
  shutdown: 'Asking to shut down',
  reboot: 'Asking to reboot',
  shutdownByAgent: 'Asking the agent to shut down',
  rebootByAgent: 'Asking the agent to reboot',
  sleep: 'Putting to sleep',
  hibernate: 'Hibernating',
  hybridSleep: 'Putting to sleep',
  wakeUp: 'Waking',
  reset: 'Resetting',
  forceOff: 'Forcing off',
  pause: 'Pausing',
  resume: 'Resuming',
  save: 'Saving',
  restore: 'Restoring',
  discardSaved: 'Discarding the saved state of',
}

/**
 * What a user does to one VM, as tasks. What the rules forbid is refused at once and starts nothing; the new state is
 * never guessed but arrives from the host.
 */
export class VmActions {
  readonly #hosts: VmHosts
  readonly #tasks: TaskList

  constructor(parts: { readonly hosts: VmHosts; readonly tasks: TaskList }) {
    this.#hosts = parts.hosts
    this.#tasks = parts.tasks
  }

  power({ action, ...ref }: z.output<typeof powerInput>): TaskId {
    const { session, vm } = this.#writable(ref)
    const reason = whyNot(action, vm, session.features)
    if (reason !== undefined) throw new AppError('invalid', `${vm.name}: ${reason}`)
    refuseWhileBusy(this.#tasks, vm, action)
    return this.#tasks.run(
      {
        kind: `power.${action}`,
        title: `${doing[action]} ${vm.name}`,
        host: ref.host,
        vm: ref.vm,
        command: session.command(ref.vm, action, vm.name),
        canCancel: action === 'save',
      },
      async (context) => {
        // the mark is told late; what it is to keep from being written to is asked about at once
        if (powerRules[action].notOfTemplates === true) await refuseTemplate(session, vm)
        await session.power(ref.vm, action, context)
      },
    )
  }

  rename({ name, ...ref }: z.output<typeof renameInput>): TaskId {
    const { session, vm } = this.#writable(ref)
    // virDomainRename: inactive domains only
    if (isActive(vm.state)) {
      throw new AppError('invalid', `${vm.name} can be renamed only while it is shut off`, { field: 'name' })
    }
    if (!session.features.canRename) throw new AppError('unsupported', 'This hypervisor cannot rename VMs')
    refuseWhileBusy(this.#tasks, vm)
    return this.#tasks.run(
      {
        kind: 'vm.rename',
        title: `Renaming ${vm.name} to ${name}`,
        host: ref.host,
        vm: ref.vm,
        command: session.virsh(['domrename', '--domain', vm.name, '--new-name', name]),
      },
      () => session.rename(ref.vm, name),
    )
  }

  setAutostart({ autostart, ...ref }: z.output<typeof autostartInput>): TaskId {
    const { session, vm } = this.#writable(ref)
    if (!session.features.canAutostart) {
      throw new AppError('unsupported', 'This hypervisor cannot start VMs by itself')
    }
    if (!vm.isPersistent) throw new AppError('invalid', `${vm.name} is transient and cannot start by itself`)
    if (autostart && vm.isTemplate === true) throw new AppError('invalid', `${vm.name}: ${templateReason}`)
    return this.#tasks.run(
      {
        kind: 'vm.autostart',
        title: `${autostart ? 'Turning on' : 'Turning off'} autostart of ${vm.name}`,
        host: ref.host,
        vm: ref.vm,
        command: session.virsh(['autostart', '--domain', vm.name, ...(autostart ? [] : ['--disable'])]),
      },
      async () => {
        if (autostart) await refuseTemplate(session, vm)
        await session.setAutostart(ref.vm, autostart)
      },
    )
  }

  setTemplate({ isTemplate, ...ref }: z.output<typeof templateInput>): TaskId {
    const { session, vm } = this.#writable(ref)
    const reason = isTemplate ? whyNoTemplate(vm) : undefined
    if (reason !== undefined) throw new AppError('invalid', `${vm.name}: ${reason}`)
    refuseWhileBusy(this.#tasks, vm)
    const set = isTemplate ? templateElement : undefined
    return this.#tasks.run(
      {
        kind: 'vm.template',
        title: isTemplate ? `Making ${vm.name} a template` : `Taking the mark of a template from ${vm.name}`,
        host: ref.host,
        vm: ref.vm,
        command: session.virsh([
          'metadata',
          ...['--domain', vm.name, '--uri', templateNamespace, '--config'],
          ...(set === undefined ? ['--remove'] : ['--key', templatePrefix, '--set', set]),
        ]),
      },
      async () => {
        // it would be started with the host
        if (isTemplate && vm.autostart) await session.setAutostart(ref.vm, false)
        await session.setTemplate(ref.vm, isTemplate)
      },
    )
  }

  takeOver(ref: VmRef): TaskId {
    const { session, vm } = this.#writable(ref)
    if (vm.isForeign !== true) throw new AppError('invalid', `${vm.name} was not started by another program`)
    return this.#tasks.run(
      { kind: 'vm.takeOver', title: `Keeping the definition of ${vm.name}`, host: ref.host, vm: ref.vm },
      () => session.creation.takeOver(ref.vm),
    )
  }

  delete(input: DeleteVmsInput): TaskId {
    return deleteVms(
      { hosts: this.#hosts, tasks: this.#tasks, refuseWhileBusy: (vm) => refuseWhileBusy(this.#tasks, vm) },
      input,
    )
  }

  #writable(ref: VmRef): { session: HypervisorSession; vm: Vm } {
    return { session: writable(this.#hosts, ref.host), vm: this.#hosts.vm(ref) }
  }
}
