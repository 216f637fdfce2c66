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
  if (!filledIn.includes(field) || now['mode'] !== 'custom' || now['check'] !== 'full') return false
  const isExpanded = next['mode'] === 'host-model'
  if (!isExpanded && (next['mode'] ?? 'custom') !== 'custom') return false
  if (field === 'features') return agrees(now['features'], next['features'])
  return isExpanded || (field !== 'mode' && field !== 'model' && field !== 'vendor')
}

/** Whether nothing that is asked for is denied: what the guest got beyond it cannot be told from what was taken out. */
function agrees(now: Values[string], next: Values[string]): boolean {
  const got = new Map(
    (Array.isArray(now) ? (now as readonly Row[]) : []).map((row) => [row['name'], row['policy']]),
  )
  return (Array.isArray(next) ? (next as readonly Row[]) : []).every(({ name, policy }) => {
    const found = got.get(name)
    if (policy === 'optional') return true
    return policy === 'disable' || policy === 'forbid'
      ? found !== 'require' && found !== 'force'
      : found !== 'disable'
  })
}
