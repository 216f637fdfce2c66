/**
 * Changes a domain: the new definition is stored first, in one call that the daemon checks and that changes nothing when
 * it is refused; then the running guest is changed as far as it can be.
 */
import { AppError, isKind } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import type {
  ApplyOutcome,
  ChangePreview,
  ChangeResult,
  DefinitionText,
  HardwareView,
  ItemRef,
} from '../../../../shared/model/hardware/view'
import { deviceText } from '../../../domain-xml/hardware/device-text'
import type { Applied } from '../../../domain-xml/hardware/change'
import { conflictOf } from '../../../domain-xml/hardware/conflict'
import { asStored } from '../../../domain-xml/hardware/as-stored'
import { liveSteps } from '../../../domain-xml/hardware/live'
import { SeenDefinitions } from '../../../domain-xml/hardware/seen'
import { editable, fingerprint, hardwareView, type Definitions } from '../../../domain-xml/hardware/view'
import { previewOf, workOut, type WorkedOut } from '../../../domain-xml/hardware/work-out'
import { maskSecrets } from '../../../domain-xml/secrets'
import { isRpcError, virDomainDefineFlags } from '../../../libvirt-rpc/index'
import type { ActionContext, HardwareRequest } from '../../backend'
import { defineDomain } from '../define-domain'
import { cancelled, toAppError } from '../errors'
import type { LibvirtHost } from '../host'
import { readDefinitions } from './definitions'
import { DriveRefused, takeLiveStep } from './live-step'
import { checkPaths } from './paths'

/** The hardware of a host's VMs. One for each session, as it remembers what was shown. */
export class Hardware {
  readonly #seen = new SeenDefinitions()

  constructor(
    private readonly host: LibvirtHost,
    private readonly uri: string,
    private readonly hostname: string,
  ) {}

  async view(id: VmId): Promise<HardwareView> {
    const definitions = await readDefinitions(this.host, id)
    this.#seen.add(editable(definitions))
    return hardwareView(definitions)
  }

  async preview(id: VmId, request: HardwareRequest): Promise<ChangePreview> {
    const definitions = await readDefinitions(this.host, id)
    const { root } = editable(definitions)
    return previewOf(workOut(definitions, request.changes, request.when), {
      name: root.find('name')?.text() ?? '',
      uri: this.uri,
      isRunning: definitions.running !== undefined,
    })
  }

  async definition(id: VmId, which: 'stored' | 'running'): Promise<DefinitionText> {
    const definitions = await readDefinitions(this.host, id)
    const document = (which === 'running' ? definitions.running : undefined) ?? editable(definitions)
    this.#seen.add(document)
    return { xml: maskSecrets(document), base: fingerprint(document) }
  }

  async deviceXml(id: VmId, item: ItemRef): Promise<string> {
    return deviceText(editable(await readDefinitions(this.host, id)), item)
  }

  async change(id: VmId, request: HardwareRequest, context: ActionContext): Promise<ApplyOutcome> {
    const definitions = await readDefinitions(this.host, id)
    const base = fingerprint(editable(definitions))
    if (base !== request.base) return this.#conflict(definitions, request)
    const worked = workOut(definitions, request.changes, request.when)
    await checkPaths(this.host, worked, this.hostname)
    if (context.signal.aborted) throw cancelled()
    try {
      if (definitions.stored) await this.#store(worked)
      context.onProgress(0.4)
      const results = await this.#changeRunning(id, definitions, worked, context)
      const now = await readDefinitions(this.host, id)
      this.#seen.add(editable(now))
      return { kind: 'applied', results, base: fingerprint(editable(now)) }
    } finally {
      await this.host.inventory.settle(id).catch(() => undefined)
    }
  }

  /**
   * The daemon checks the new definition against its schema. One that it stored itself and yet refuses (made by an older
   * or newer version) would never be editable, so that case goes without.
   */
  async #store({ before, after }: WorkedOut): Promise<void> {
    if (before.toString() === after.toString()) return
    try {
      await defineDomain(this.host, after.toString(), virDomainDefineFlags.VIR_DOMAIN_DEFINE_VALIDATE)
    } catch (error) {
      if (!isRpcError(error, 'VIR_ERR_XML_INVALID_SCHEMA')) throw error
      if (!(await this.#isRefused(before.toString()))) throw error
      await defineDomain(this.host, after.toString(), 0)
    }
  }

  async #isRefused(xml: string): Promise<boolean> {
    try {
      await defineDomain(this.host, xml, virDomainDefineFlags.VIR_DOMAIN_DEFINE_VALIDATE)
      return false
    } catch (error) {
      if (isRpcError(error, 'VIR_ERR_XML_INVALID_SCHEMA')) return true
      throw error
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
        const known = toAppError(error)
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
    const { stored, running } = await readDefinitions(this.host, id)
    if (!running) throw new AppError('invalid', 'The VM has stopped meanwhile')
    for (const step of liveSteps(applied, running)) {
      if (step.kind === 'attach' && applied.kind === 'device' && applied.after && stored) {
        const element = asStored(applied.after, after.root, stored.root) ?? step.element
        await takeLiveStep(this.host, id, { kind: 'attach', element }, signal)
      } else await takeLiveStep(this.host, id, step, signal)
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
