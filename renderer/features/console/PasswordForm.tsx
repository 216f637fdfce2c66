import { useId, useState } from 'react'
import { Button } from '../../ui/Button'
import { KeyIcon } from '../../ui/icons/general'
import { TextField } from '../../ui/TextField'
import type { Credentials } from './console-model'

interface Props {
  readonly needsUserName: boolean
  readonly isWrong: boolean
  readonly onSubmit: (credentials: Credentials) => void
}

/** Asked in the tab itself, because only this VM's screen waits for it. */
export function PasswordForm({ needsUserName, isWrong, onSubmit }: Props) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const titleId = useId()
  return (
    <form
      className="console-password"
      aria-labelledby={titleId}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(needsUserName ? { username, password } : { password })
      }}
    >
      <span className="empty-icon">
        <KeyIcon size={26} />
      </span>
      <h2 id={titleId}>The screen of this VM is locked</h2>
      <p className="secondary">Enter the password of its VNC server. It is kept until this page is closed.</p>
      {needsUserName ? (
        <TextField label="User name" value={username} onChange={setUsername} autoFocus />
      ) : null}
      <TextField
        label="Password"
        type="password"
        value={password}
        onChange={setPassword}
        autoFocus={!needsUserName}
        error={isWrong && password === '' ? 'This password was not accepted' : undefined}
      />
      <Button type="submit" variant="primary" isDisabled={password === ''}>
        Unlock
      </Button>
    </form>
  )
}
