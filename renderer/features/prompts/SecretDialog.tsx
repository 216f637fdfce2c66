import { useState, type ReactNode } from 'react'
import type { PendingPrompt } from '../../../shared/model/prompt'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { KeyIcon } from '../../ui/icons/general'
import { Note } from '../../ui/Note'
import { TextField } from '../../ui/TextField'
import { answerPrompt } from './answer'
import './prompts.css'

type SecretPrompt = Exclude<PendingPrompt, { kind: 'host-key' }>

interface Question {
  readonly label: string
  readonly isSecret: boolean
  readonly initial?: string
}

interface Wording {
  readonly title: string
  readonly text: string
  readonly retry?: string
  readonly questions: readonly Question[]
}

/** Passwords, key passphrases and whatever else the host asks (two-factor codes). Kept by main, never stored here. */
export function SecretDialog({ prompt, queue }: { prompt: SecretPrompt; queue: ReactNode }) {
  const wording = wordingOf(prompt)
  const [values, setValues] = useState(() => wording.questions.map(({ initial = '' }) => initial))
  const firstEmpty = Math.max(
    0,
    wording.questions.findIndex(({ initial = '' }) => initial === ''),
  )
  const [keep, setKeep] = useState(false)
  const [isBusy, setBusy] = useState(false)
  // a second Enter meant for the question before must not send an empty password here
  const isMissing = prompt.kind !== 'questions' && values.some((value) => value === '')
  const submit = (): void => {
    if (isBusy || isMissing) return
    setBusy(true)
    const answer = { kind: 'text' as const, values, ...(keep ? { keep } : {}) }
    void answerPrompt(prompt, answer).finally(() => setBusy(false))
  }
  return (
    <Dialog
      title={wording.title}
      icon={KeyIcon}
      width={420}
      onClose={() => void answerPrompt(prompt, null)}
      onSubmit={submit}
      footer={
        <>
          {queue}
          <Button onPress={() => void answerPrompt(prompt, null)}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy} isDisabled={isMissing} keepsFocus>
            Continue
          </Button>
        </>
      }
    >
      <p>{wording.text}</p>
      {wording.retry === undefined ? null : <Note tone="error" title={wording.retry} />}
      {wording.questions.map(({ label, isSecret }, index) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: a prompt's questions never change
          key={index}
          label={label}
          type={isSecret ? 'password' : 'text'}
          autoFocus={index === firstEmpty}
          value={values[index] ?? ''}
          onChange={(value) => setValues(values.with(index, value))}
        />
      ))}
      {prompt.keeping === 'offered' ? (
        <Checkbox isSelected={keep} onChange={setKeep}>
          Remember in the system’s keychain
        </Checkbox>
      ) : null}
      {prompt.keeping === 'unavailable' ? (
        <p className="prompt-quiet">
          Remembered until Innkeeper quits: this computer has no keychain that would keep it safe.
        </p>
      ) : null}
    </Dialog>
  )
}

function wordingOf(prompt: SecretPrompt): Wording {
  const title = `Sign in to ${prompt.hostLabel}`
  switch (prompt.kind) {
    case 'password':
      return {
        title,
        text: `${prompt.user} at ${prompt.address} needs a password.`,
        ...(prompt.isRetry ? { retry: 'That password was not accepted. Try again.' } : {}),
        questions: [{ label: `Password of ${prompt.user}`, isSecret: true }],
      }
    case 'passphrase':
      return {
        title,
        text: `The private key ${prompt.keyFile} is locked.`,
        ...(prompt.isRetry ? { retry: 'That passphrase did not open the key. Try again.' } : {}),
        questions: [{ label: 'Passphrase', isSecret: true }],
      }
    case 'credentials':
      return {
        title,
        text: `${prompt.service} asks for a name and a password of its own (SASL).`,
        ...(prompt.isRetry ? { retry: 'That name and password were not accepted. Try again.' } : {}),
        questions: [
          {
            label: 'Name',
            isSecret: false,
            ...(prompt.user === undefined ? {} : { initial: prompt.user }),
          },
          { label: 'Password', isSecret: true },
        ],
      }
    case 'questions':
      return {
        title,
        text:
          [prompt.title, prompt.instructions].filter(Boolean).join('\n') ||
          `${prompt.address} asks ${prompt.user}:`,
        questions: prompt.questions.map(({ text, isSecret }) => ({
          label: text.trim().replace(/:$/, '') || 'Answer',
          isSecret,
        })),
      }
  }
}
