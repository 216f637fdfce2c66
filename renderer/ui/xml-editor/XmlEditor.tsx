import { openSearchPanel } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
  type Ref,
} from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from '../Button'
import { classNames } from '../class-names'
import { WrapIcon } from '../icons/editing'
import { SearchIcon } from '../icons/general'
import { access, changing, wrapping, xmlEditing } from './editor-setup'
import { FindBar } from './FindBar'
import { findPanel, type FindPlace } from './find-panel'
import { lineBreakOf } from './line-breaks'
import { ProblemList } from './ProblemList'
import { positionOf, setProblems, type XmlProblem } from './problem-marks'
import { isSetFromOutside, replaceValue } from './replace-value'
import './xml-editor.css'

export type { XmlProblem }

export interface XmlEditorHandle {
  focus: () => void
  /** Counted from 1. */
  showLine: (line: number) => void
}

interface Props {
  /** The accessible name of the text: "Definition of web-01". */
  readonly label: string
  /** The text. One that differs from what was last handed to `onChange` replaces the text in the editor. */
  readonly value: string
  /** Called with every change made in the editor; hand it back as `value` without delay. */
  readonly onChange?: (value: string) => void
  readonly isReadOnly?: boolean
  readonly problems?: readonly XmlProblem[]
  /** How it begins; the user switches it. */
  readonly isWrapped?: boolean
  readonly autoFocus?: boolean
  /** Left in the bar above the text, such as what the text is. */
  readonly title?: ReactNode
  /** Buttons in the bar above the text, before those of the editor. */
  readonly actions?: ReactNode
  readonly className?: string
  readonly ref?: Ref<XmlEditorHandle>
}

const noProblems: readonly XmlProblem[] = []

/**
 * XML with colours, folding, finding and undoing. It fills the height its place gives it and scrolls within. Big: load
 * it lazily.
 */
export function XmlEditor(props: Props) {
  const { label, value, isReadOnly = false, problems = noProblems, title, actions, className, ref } = props
  const [isWrapped, setWrapped] = useState(props.isWrapped ?? false)
  const [place, setPlace] = useState<FindPlace>()
  const [revision, setRevision] = useState(0)
  const holder = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView>(undefined)
  const latest = useRef({ props, value, label, isReadOnly, isWrapped })
  useLayoutEffect(() => {
    latest.current = { ...latest.current, props, label, isReadOnly, isWrapped }
  })

  useLayoutEffect(() => {
    const begin = latest.current
    const view = new EditorView({
      ...(holder.current ? { parent: holder.current } : {}),
      state: EditorState.create({
        doc: begin.value,
        extensions: [
          changing.lineBreak.of(EditorState.lineSeparator.of(lineBreakOf(begin.value))),
          changing.access.of(access(begin.label, begin.isReadOnly)),
          changing.wrapping.of(wrapping(begin.isWrapped)),
          findPanel(setPlace, () => setRevision((count) => count + 1)),
          xmlEditing,
          EditorView.updateListener.of(({ docChanged, state, transactions }) => {
            if (!docChanged || transactions.some(isSetFromOutside)) return
            latest.current.value = state.sliceDoc()
            latest.current.props.onChange?.(latest.current.value)
          }),
        ],
      }),
    })
    editor.current = view
    if (begin.props.autoFocus) view.focus()
    return () => {
      editor.current = undefined
      view.destroy()
    }
  }, [])

  useLayoutEffect(() => {
    if (value === latest.current.value || !editor.current) return
    latest.current.value = value
    replaceValue(editor.current, value)
  }, [value])
  useEffect(() => {
    editor.current?.dispatch({ effects: changing.access.reconfigure(access(label, isReadOnly)) })
  }, [label, isReadOnly])
  useEffect(() => {
    editor.current?.dispatch({ effects: changing.wrapping.reconfigure(wrapping(isWrapped)) })
  }, [isWrapped])
  useEffect(() => {
    editor.current?.dispatch({ effects: setProblems.of(problems) })
  }, [problems])

  const show = (position: number): void => {
    const view = editor.current
    if (!view) return
    view.dispatch({
      selection: { anchor: position },
      effects: EditorView.scrollIntoView(position, { y: 'center' }),
    })
    view.focus()
  }
  const showProblem = (problem: XmlProblem): void => {
    const position = editor.current && positionOf(editor.current.state, problem)
    if (position !== undefined) show(position)
  }
  useImperativeHandle(ref, () => ({
    focus: () => editor.current?.focus(),
    showLine: (line) => {
      const doc = editor.current?.state.doc
      if (doc) show(doc.line(Math.min(Math.max(1, line), doc.lines)).from)
    },
  }))

  return (
    <div className={classNames('xml-editor', className)}>
      <div className="xml-bar">
        <div className="xml-title truncate">{title}</div>
        {actions}
        <IconButton
          icon={WrapIcon}
          label="Wrap long lines"
          className="button-small"
          aria-pressed={isWrapped}
          onPress={() => setWrapped(!isWrapped)}
        />
        <IconButton
          icon={SearchIcon}
          label="Find"
          shortcut="Ctrl+F"
          className="button-small"
          onPress={() => {
            if (editor.current) openSearchPanel(editor.current)
          }}
        />
      </div>
      <div ref={holder} className="xml-text mono selectable" />
      {place
        ? createPortal(<FindBar view={place.view} revision={revision} canReplace={!isReadOnly} />, place.dom)
        : null}
      <ProblemList problems={problems} onShow={showProblem} />
    </div>
  )
}
