/** Hardware of demo VMs: the same definitions and changes as on real hosts, with a hypervisor that never refuses. */
import type {
  ApplyOutcome,
  ChangePreview,
  DefinitionText,
  HardwareView,
  ItemRef,
} from '../../../shared/model/hardware/view'
import { AppError } from '../../../shared/errors'
import { isActive } from '../../../shared/model/vm'
import { EditDocument } from '../../domain-xml/edit/tree'
import { conflictOf } from '../../domain-xml/hardware/conflict'
import { applyChanges } from '../../domain-xml/hardware/change'
import { deviceText } from '../../domain-xml/hardware/device-text'
import { SeenDefinitions } from '../../domain-xml/hardware/seen'
import { editable, fingerprint, hardwareView, type Definitions } from '../../domain-xml/hardware/view'
import { changeCommands } from '../../domain-xml/hardware/commands'
import { previewOf, workOut } from '../../domain-xml/hardware/work-out'
import { maskSecrets } from '../../domain-xml/secrets'
import type { HardwareRequest } from '../backend'
import type { FakeHost } from './fake-host'
import { factsFromXml } from './facts-from-xml'
import type { FakeVm } from './model'
import { runningXmlOf, storedXmlOf } from './xml'

export class FakeHardware {
  readonly #seen = new SeenDefinitions()

  constructor(private readonly host: FakeHost) {}

  view(vm: FakeVm): HardwareView {
    const definitions = this.#definitions(vm)
    this.#seen.add(editable(definitions))
    return hardwareView(definitions)
  }

  preview(vm: FakeVm, request: HardwareRequest): ChangePreview {
    const definitions = this.#definitions(vm)
    const worked = workOut(definitions, request.changes, request.when)
    return previewOf(
      worked,
      changeCommands(worked, {
        name: vm.definition.name,
        uri: '',
        isRunning: definitions.running !== undefined,
      }),
    )
  }

  definition(vm: FakeVm, which: 'stored' | 'running'): DefinitionText {
    const definitions = this.#definitions(vm)
    const document = (which === 'running' ? definitions.running : undefined) ?? editable(definitions)
    return { xml: maskSecrets(document), base: fingerprint(document) }
  }

  deviceXml(vm: FakeVm, item: ItemRef): string {
    return deviceText(editable(this.#definitions(vm)), item)
  }

  change(vm: FakeVm, request: HardwareRequest): ApplyOutcome {
    if (vm.job !== undefined) throw new AppError('busy', 'The VM is busy with another operation')
    const definitions = this.#definitions(vm)
    if (fingerprint(editable(definitions)) !== request.base)
      return conflictOf(definitions, this.#seen.get(request.base), request)
    const worked = workOut(definitions, request.changes, request.when)
    let { running } = definitions
    for (const [index, change] of request.changes.entries()) {
      if (!running || worked.effects[index]?.when !== 'now' || change.kind === 'as-running') continue
      running = applyChanges(running, [change]).document
    }
    const stored = worked.after.toString()
    this.host.change(vm, {
      ...(vm.isPersistent ? { storedXml: stored } : {}),
      ...(running ? { runningXml: running.toString() } : {}),
      definition: factsFromXml(vm.definition, running?.root ?? worked.after.root),
    })
    return {
      kind: 'applied',
      results: worked.effects.map(({ when }) => ({ when })),
      base: fingerprint(editable(this.#definitions(vm))),
    }
  }

  #definitions(vm: FakeVm): Definitions {
    return {
      ...(vm.isPersistent ? { stored: EditDocument.parse(storedXmlOf(vm)) } : {}),
      ...(isActive(vm.state)
        ? { running: EditDocument.parse(runningXmlOf(vm, this.host.displayPort(vm))) }
        : {}),
    }
  }
}
