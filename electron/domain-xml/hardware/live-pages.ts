/** Settings of the whole VM that the hypervisor can change under a running guest, each by a call of its own. */
import { changedFields, isLiveField } from '../../../shared/model/hardware/effects'
import type { FieldValue, Row, Values } from '../../../shared/model/hardware/field'
import { shellWord } from '../../../shared/shell-word'
import type { EditElement } from '../edit/tree'
import { bindingOf } from './bindings'
import type { Applied } from './change'
import { readValues } from './items'
import {
  deviceParameters,
  limitPlace,
  memoryParameters,
  nodeParameters,
  parameterCommand,
  parameterOf,
  schedulerParameters,
  type ParameterPlace,
  type ParameterStep,
} from './live-parameters'
import { emulatorStep, ioThreadSteps, pinSteps, threadCommand, type ThreadStep } from './live-threads'

export type PageStep =
  | { readonly kind: 'vcpus'; readonly count: number }
  | { readonly kind: 'memory'; readonly sizeBytes: number }
  | { readonly kind: 'title' | 'description'; readonly text: string }
  /** What libosinfo's users note; undefined takes the note away. */
  | { readonly kind: 'operating-system'; readonly id: string | undefined }
  | { readonly kind: 'stats-period'; readonly seconds: number }
  | ParameterStep
  | ThreadStep
  /** The stored definition can have it and no call can do it. */
  | { readonly kind: 'impossible'; readonly why: string }

interface PageChange {
  /** Fields that change and can now. */
  readonly ids: ReadonlySet<string>
  /** As the running guest has it. */
  readonly now: Values
  next(field: string): FieldValue | undefined
}

export function pageSteps(
  { ref, change }: Extract<Applied, { kind: 'page' }>,
  running: EditElement,
): PageStep[] {
  const binding = bindingOf(ref.kind)
  if (change.kind !== 'set' || !binding) return []
  const now = readValues({ binding, element: running })
  const ids = new Set(changedFields(change).filter((id) => isLiveField(binding.kind, id, now)))
  return ids.size === 0 ? [] : (pages[ref.kind]?.({ ids, now, next: (id) => change.values[id] }) ?? [])
}

const pages: { readonly [kind: string]: (change: PageChange) => PageStep[] } = {
  general: ({ ids, next }) =>
    (['title', 'description'] as const).flatMap((kind) =>
      ids.has(kind) ? [{ kind, text: textOf(next(kind)) ?? '' }] : [],
    ),
  os: ({ ids, next }) => (ids.has('id') ? [{ kind: 'operating-system', id: textOf(next('id')) }] : []),
  cpu: ({ ids, now, next }) => {
    // without a number of its own it is all the guest has room for
    const count = next('current') ?? now['maximum']
    return ids.has('current') && typeof count === 'number' ? [{ kind: 'vcpus', count }] : []
  },
  memory: (change) => {
    const { ids, now, next } = change
    const sizeBytes = next('current') ?? now['maximum']
    return [
      ...(ids.has('current') && typeof sizeBytes === 'number'
        ? [{ kind: 'memory' as const, sizeBytes }]
        : []),
      ...parameterSteps('memory', memoryParameters, change),
    ]
  },
  numa: (change) => parameterSteps('memory-nodes', nodeParameters, change),
  limits: ({ ids, now, next }) => {
    const weight = ids.has('weight')
      ? parameterOf({ name: 'weight', type: 'uint' }, next('weight'))
      : undefined
    const parameters = [
      ...(weight ? [weight] : []),
      ...(ids.has('devices') ? deviceParameters(rowsOf(now['devices']), rowsOf(next('devices'))) : []),
    ]
    return [
      ...(parameters.length > 0
        ? [{ kind: 'parameters' as const, call: 'disk-time' as const, parameters }]
        : []),
      ...(ids.has('weight') && !weight && now['weight'] !== undefined ? [cannotTakeBack] : []),
    ]
  },
  'vcpu-tuning': (change) => {
    const { ids, now, next } = change
    const after = (id: string): FieldValue | undefined => (ids.has(id) ? next(id) : now[id])
    return [
      ...(ids.has('ioThreads') || ids.has('ioThreadPools')
        ? ioThreadSteps(now, { ioThreads: after('ioThreads'), ioThreadPools: after('ioThreadPools') })
        : []),
      ...parameterSteps('scheduler', schedulerParameters, change),
      ...(ids.has('vcpuPins') ? pinSteps('vcpu', 'vcpu', now['vcpuPins'], next('vcpuPins')) : []),
      ...(ids.has('emulatorPin') ? [emulatorStep(next('emulatorPin'))] : []),
      ...(ids.has('ioThreadPins')
        ? pinSteps('io-thread', 'thread', now['ioThreadPins'], next('ioThreadPins'))
        : []),
    ]
  },
}

const cannotTakeBack: PageStep = {
  kind: 'impossible',
  why: 'A running VM cannot be given back the host’s own value: it goes at the next start. To change it now, enter a number',
}

function parameterSteps(
  call: ParameterStep['call'],
  places: { readonly [field: string]: ParameterPlace },
  { ids, now, next }: PageChange,
): PageStep[] {
  const changed = Object.entries(places).filter(([field]) => ids.has(field))
  const parameters = changed.flatMap(([field, place]) => parameterOf(place, next(field)) ?? [])
  const isStuck = changed.some(
    ([field, place]) =>
      next(field) === undefined && place.otherwise === undefined && now[field] !== undefined,
  )
  return [
    ...(parameters.length > 0 ? [{ kind: 'parameters' as const, call, parameters }] : []),
    ...(isStuck ? [cannotTakeBack] : []),
  ]
}

/** Limits of one disk. All that are not named stay as they are. */
export function limitStep(
  target: string,
  fields: readonly string[],
  next: (field: string) => FieldValue | undefined,
): PageStep {
  const parameters = fields.flatMap((field) => parameterOf(limitPlace(field), next(field)) ?? [])
  return { kind: 'parameters', call: 'disk-limits', device: target, parameters }
}

export function periodStep(seconds: FieldValue | undefined): PageStep {
  return { kind: 'stats-period', seconds: typeof seconds === 'number' ? seconds : 0 }
}

function textOf(value: FieldValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function rowsOf(value: FieldValue | undefined): readonly Row[] {
  return typeof value === 'object' ? value : []
}

export const osinfoNamespace = 'http://libosinfo.org/xmlns/libvirt/domain/1.0'

/** For virDomainSetMetadata, which puts it into the namespace itself. */
export function osinfoElement(id: string): string {
  const escaped = id.replaceAll(/[<>&'"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return `<libosinfo><os id='${escaped}'/></libosinfo>`
}

export function pageStepCommand(step: PageStep, name: string): string | undefined {
  switch (step.kind) {
    case 'vcpus':
      return `setvcpus ${name} ${step.count} --live`
    case 'memory':
      return `setmem ${name} ${Math.floor(step.sizeBytes / 1024)}KiB --live`
    case 'title':
    case 'description':
      return `desc ${name} ${step.kind === 'title' ? '--title ' : ''}--live --new-desc ${shellWord(step.text)}`
    case 'operating-system':
      return `metadata ${name} ${osinfoNamespace} --key libosinfo ${
        step.id === undefined ? '--remove' : `--set ${shellWord(osinfoElement(step.id))}`
      } --live`
    case 'stats-period':
      return `dommemstat ${name} --period ${step.seconds} --live`
    case 'parameters':
      return parameterCommand(step, name)
    case 'pin':
    case 'add-io-thread':
    case 'remove-io-thread':
      return threadCommand(step, name)
    case 'impossible':
      return undefined
  }
}
