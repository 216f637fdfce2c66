import { search, searchKeymap, setSearchQuery, type SearchQuery } from '@codemirror/search'
import { Prec, type EditorState, type Extension } from '@codemirror/state'
import { keymap, runScopeHandlers, type EditorView, type Panel } from '@codemirror/view'

/** The place where the window's own find bar is drawn, while it is open. */
export interface FindPlace {
  readonly view: EditorView
  readonly dom: HTMLElement
}

/** Only these: the search library would also take keys for several cursors, which a form for XML does not need. */
const keys = new Set(['Mod-f', 'F3', 'Mod-g', 'Escape'])

/** The library searches and marks; the bar itself is ours, drawn by React into the place handed out here. */
export function findPanel(onPlace: (place: FindPlace | undefined) => void, onChange: () => void): Extension {
  const createPanel = (view: EditorView): Panel => {
    const dom = document.createElement('div')
    dom.addEventListener('keydown', (event) => {
      if (!runScopeHandlers(view, event, 'search-panel')) return
      event.preventDefault()
      // React listens at this element, too, and a dialog around the editor would take Escape as its own end.
      event.stopImmediatePropagation()
    })
    return {
      dom,
      top: true,
      mount: () => onPlace({ view, dom }),
      destroy: () => onPlace(undefined),
      update: ({ docChanged, selectionSet, transactions }) => {
        const isNewQuery = transactions.some(({ effects }) =>
          effects.some((effect) => effect.is(setSearchQuery)),
        )
        if (docChanged || selectionSet || isNewQuery) onChange()
      },
    }
  }
  return [
    search({ createPanel, top: true, literal: true }),
    Prec.high(keymap.of(searchKeymap.filter(({ key }) => key !== undefined && keys.has(key)))),
  ]
}

export interface Matches {
  readonly count: number
  /** Which of them is selected, counted from 1. */
  readonly current: number | undefined
}

/** Counts by looking for the text as a whole, which stays quick where walking through millions of signs does not. */
export function countMatches(state: EditorState, { search: wanted, caseSensitive }: SearchQuery): Matches {
  const plain = (text: string): string =>
    caseSensitive ? text.normalize('NFKD') : text.normalize('NFKD').toLowerCase()
  const needle = plain(wanted)
  if (needle === '') return { count: 0, current: undefined }
  const text = plain(state.doc.toString())
  const { from, to } = state.selection.main
  const isOnMatch = plain(state.doc.sliceString(from, to)) === needle
  const start = isOnMatch ? plain(state.doc.sliceString(0, from)).length : -1
  let count = 0
  let current: number | undefined
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
    count++
    if (at === start) current = count
  }
  return { count, current }
}
