import type { ReactNode } from 'react'
import type { PendingPrompt } from '../../../shared/model/prompt'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { KeyIcon } from '../../ui/icons/general'
import { answerPrompt } from './answer'
import './prompts.css'

type HostKeyPrompt = Extract<PendingPrompt, { kind: 'host-key' }>

/** First contact: the user compares the key's fingerprint before anything is sent to the host. */
export function HostKeyDialog({ prompt, queue }: { prompt: HostKeyPrompt; queue: ReactNode }) {
  return (
    <ConfirmDialog
      title={`Trust ${prompt.hostLabel}?`}
      confirmLabel="Trust and connect"
      icon={KeyIcon}
      width={520}
      extraButtons={queue}
      onClose={() => void answerPrompt(prompt, { kind: 'host-key', accept: false })}
      onConfirm={() => answerPrompt(prompt, { kind: 'host-key', accept: true })}
    >
      <p>
        Innkeeper has not connected to <strong>{prompt.address}</strong> before. Check that this is the host’s
        key before you go on; a wrong one could mean that somebody else is answering.
      </p>
      <dl className="key-facts">
        <dt>Key type</dt>
        <dd className="mono selectable">{prompt.keyType}</dd>
        <dt>Fingerprint</dt>
        <dd className="mono fingerprint selectable">{prompt.fingerprint}</dd>
      </dl>
      <p className="secondary">
        On the host, <span className="mono">ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub</span> prints the same
        text. Accepted keys are remembered.
      </p>
    </ConfirmDialog>
  )
}
