/** What a change of a device means for the running guest: plugged in, out, or changed in place. */
import type { FieldValue, Values } from '../../../shared/model/hardware/field'
import { changedFields, isLiveField } from '../../../shared/model/hardware/effects'
import { limitFieldIds } from '../../../shared/model/hardware/kinds/disk-limit-fields'
import { EditDocument, type EditElement } from '../edit/tree'
import { maskSecrets } from '../secrets'
import type { KindBinding } from './binding'
import { writeValues, type Applied } from './change'
import { bindingOf } from './bindings'
import { readValues } from './items'
import { limitStep, periodStep, type PageStep } from './live-pages'
import { findTwin } from './same-plug'

/** `element` is what the hypervisor is given: of what is there already, the running device itself, changed. */
export interface DeviceStep {
  readonly kind: 'attach' | 'detach' | 'update'
  readonly element: EditElement
  /** An update that does not ask the guest (VIR_DOMAIN_DEVICE_MODIFY_FORCE). */
  readonly isForced?: true
}

type DeviceChange = Extract<Applied, { kind: 'device' }>

export function deviceSteps(applied: DeviceChange, running: EditElement): (DeviceStep | PageStep)[] {
  const { before, after } = applied
  if (!before) return after ? [{ kind: 'attach', element: after.clone() }] : []
  const document = EditDocument.parse(running.toString())
  const twin = findTwin(document.root, before)
  // it was waiting for the next start only
  if (!twin) return []
  if (!after) return [{ kind: 'detach', element: twin.clone() }]
  return changeSteps(applied, after, twin, document.root)
}

/** Fields that have calls of their own: virDomainUpdateDeviceFlags passes over them. */
const ownCalls: { readonly [kind: string]: readonly string[] } = {
  disk: limitFieldIds,
  balloon: ['statsPeriodS'],
}

function changeSteps(
  { change }: DeviceChange,
  after: EditElement,
  twin: EditElement,
  domain: EditElement,
): (DeviceStep | PageStep)[] {
  if (change.kind !== 'set') return []
  const binding = bindingOf(change.item.kind)
  if (!binding) return []
  const now = readValues({ binding, element: twin })
  const live = changedFields(change).filter((id) => isLiveField(binding.kind, id, now))
  const next = (id: string): FieldValue | undefined => change.values[id]
  const byCall = live.filter((id) => ownCalls[binding.kind.id]?.includes(id))
  const byUpdate = live.filter((id) => !byCall.includes(id))
  const steps: (DeviceStep | PageStep)[] = []
  if (byUpdate.length > 0) {
    const ids = withMedium(binding, byUpdate, now)
    const wanted = readValues({ binding, element: after })
    asConfigured(twin)
    const item = { ref: change.item, binding, element: twin }
    const unset = ids.filter((id) => next(id) === undefined && wanted[id] === undefined)
    writeValues(
      item,
      domain,
      pick(ids, (id) => next(id) ?? wanted[id]),
      unset,
    )
    steps.push({ kind: 'update', element: twin, ...(change.isForced ? { isForced: true } : {}) })
  }
  const target = twin.find('target')?.attribute('dev')
  if (byCall.length === 0) return steps
  if (binding.kind.id === 'balloon') steps.push(periodStep(next('statsPeriodS')))
  else if (target !== undefined) steps.push(limitStep(target, byCall, next))
  return steps
}

/** What describes a medium changes together: of a part, libvirt would make another medium. */
function withMedium(binding: KindBinding, ids: readonly string[], now: Values): string[] {
  const { fields } = binding.kind
  if (!ids.some((id) => fields[id]?.liveWhen)) return [...ids]
  const medium = Object.keys(fields).filter(
    (id) => fields[id]?.liveWhen && isLiveField(binding.kind, id, now),
  )
  return [...new Set([...ids, ...medium])]
}

/**
 * A running definition tells what became of a setting, and an update would take it for the setting: of a network card the
 * bridge its network gave it, of a disk the number its image has in this run.
 */
function asConfigured(twin: EditElement): void {
  const source = twin.find('source')
  if (!source) return
  if (twin.name === 'disk') source.setAttribute('index', undefined)
  if (twin.name !== 'interface' || source.attribute('network') === undefined) return
  twin.setAttribute('type', 'network')
  for (const name of source.attributeNames())
    if (name !== 'network' && name !== 'portgroup') source.setAttribute(name, undefined)
}

function pick(ids: readonly string[], value: (id: string) => FieldValue | undefined): Values {
  return Object.fromEntries(ids.map((id) => [id, value(id)]))
}

export function deviceStepCommand({ kind, element, isForced }: DeviceStep, name: string): string {
  const xml = maskSecrets(EditDocument.parse(element.toString()))
  return `${kind}-device ${name} /dev/stdin --live${isForced ? ' --force' : ''} <<'EOF'\n${xml}\nEOF`
}
