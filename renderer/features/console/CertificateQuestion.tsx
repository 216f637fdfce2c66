import { useId } from 'react'
import type { OfferedCertificate } from '../../../shared/model/console-sign-in'
import { Button } from '../../ui/Button'
import { WarningIcon } from '../../ui/icons/general'

interface Props {
  readonly certificate: OfferedCertificate
  readonly onTrust: () => void
  readonly onDecline: () => void
}

/** Nobody vouches for the certificate: the user compares its fingerprint with what the host's administrator says. */
export function CertificateQuestion({ certificate, onTrust, onDecline }: Props) {
  const titleId = useId()
  const { known, problem, names } = certificate
  return (
    <section className="console-certificate" aria-labelledby={titleId} data-changed={known !== undefined}>
      <span className="empty-icon">
        <WarningIcon size={26} />
      </span>
      <h2 id={titleId}>
        {known
          ? 'The certificate of this screen has changed'
          : 'Do you trust the certificate of this screen?'}
      </h2>
      <p className="secondary">
        {known
          ? `It is not the one you trusted on ${day(known.sinceMs)}. If nobody gave the host a new one, somebody may be pretending to be this host.`
          : `${problem.message}. Nothing has been sent to the server yet.`}
      </p>
      {problem.cure === undefined ? null : <p className="secondary">{problem.cure}</p>}
      <dl className="console-certificate-facts">
        <dt>Issued to</dt>
        <dd>{certificate.subject}</dd>
        <dt>Issued by</dt>
        <dd>{certificate.issuer}</dd>
        {names.length === 0 ? null : (
          <>
            <dt>Names</dt>
            <dd>{names.join(', ')}</dd>
          </>
        )}
        <dt>Valid</dt>
        <dd>
          {day(certificate.validFrom)} to {day(certificate.validUntil)}
        </dd>
        <dt>SHA-256</dt>
        <dd className="mono">{certificate.fingerprint}</dd>
        {known ? (
          <>
            <dt>Trusted before</dt>
            <dd className="mono">{known.fingerprint}</dd>
          </>
        ) : null}
      </dl>
      <p className="secondary">
        On the host, <code>openssl x509 -noout -fingerprint -sha256 -in server-cert.pem</code> prints it.
      </p>
      <div className="console-certificate-buttons">
        <Button onPress={onDecline}>Do not trust</Button>
        <Button variant={known ? 'danger' : 'primary'} onPress={onTrust}>
          {known ? 'Trust the new certificate' : 'Trust for this host'}
        </Button>
      </div>
    </section>
  )
}

function day(date: string | number): string {
  return new Date(date).toISOString().slice(0, 10)
}
