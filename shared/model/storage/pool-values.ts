/** Values of a pool's form that follow from others. */
import { plain, type Values } from '../hardware/field'
import type { Kind } from '../hardware/kind'
import { poolKind } from './pool-kind'
import { poolTypeOf } from './pool-types'

/** Fields with the name of what a pool comes from; each type has one of them at most. */
const sourceNames = ['volumeGroup', 'zpool', 'cephPool', 'glusterVolume', 'cluster', 'sheepdogPool'] as const

/** Where a pool of these values is seen, if nobody says otherwise. */
export function usualPath(values: Values): string | undefined {
  const usual = poolTypeOf(plain(values['type']))?.usualPath
  const name = plain(values['name'])
  const source = sourceNames.map((field) => plain(values[field])).find((one) => one !== '') ?? ''
  if (usual === undefined) return undefined
  if ((usual.includes('NAME') && name === '') || (usual.includes('SOURCE') && source === '')) return undefined
  // a function, as "$&" in a name is a name
  return usual.replace('NAME', () => name).replace('SOURCE', () => source)
}

/** A new pool: the type that fits most, its path as usual. */
export function newPool(type = 'dir', name = ''): Values {
  return withUsual({ type, ...(name === '' ? {} : { name }) })
}

/** After an edit: the path goes along with name, type and source until somebody has chosen another. */
export function followPool(before: Values, next: Values): Values {
  const isUsual = next['path'] === undefined || next['path'] === usualPath(before)
  const { path: _, ...rest } = next
  return isUsual && next['path'] === before['path'] ? withUsual(rest) : next
}

/** What must be there and was not said. */
export function withUsual(values: Values): Values {
  const path = usualPath(values)
  return path === undefined || values['path'] !== undefined ? values : { ...values, path }
}

/** Without what makes no sense for its type. */
export function shownValues(values: Values): Values {
  const { fields }: Kind = poolKind
  return Object.fromEntries(Object.entries(values).filter(([id]) => fields[id]?.when?.(values) ?? true))
}
