import { createPortal } from 'react-dom'
import type { PendingPrompt } from '../../../shared/model/prompt'
import { Button } from '../../ui/Button'
import { KeyIcon } from '../../ui/icons/general'
import './prompts.css'

const askedFor: Record<PendingPrompt['kind'], string> = {
  'host-key': 'asks whether its key is the right one',
  password: 'asks for a password',
  passphrase: 'needs the passphrase of a key',
  credentials: 'asks for a name and a password',
  questions: 'asks to sign in',
}

interface Props {
  readonly pending: readonly PendingPrompt[]
  readonly onAnswer: () => void
}

/** Says that a host waits for an answer, without taking the keyboard from what the user is doing. */
export function PromptBar({ pending, onAnswer }: Props) {
  const [first, ...others] = pending
  if (!first) return null
  return createPortal(
    // the attribute keeps it reachable while another dialog is open (react-aria hides all else then)
    <div className="prompt-bar" role="status" data-react-aria-top-layer="true">
      <KeyIcon />
      <span className="truncate">
        <strong>{first.hostLabel}</strong> {askedFor[first.kind]}
        {others.length === 0 ? '' : ` (${others.length} more waiting)`}
      </span>
      <Button className="button-small" onPress={onAnswer}>
        Answer…
      </Button>
    </div>,
    document.body,
  )
}
