import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { xml } from '@codemirror/lang-xml'
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
} from '@codemirror/language'
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state'
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { problemMarks } from './problem-marks'
import { xmlColours } from './xml-colours'

/** How long Escape lets Tab go on to the next control; any other key ends it, as the user has gone on typing. */
const leaveMs = 60_000

/** What can change while the editor lives. */
export const changing = {
  access: new Compartment(),
  wrapping: new Compartment(),
  lineBreak: new Compartment(),
}

/** The text stays reachable and selectable when it cannot be changed, and Tab then simply goes on. */
export function access(label: string, isReadOnly: boolean): Extension {
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorView.contentAttributes.of({
      'aria-label': label,
      // Focusable as it is; said so that tools that check the page see that what scrolls is reachable.
      tabindex: '0',
      ...(isReadOnly
        ? {}
        : { 'aria-description': 'Tab indents. Press Escape, then Tab, to leave the editor.' }),
    }),
    isReadOnly ? [] : [highlightActiveLine(), highlightActiveLineGutter()],
  ]
}

/** The browser lays out a wrapped line as a whole: one of megabytes would hold the window for seconds. */
const longestWrapped = 200_000

export function wrapping(isOn: boolean): Extension {
  if (!isOn) return []
  return EditorView.contentAttributes.compute(['doc'], ({ doc }) =>
    hasLineBeyond(doc, longestWrapped) ? {} : { class: 'cm-lineWrapping' },
  )
}

function hasLineBeyond(doc: Text, length: number): boolean {
  if (doc.length <= length) return false
  for (const line of doc.iterLines()) if (line.length > length) return true
  return false
}

/** Everything that stays: what an editor of XML is, apart from finding and from what the window tells it. */
export const xmlEditing: Extension = [
  problemMarks,
  lineNumbers(),
  codeFolding({
    placeholderDOM: (_, onClick) => {
      const sign = document.createElement('button')
      sign.type = 'button'
      sign.className = 'xml-folded'
      sign.textContent = '…'
      sign.title = 'Unfold'
      sign.setAttribute('aria-label', 'Folded lines, unfold')
      sign.addEventListener('click', onClick)
      return sign
    },
  }),
  foldGutter({ markerDOM: foldMark }),
  // Control characters and those that turn the direction of text are shown, not obeyed.
  highlightSpecialChars(),
  history(),
  xml(),
  xmlColours,
  indentUnit.of('  '),
  EditorState.tabSize.of(2),
  indentOnInput(),
  bracketMatching({ maxScanDistance: 20_000 }),
  keymap.of([
    // Stays here: a dialog around the editor would take it as its own end, and the changes would be gone.
    { key: 'Escape', run: letTabLeave, stopPropagation: true },
    ...defaultKeymap,
    ...historyKeymap,
    ...foldKeymap,
    indentWithTab,
  ]),
]

function letTabLeave(view: EditorView): boolean {
  if (view.state.readOnly) return false
  view.setTabFocusMode(leaveMs)
  return true
}

function foldMark(isOpen: boolean): HTMLElement {
  const mark = document.createElement('span')
  mark.className = isOpen ? 'xml-fold-mark' : 'xml-fold-mark xml-fold-closed'
  mark.title = isOpen ? 'Fold lines' : 'Unfold lines'
  return mark
}
