import { useId, useState } from 'react'
import {
  vncPasswordLength,
  type ConsoleCredentials,
  type CredentialsQuestion,
} from '../../../shared/model/console-sign-in'
import { Button } from '../../ui/Button'
import { KeyIcon } from '../../ui/icons/general'
import { TextField } from '../../ui/TextField'

interface Props {
  readonly question: CredentialsQuestion
  readonly onSubmit: (credentials: ConsoleCredentials) => void
}

export function PasswordForm({ question, onSubmit }: Props) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const titleId = useId()
  const needsUserName = question.method !== 'vnc'
  const isComplete = password !== '' && (!needsUserName || username !== '')
  return (
    <form
      className="console-password"
      aria-labelledby={titleId}
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) onSubmit(needsUserName ? { username, password } : { password })
      }}
    >
      <span className="empty-icon">
        <KeyIcon size={26} />
      </span>
      <h2 id={titleId}>The screen of this VM is locked</h2>
      <p className="secondary">{explanation(question)}</p>
      {needsUserName ? (
        <TextField label="User name" value={username} onChange={setUsername} autoFocus />
      ) : null}
      <TextField
        label="Password"
        type="password"
        value={password}
        onChange={setPassword}
        autoFocus={!needsUserName}
        error={question.why === 'wrong' && password === '' ? refusal(question) : undefined}
        {...(!needsUserName && password.length > vncPasswordLength
          ? { hint: `VNC looks at the first ${vncPasswordLength} characters only` }
          : {})}
      />
      <Button type="submit" variant="primary" isDisabled={!isComplete}>
        Unlock
      </Button>
    </form>
  )
}

function explanation({ method, why }: CredentialsQuestion): string {
  const kept = 'It is kept until the host is disconnected.'
  if (why === 'own-password-refused') {
    return `The password in the VM’s definition was not accepted: it may have expired, or count only from the next start. Enter the one that is in force. ${kept}`
  }
  return method === 'vnc'
    ? `Enter the password of its VNC server. ${kept}`
    : `Enter the name and password of an account that its VNC server knows. ${kept}`
}

function refusal({ method }: CredentialsQuestion): string {
  return method === 'vnc' ? 'This password was not accepted' : 'This name or password was not accepted'
}
