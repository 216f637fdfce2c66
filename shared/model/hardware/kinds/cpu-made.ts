import type { Row, Values } from '../field'

const filledIn = [
  'mode',
  'model',
  'match',
  'check',
  'fallback',
  'vendor',
  'vendorId',
  'features',
  'migratable',
]

/**
 * libvirt replaces "host-model" by a named model and lists every feature the guest really got (check='full') when it
 * starts a guest; neither is a difference to what is stored.
 */
export function isMadeByHypervisor(field: string, now: Values, next: Values): boolean {
  if (field === 'vcpus')
    return isSameButOrder(now['vcpus'], next['vcpus']) || isOnlyListed(now['vcpus'], next)
  if (!filledIn.includes(field) || now['mode'] !== 'custom') return false
  const isExpanded = next['mode'] === 'host-model'
  if (!isExpanded && (next['mode'] ?? 'custom') !== 'custom') return false
  // a guest that runs has its model, so there is nothing left to fall back to
  if (field === 'fallback') return now['fallback'] === 'forbid'
  if (now['check'] !== 'full') return false
  if (field === 'features') return agrees(now['features'], next['features'])
  if (isExpanded) return true
  // "at least this model" becomes the nearest one that the host has
  if (field === 'model' || field === 'vendor') return next['match'] === 'minimum'
  return field !== 'mode'
}

/** Whether the guest got what is asked for: what it got beyond that cannot be told from what was taken out. */
function agrees(now: Values[string], next: Values[string]): boolean {
  const got = new Map(rowsOf(now).map((row) => [row['name'], isOn(row)]))
  return rowsOf(next).every((row) => row['policy'] === 'optional' || got.get(row['name']) === isOn(row))
}

function isOn({ policy }: Row): boolean {
  return policy !== 'disable' && policy !== 'forbid'
}

/** A running guest's virtual CPUs have the order in which they were switched on. */
function isSameButOrder(now: Values[string], next: Values[string]): boolean {
  const text = (list: Values[string]): string =>
    JSON.stringify(rowsOf(list).map(({ id, enabled, hotpluggable }) => [id, enabled, hotpluggable]))
  return text(now) === text(next) && rowsOf(next).every(({ order }) => order === undefined)
}

/** After one was switched on, a running guest's virtual CPUs are listed, where only their number is stored. */
function isOnlyListed(now: Values[string], { vcpus, current, maximum }: Values): boolean {
  return vcpus === undefined && rowsOf(now).filter(({ enabled }) => enabled).length === (current ?? maximum)
}

function rowsOf(value: Values[string]): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : []
}
