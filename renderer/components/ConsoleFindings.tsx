import { verdictText, type ConsoleVerdict, type Finding } from '../../shared/model/console-security'
import { CheckIcon, ErrorIcon, InfoIcon, QuestionIcon, WarningIcon } from '../ui/icons/general'
import './console-findings.css'

const verdictIcons = {
  open: ErrorIcon,
  unknown: QuestionIcon,
  password: WarningIcon,
  encrypted: CheckIcon,
  tunnelled: CheckIcon,
  none: CheckIcon,
} as const

export function VerdictBadge({ verdict }: { verdict: ConsoleVerdict }) {
  const Icon = verdictIcons[verdict]
  return (
    <span className={`verdict verdict-${verdict}`}>
      <Icon size={14} />
      <span>{verdictText[verdict]}</span>
    </span>
  )
}

const toneIcons = { good: CheckIcon, info: InfoIcon, warning: WarningIcon, danger: ErrorIcon } as const

/** Why a console is as safe as it is, and what to do. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  // the same cure under two findings is said once
  return (
    <ul className="findings">
      {findings.map(({ tone, text, cure }, index) => {
        const Icon = toneIcons[tone]
        const isRepeated = findings.slice(0, index).some((other) => other.cure === cure)
        return (
          <li key={text} className={`finding finding-${tone}`}>
            <Icon size={14} />
            <span className="selectable">
              {text}
              {cure === undefined || isRepeated ? null : <span className="finding-cure">{cure}</span>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
