/** Changes a VM: its definition is stored first, then the running guest is changed as far as it can be. */
import { AppError, isKind } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import type {
  ApplyOutcome,
  ChangePreview,
  ChangeResult,
  DefinitionText,
  HardwareView,
  ItemRef,
} from '../../../shared/model/hardware/view'
import { EditDocument } from '../../domain-xml/edit/tree'
import type { Applied } from '../../domain-xml/hardware/change'
import { conflictOf } from '../../domain-xml/hardware/conflict'
import { deviceText } from '../../domain-xml/hardware/device-text'
import { liveSteps } from '../../domain-xml/hardware/live'
import { SeenDefinitions } from '../../domain-xml/hardware/seen'
import { editable, fingerprint, hardwareView, type Definitions } from '../../domain-xml/hardware/view'
import { previewOf, workOut, type WorkedOut } from '../../domain-xml/hardware/work-out'
import { maskSecrets } from '../../domain-xml/secrets'
import type { ActionContext, HardwareRequest } from '../backend'
import { cancelled, toAppError } from './errors'
import type { QemuHost } from './host'
import type { VmEntry } from './inventory'
import { takeLiveStep } from './live-step'
import { planOf } from './start'

/**
 * Nothing is plugged into running guests of these hosts yet, and none is told that it would be. A guest that is not stored
 * has no next start.
 */
const when = 'next-start'

/** One for each session, as it remembers what was shown. */
export class Hardware {
  readonly #seen = new SeenDefinitions()

  constructor(private readonly host: QemuHost) {}

  async view(id: VmId): Promise<HardwareView> {
    const definitions = definitionsOf(await this.host.inventory.find(id))
    this.#seen.add(editable(definitions))
    return hardwareView(definitions)
  }

  async preview(id: VmId, request: HardwareRequest): Promise<ChangePreview> {
    const entry = await this.host.inventory.find(id)
    const definitions = definitionsOf(entry)
    return previewOf(workOut(definitions, request.changes, when), {
      name: entry.record.name,
      uri: '',
      isRunning: definitions.running !== undefined,
    })
  }

  async definition(id: VmId, which: 'stored' | 'running'): Promise<DefinitionText> {
    const definitions = definitionsOf(await this.host.inventory.find(id))
    const document = (which === 'running' ? definitions.running : undefined) ?? editable(definitions)
    this.#seen.add(document)
    return { xml: maskSecrets(document), base: fingerprint(document) }
  }

  async deviceXml(id: VmId, item: ItemRef): Promise<string> {
    return deviceText(editable(definitionsOf(await this.host.inventory.find(id))), item)
  }

  async change(id: VmId, request: HardwareRequest, context: ActionContext): Promise<ApplyOutcome> {
    const entry = await this.host.inventory.find(id)
    const definitions = definitionsOf(entry)
    if (fingerprint(editable(definitions)) !== request.base) {
      this.#seen.add(editable(definitions))
      return conflictOf(definitions, this.#seen.get(request.base), request)
    }
    const worked = workOut(definitions, request.changes, when)
    if (context.signal.aborted) throw cancelled()
    if (definitions.stored && entry.folder !== undefined) {
      const after = worked.after.toString()
      // what no command can do is refused before it is stored
      await planOf(this.host, { id, definition: after, folder: entry.folder })
      if (after !== entry.stored) await this.host.store.write(entry.folder, 'vm.xml', after)
    }
    context.onProgress(0.4)
    try {
      const results = await this.#changeRunning(entry, definitions, worked, context)
      const now = definitionsOf(await this.host.inventory.find(id))
      this.#seen.add(editable(now))
      return { kind: 'applied', results, base: fingerprint(editable(now)) }
    } finally {
      await this.host.inventory.refresh().catch(() => undefined)
    }
  }

  /** What the guest or QEMU refuses is stored already, and is told instead of failing the rest. */
  async #changeRunning(
    { id }: VmEntry,
    { stored, running }: Definitions,
    worked: WorkedOut,
    context: ActionContext,
  ): Promise<ChangeResult[]> {
    const results: ChangeResult[] = []
    for (const [index, applied] of worked.applied.entries()) {
      const effect = worked.effects[index] ?? { when: 'next-start' as const }
      context.onProgress(0.4 + (0.6 * index) / worked.applied.length)
      if (!running || effect.when === 'next-start') {
        results.push({ when: 'next-start' })
        continue
      }
      try {
        await this.#takeSteps(id, applied, context.signal)
        results.push({ when: effect.when })
      } catch (error) {
        const known = toAppError(error)
        if (!stored || !(known instanceof AppError) || isKind(known, 'unreachable')) throw known
        results.push({
          when: 'next-start',
          whyNotNow: known.message,
          ...(known.detail === undefined ? {} : { detail: known.detail }),
        })
      }
    }
    return results
  }

  /** What runs is read afresh, as earlier steps changed it. */
  async #takeSteps(id: VmId, applied: Applied, signal: AbortSignal): Promise<void> {
    const { running } = definitionsOf(await this.host.inventory.find(id))
    if (!running) throw new AppError('invalid', 'The VM has stopped meanwhile')
    for (const step of liveSteps(applied, running)) await takeLiveStep(this.host, id, step, signal)
  }
}

/** With their secrets. */
export function definitionsOf({ stored, running, record }: VmEntry): Definitions {
  const read = (xml: string): EditDocument => EditDocument.parse(xml, `the definition of ${record.name}`)
  return {
    ...(stored === undefined ? {} : { stored: read(stored) }),
    ...(running === undefined ? {} : { running: read(running) }),
  }
}
