import { CertificateQuestion } from './CertificateQuestion'
import type { ConsoleConnection } from './console-connection'
import type { ConsoleState } from './console-model'
import { PasswordForm } from './PasswordForm'

interface Props {
  readonly state: ConsoleState
  readonly connection: ConsoleConnection | undefined
}

/** What the user has to say before this screen is shown; asked in its place, because only this screen waits for it. */
export function ConsoleQuestion({ state, connection }: Props) {
  if (state.kind === 'password') {
    return (
      <PasswordForm
        question={state.question}
        onSubmit={(credentials) => connection?.submitCredentials(credentials)}
      />
    )
  }
  if (state.kind !== 'certificate') return null
  return (
    <CertificateQuestion
      certificate={state.certificate}
      onTrust={() => connection?.trustCertificate()}
      onDecline={() => connection?.declineCertificate()}
    />
  )
}
