import type { MoveCheck } from '../../../shared/model/migration/move'

type Rest = { readonly cure?: string; readonly field?: string }

export function ok(id: string, title: string, message: string): MoveCheck {
  return { id, title, state: 'ok', message }
}

export function bad(
  state: 'warning' | 'error' | 'unknown',
  id: string,
  title: string,
  message: string,
  rest: Rest = {},
): MoveCheck {
  return { id, title, state, message, ...rest }
}
