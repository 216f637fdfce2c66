import { EditorState, Transaction } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { changing } from './editor-setup'
import { lineBreakOf } from './line-breaks'

const setFromOutside = 'set'

export function isSetFromOutside(transaction: Transaction): boolean {
  return transaction.isUserEvent(setFromOutside)
}

/**
 * Takes over a text that came from outside (another tab of the same form, a fresh read). Only what differs is replaced,
 * so that the cursor, the scroll position and the folds stay where they can; and it can be undone, as the user would
 * otherwise lose what was typed.
 */
export function replaceValue(view: EditorView, value: string): void {
  const lineBreak = lineBreakOf(value)
  if (view.state.lineBreak !== lineBreak)
    view.dispatch({ effects: changing.lineBreak.reconfigure(EditorState.lineSeparator.of(lineBreak)) })
  // Positions in the editor count every line end as one.
  const next = lineBreak === '\n' ? value : value.replaceAll('\r\n', '\n')
  const now = view.state.doc.toString()
  let from = 0
  const most = Math.min(now.length, next.length)
  while (from < most && now.charCodeAt(from) === next.charCodeAt(from)) from++
  let tail = 0
  while (
    tail < most - from &&
    now.charCodeAt(now.length - 1 - tail) === next.charCodeAt(next.length - 1 - tail)
  )
    tail++
  if (from + tail === now.length && now.length === next.length) return
  const insert = view.state.toText(next.slice(from, next.length - tail).replaceAll('\n', lineBreak))
  view.dispatch({
    changes: { from, to: now.length - tail, insert },
    annotations: Transaction.userEvent.of(setFromOutside),
  })
}
