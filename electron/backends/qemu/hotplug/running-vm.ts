/** A guest that runs, and the definition of what it is at the moment. */
import { AppError } from '../../../../shared/errors'
import { given } from '../../../../shared/given'
import type { VmId } from '../../../../shared/model/ids'
import { EditDocument, type EditElement } from '../../../domain-xml/edit/tree'
import { findTwin } from '../../../domain-xml/hardware/same-plug'
import type { ArgvPlan, ArgvSurroundings } from '../argv/plan'
import { planArgv } from '../argv/plan-argv'
import { renewNote } from '../command/start-note'
import { completed, named } from '../complete'
import type { Guest } from '../guest'
import { runningGuest, type QemuHost } from '../host'
import { surroundingsOf } from '../start'

/** What runs by its definition, and what a change of it would come to. */
export class PlannedVm {
  readonly #surroundings: ArgvSurroundings

  constructor(
    /** To be changed by nobody: a change is made on a copy, and written once QEMU has done it. */
    readonly definition: EditDocument,
    surroundings: ArgvSurroundings,
  ) {
    this.#surroundings = { ...surroundings, isRunning: true }
  }

  /** Of a definition of it: what runs, or what will. */
  plan(definition: EditDocument): ArgvPlan {
    return planArgv(definition.toString(), this.#surroundings)
  }

  /** With a place and a name for what is new. */
  whole(definition: EditDocument): EditDocument {
    return EditDocument.parse(named(completed(definition.toString(), this.#surroundings), this.#surroundings))
  }
}

export class RunningVm extends PlannedVm {
  private constructor(
    readonly host: QemuHost,
    readonly id: VmId,
    readonly guest: Guest,
    readonly pid: number,
    definition: EditDocument,
    surroundings: ArgvSurroundings,
  ) {
    super(definition, surroundings)
  }

  static async of(host: QemuHost, id: VmId): Promise<RunningVm> {
    const { entry, guest } = await runningGuest(host, id)
    const { running, folder, run } = entry
    if (running === undefined || !run) throw new AppError('invalid', 'The VM has stopped meanwhile')
    const surroundings = await surroundingsOf(host, { id, definition: running, ...given('folder', folder) })
    return new RunningVm(host, id, guest, run.process.pid, EditDocument.parse(running), surroundings)
  }

  /** Written down: what it is, and the command that would start such a one. */
  async becomes(definition: EditDocument): Promise<void> {
    const { store, inventory } = this.host
    await store.writeRunning(this.id, definition.toString())
    await renewNote(store, this.id, this.plan(definition))
    await inventory.refresh()
  }
}

/** Each device that runs has a name of its own; one that is not told by it is found as in any definition. */
export function findRunning(domain: EditElement, element: EditElement): EditElement | undefined {
  const name = aliasOf(element)
  const own = domain
    .find('devices')
    ?.children(element.name)
    .find((one) => name !== undefined && aliasOf(one) === name)
  return own ?? findTwin(domain, element)
}

export function aliasOf(element: EditElement): string | undefined {
  return element.find('alias')?.attribute('name')
}
