import { createElement } from 'react'
import type { Kind } from '../../../shared/model/hardware/kind'
import { iconOf } from './sections'

/** The sign of a kind of hardware. */
export function KindIcon({ kind, size = 16 }: { kind: Kind | undefined; size?: number }) {
  return createElement(iconOf(kind), { size })
}
