import { Button as AriaButton } from 'react-aria-components'
import { ErrorIcon, InfoIcon, WarningIcon } from '../icons/general'
import type { XmlProblem } from './problem-marks'

interface Props {
  readonly problems: readonly XmlProblem[]
  readonly onShow: (problem: XmlProblem) => void
}

/** A checker that stumbles once may complain about every line that follows; the first ones tell. */
const maxShown = 100

const icons = { error: ErrorIcon, warning: WarningIcon, info: InfoIcon }
const words = { error: 'Error', warning: 'Warning', info: 'Hint' }

/** What is wrong, readable without pointing at a mark; each entry leads to its line. */
export function ProblemList({ problems, onShow }: Props) {
  const inOrder = problems.toSorted((one, other) => one.line - other.line)
  // The list is there before its content, so that a screen reader says what comes into it.
  return (
    <div role="log" aria-label="Problems" className="xml-problems">
      {problems.length === 0 ? null : (
        <ul>
          {inOrder.slice(0, maxShown).map((problem, index) => {
            const Icon = icons[problem.severity]
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: one judgement of one text, replaced as a whole
              <li key={index}>
                <AriaButton
                  className={`xml-problem xml-problem-${problem.severity}`}
                  onPress={() => onShow(problem)}
                >
                  <Icon size={14} />
                  <span className="visually-hidden">{words[problem.severity]}</span>
                  <span className="xml-problem-place">Line {problem.line}</span>
                  <span className="xml-problem-message">{problem.message}</span>
                </AriaButton>
              </li>
            )
          })}
        </ul>
      )}
      {problems.length > maxShown ? <p className="secondary">{problems.length - maxShown} more</p> : null}
    </div>
  )
}
