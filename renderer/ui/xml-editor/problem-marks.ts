import {
  RangeSet,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type RangeValue,
  type Text,
} from '@codemirror/state'
import { Decoration, EditorView, GutterMarker, gutter, gutterLineClass } from '@codemirror/view'

export interface XmlProblem {
  /** Counted from 1. One beyond the end is shown at the last line. */
  readonly line: number
  readonly message: string
  readonly severity: 'error' | 'warning' | 'info'
}

/** What stands at a line: all of its problems in one mark, as strong as the worst. */
class ProblemMark extends GutterMarker {
  readonly problems: readonly XmlProblem[]
  constructor(problems: readonly XmlProblem[]) {
    super()
    this.problems = problems
  }

  get severity(): XmlProblem['severity'] {
    const has = (severity: XmlProblem['severity']): boolean =>
      this.problems.some((problem) => problem.severity === severity)
    return has('error') ? 'error' : has('warning') ? 'warning' : 'info'
  }

  override eq(other: ProblemMark): boolean {
    return (
      this.problems.length === other.problems.length &&
      this.problems.every((problem, index) => {
        const theirs = other.problems[index]
        return theirs?.message === problem.message && theirs.severity === problem.severity
      })
    )
  }

  override toDOM(): HTMLElement {
    const mark = document.createElement('span')
    mark.className = `xml-problem-mark xml-problem-mark-${this.severity}`
    mark.title = this.problems.map(({ message }) => message).join('\n')
    return mark
  }
}

/** Tints the line's number and what else stands left of it. A mark of its own, as one that draws would hide those. */
class GutterTint extends GutterMarker {
  override readonly elementClass: string
  constructor(lineClass: string) {
    super()
    this.elementClass = lineClass
  }
}

const lineClass = (mark: ProblemMark): string => `xml-problem-line-${mark.severity}`

/** Keeps the width while nothing is wrong, so that the text does not jump with the first problem. */
const spacer = new (class extends GutterMarker {
  override toDOM(): HTMLElement {
    const mark = document.createElement('span')
    mark.className = 'xml-problem-mark'
    return mark
  }
})()

export const setProblems = StateEffect.define<readonly XmlProblem[]>()

/** The marks move with their lines while the user types, until whoever judges the text has judged it again. */
const marks = StateField.define<RangeSet<ProblemMark>>({
  create: () => RangeSet.empty,
  update(value, transaction) {
    let next = value.map(transaction.changes)
    for (const effect of transaction.effects)
      if (effect.is(setProblems)) next = marksOf(effect.value, transaction.newDoc)
    return next
  },
  provide: (field) => [
    gutterLineClass.compute([field], (state) =>
      atEachLine(state.field(field), (mark) => new GutterTint(lineClass(mark))),
    ),
    EditorView.decorations.compute([field], (state) =>
      atEachLine(state.field(field), (mark) => Decoration.line({ class: lineClass(mark) })),
    ),
  ],
})

function marksOf(problems: readonly XmlProblem[], doc: Text): RangeSet<ProblemMark> {
  const byLine = new Map<number, XmlProblem[]>()
  for (const problem of problems) {
    const number = Math.min(Math.max(1, Math.trunc(problem.line) || 1), doc.lines)
    byLine.set(number, [...(byLine.get(number) ?? []), problem])
  }
  const builder = new RangeSetBuilder<ProblemMark>()
  for (const [number, list] of [...byLine].sort(([a], [b]) => a - b)) {
    const { from } = doc.line(number)
    builder.add(from, from, new ProblemMark(list))
  }
  return builder.finish()
}

function atEachLine<T extends RangeValue>(
  set: RangeSet<ProblemMark>,
  valueOf: (mark: ProblemMark) => T,
): RangeSet<T> {
  const builder = new RangeSetBuilder<T>()
  let last = -1
  for (const cursor = set.iter(); cursor.value; cursor.next()) {
    // Two marked lines that were joined are one line.
    if (cursor.from === last) continue
    last = cursor.from
    builder.add(last, last, valueOf(cursor.value))
  }
  return builder.finish()
}

/** Where a problem is now; the user may have typed above it since it was found. */
export function positionOf(state: EditorState, problem: XmlProblem): number | undefined {
  for (const cursor = state.field(marks).iter(); cursor.value; cursor.next())
    if (cursor.value.problems.includes(problem)) return Math.min(cursor.from, state.doc.length)
  return undefined
}

export const problemMarks: Extension = [
  marks,
  gutter({
    class: 'xml-problem-gutter',
    markers: (view) => view.state.field(marks),
    initialSpacer: () => spacer,
  }),
]
