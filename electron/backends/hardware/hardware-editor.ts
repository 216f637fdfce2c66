/**
 * Changes a VM: its new definition is stored first, in one step that changes nothing when it is refused; then the running
 * guest is changed as far as it can be.
 */
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
import { asStored } from '../../domain-xml/hardware/as-stored'
import type { Applied } from '../../domain-xml/hardware/change'
import { conflictOf } from '../../domain-xml/hardware/conflict'
import { deviceText } from '../../domain-xml/hardware/device-text'
import { liveSteps, type LiveStep } from '../../domain-xml/hardware/live'
import { SeenDefinitions } from '../../domain-xml/hardware/seen'
import { editable, fingerprint, hardwareView, type Definitions } from '../../domain-xml/hardware/view'
import { previewOf, workOut, type WorkedOut } from '../../domain-xml/hardware/work-out'
import { maskSecrets } from '../../domain-xml/secrets'
import type { ActionContext, HardwareRequest } from '../backend'
import { DriveRefused } from './refusals'

/** What a host does of it. */
export interface HardwarePort {
  /** Which do the same for whoever has a shell. They show no secrets. */
  commands(id: VmId, worked: WorkedOut): Promise<readonly string[]>
  /** Fresh, with their secrets. */
  read(id: VmId): Promise<Definitions>
  /** Refuses what cannot be, before anything is stored. */
  check(id: VmId, worked: WorkedOut): Promise<void>
  store(id: VmId, worked: WorkedOut): Promise<void>
  takeStep(id: VmId, step: LiveStep, signal: AbortSignal): Promise<void>
  /** Everybody is told what became of the VM. */
  settle(id: VmId): Promise<void>
  toAppError(error: unknown): unknown
}

/** The hardware of a host's VMs. One for each session, as it remembers what was shown. */
export class HardwareEditor {
  readonly #seen = new SeenDefinitions()

  constructor(private readonly port: HardwarePort) {}

  async view(id: VmId): Promise<HardwareView> {
    const definitions = await this.port.read(id)
    this.#seen.add(editable(definitions))
    return hardwareView(definitions)
  }

  async preview(id: VmId, request: HardwareRequest): Promise<ChangePreview> {
    const definitions = await this.port.read(id)
    const worked = workOut(definitions, request.changes, request.when)
    return previewOf(worked, await this.port.commands(id, worked))
  }

  async definition(id: VmId, which: 'stored' | 'running'): Promise<DefinitionText> {
    const definitions = await this.port.read(id)
    const document = (which === 'running' ? definitions.running : undefined) ?? editable(definitions)
    this.#seen.add(document)
    return { xml: maskSecrets(document), base: fingerprint(document) }
  }

  async deviceXml(id: VmId, item: ItemRef): Promise<string> {
    return deviceText(editable(await this.port.read(id)), item)
  }

  async change(id: VmId, request: HardwareRequest, context: ActionContext): Promise<ApplyOutcome> {
    const definitions = await this.port.read(id)
    const base = fingerprint(editable(definitions))
    if (base !== request.base) return this.#conflict(definitions, request)
    const worked = workOut(definitions, request.changes, request.when)
    await this.port.check(id, worked)
    if (context.signal.aborted) throw new AppError('cancelled', 'It was cancelled')
    try {
      if (definitions.stored) await this.port.store(id, worked)
      context.onProgress(0.4)
      const results = await this.#changeRunning(id, definitions, worked, context)
      const now = await this.port.read(id)
      this.#seen.add(editable(now))
      return { kind: 'applied', results, base: fingerprint(editable(now)) }
    } finally {
      await this.port.settle(id).catch(() => undefined)
    }
  }

  /** What the guest or hypervisor refuses is stored already, and is told instead of failing the rest. */
  async #changeRunning(
    id: VmId,
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
        await this.#takeSteps(id, applied, worked, context.signal)
        results.push({ when: effect.when })
      } catch (error) {
        const known = this.port.toAppError(error)
        // without a stored definition nothing waits for a next start
        if (!stored || !(known instanceof AppError) || isKind(known, 'unreachable')) throw known
        results.push({
          when: 'next-start',
          whyNotNow: known.message,
          ...(known.detail === undefined ? {} : { detail: known.detail }),
          ...(known instanceof DriveRefused && isUnforced(applied) ? { canBeForced: true } : {}),
        })
      }
    }
    return results
  }

  /** Definitions are read afresh: by storing, new devices got places and names, and earlier steps changed what runs. */
  async #takeSteps(id: VmId, applied: Applied, { after }: WorkedOut, signal: AbortSignal): Promise<void> {
    const { stored, running } = await this.port.read(id)
    if (!running) throw new AppError('invalid', 'The VM has stopped meanwhile')
    for (const step of liveSteps(applied, running)) {
      if (step.kind === 'attach' && applied.kind === 'device' && applied.after && stored) {
        const element = asStored(applied.after, after.root, stored.root) ?? step.element
        await this.port.takeStep(id, { kind: 'attach', element }, signal)
      } else await this.port.takeStep(id, step, signal)
    }
  }

  #conflict(definitions: Definitions, request: HardwareRequest): ApplyOutcome {
    this.#seen.add(editable(definitions))
    return conflictOf(definitions, this.#seen.get(request.base), request)
  }
}

function isUnforced({ change }: Applied): boolean {
  return change.kind === 'set' && !change.isForced
}
