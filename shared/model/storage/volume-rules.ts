/** Rules between the settings of a new volume, and with the pool it is made in. */
import { plain, problemOf, type Values } from '../hardware/field'
import type { Kind, Problem } from '../hardware/kind'
import { hasImageFiles, volumeFormatsOf, whyNotInPool } from './volume-abilities'
import { volume } from './volume-kind'

const fields: Kind['fields'] = volume.fields

/** What the window knows of the pool besides. */
export interface VolumeSurroundings {
  readonly names?: ReadonlySet<string>
  readonly availableBytes?: number
}

export function volumeProblems(values: Values, around: VolumeSurroundings = {}): Problem[] {
  const type = plain(values['poolType'])
  const problems: Problem[] = []
  const tell = (severity: Problem['severity'], field: string, message: string): void =>
    void problems.push({ severity, field, message })
  const format = plain(values['format'])
  const set = (field: string): boolean => values[field] !== undefined && values[field] !== ''
  const fits = (field: string): boolean => fields[field]?.when?.(values) ?? true

  const closed = whyNotInPool(type, 'create')
  if (closed !== undefined) problems.push({ severity: 'error', message: closed })
  if (around.names?.has(plain(values['name'])) && fits('name'))
    tell('error', 'name', 'The pool has a volume of this name already')
  if (format !== '' && closed === undefined && !volumeFormatsOf(type).includes(format))
    tell('error', 'format', formatReason(type, format))
  else if (hasImageFiles(type) && format !== '' && !['raw', 'qcow2'].includes(format))
    tell('hint', 'format', 'For VMs use qcow2 or raw: other formats are slower and cannot be resized')

  // with a base libvirt takes the capacity of that
  if (!set('capacityBytes') && !(fits('backingPath') && set('backingPath')))
    tell('error', 'capacityBytes', 'Enter a capacity')
  const available = around.availableBytes
  const capacity = values['capacityBytes']
  if (available !== undefined && typeof capacity === 'number' && capacity > available) {
    if (takesAllNow(values)) tell('error', 'capacityBytes', 'The pool has less space than this left')
    else tell('warning', 'capacityBytes', 'More than the pool has left: when it is full, the VM stops')
  }

  if (fits('backingPath') && set('backingPath') && !set('backingFormat'))
    tell('error', 'backingFormat', 'Choose the format of the image it is built on')
  if (fits('allocation') && set('allocation')) {
    const kind = plain(values['allocation'])
    const { type: field } = volume.fields.allocation
    if (field.kind === 'choice' && field.offeredWhen?.(kind, values) === false)
      tell('error', 'allocation', allocationReason(values, kind))
  }
  if (fits('secret') && !set('secret')) tell('error', 'secret', 'Choose the secret that holds the passphrase')
  if (fits('compat') && values['compat'] === '0.10') {
    for (const field of ['lazyRefcounts', 'extendedL2'])
      if (values[field] === true) tell('error', field, 'Version 0.10 of the format does not have this')
  }
  if (
    fits('extendedL2') &&
    values['extendedL2'] === true &&
    Number(values['clusterSizeBytes'] ?? 65_536) < 16_384
  )
    tell('error', 'clusterSizeBytes', 'Subclusters need clusters of 16 KiB or more')
  return problems
}

function takesAllNow(values: Values): boolean {
  const { when } = volume.fields.allocation
  return when?.(values) ? values['allocation'] === 'full' : plain(values['poolType']) !== 'rbd'
}

function formatReason(type: string, format: string): string {
  return volumeFormatsOf(type).every((one) => one === 'raw')
    ? `Volumes of such pools are raw disks and cannot be ${format} images`
    : `Volumes of such pools cannot have the format ${format}`
}

function allocationReason(values: Values, kind: string): string {
  if (values['backingPath'] !== undefined)
    return 'An image that is built on another one grows as it is written to'
  if (values['encrypted'] === true) return 'An encrypted raw image grows as it is written to'
  return kind === 'metadata'
    ? 'Only qcow2 images have tables that could be written now'
    : 'Space can be taken now only for qcow2 and raw images'
}

/** What keeps a volume from being made, for those who make it: the first fault, and where it is. */
export function volumeFault(
  values: Values,
  around: VolumeSurroundings = {},
): { readonly message: string; readonly field?: string } | undefined {
  for (const id of Object.keys(values)) if (!(id in fields)) return { message: `There is no "${id}" here` }
  for (const [field, one] of Object.entries(fields)) {
    if (one.when && !one.when(values)) continue
    const message = problemOf(one, values[field])
    if (message !== undefined) return { message, field }
  }
  const rule = volumeProblems(values, around).find(({ severity }) => severity === 'error')
  return rule && { message: rule.message, ...(rule.field === undefined ? {} : { field: rule.field }) }
}
