import type { ErrorData } from '../../../shared/errors'
import { shellWord } from '../../../shared/shell-word'
import { failed, ok, warning, type Verdict } from '../check'
import type { CertificateFacts, ShownTls } from '../probes/tls-server'

export interface ClientFilesFound {
  readonly ca: string
  readonly certificate: string
  /** Our name; absent when there is no client certificate. */
  readonly subject?: string
  readonly warnings: readonly string[]
}

export function judgeClientFiles(result: ClientFilesFound | { readonly error: ErrorData }): Verdict {
  if ('error' in result) {
    const { message, cure, detail, kind } = result.error
    return failed(message, {
      ...(cure === undefined ? {} : { cure }),
      ...(detail === undefined ? {} : { detail }),
      recipe: kind === 'denied' ? 'key-permissions' : 'tls-client',
    })
  }
  const facts = [`Authority: ${result.ca}`, `Client certificate: ${result.certificate}`]
  if (result.subject === undefined) {
    return warning('This computer has no client certificate', {
      facts,
      cause: `Most hosts ask for one, and there is none at ${result.certificate}`,
      cure: 'Have one made by whoever runs the authority, unless the host does not ask for it',
      recipe: 'tls-client',
    })
  }
  facts.push(`Our name: ${result.subject}`)
  if (result.warnings.length > 0) {
    return warning(result.warnings[0] ?? '', { facts, recipe: 'key-permissions' })
  }
  return ok('Certificate, key and authority are there and fit', { facts })
}

/** `words` is what OpenSSL or BoringSSL said. */
export function judgeHandshake(
  result: { readonly detail: string; readonly words: string } | { readonly protocol: string },
  port: number,
): Verdict {
  if ('protocol' in result) return ok(`The server speaks ${result.protocol}`)
  const { detail, words } = result
  if (/alert/i.test(words) && /certificate|unknown.ca|access.denied/i.test(words)) {
    return failed('The server refuses our certificate', {
      cause: 'It ended the handshake when it saw the client certificate, or saw that there is none',
      cure: 'Use a client certificate signed by the authority the host trusts',
      detail,
      recipe: 'tls-client',
    })
  }
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|wrong version number|packet length|UNKNOWN_PROTOCOL/i.test(words)) {
    return failed(`What answers at port ${port} does not speak TLS`, {
      cause: 'Another service listens there, or libvirt’s plain TCP port was given',
      cure: 'Check the port: libvirt’s TLS port is 16514 unless tls_port says otherwise',
      commands: [{ where: 'host', text: `sudo ss -ltnp 'sport = :${port}'` }],
      detail,
    })
  }
  if (/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_SHARED_CIPHER|HANDSHAKE_FAILURE|INSUFFICIENT/i.test(words)) {
    return failed('The server and this computer have no common encryption', {
      cause: 'The host offers only versions of TLS older than 1.2, or its tls_priority is too narrow',
      cure: 'Update libvirt and GnuTLS on the host, or look at tls_priority in libvirtd.conf',
      detail,
    })
  }
  if (words === 'silent') {
    return failed('The connection is accepted, but the server does not answer', {
      cause: 'The daemon is stuck or stopped: the kernel takes connections for it',
      cure: 'Restart the daemon on the host',
      commands: [
        {
          where: 'host',
          text: 'sudo systemctl restart virtproxyd 2>/dev/null || sudo systemctl restart libvirtd',
        },
      ],
      detail,
      recipe: 'start-daemon',
    })
  }
  return failed('The server hung up while encryption was being set up', {
    cause: 'The daemon has no usable certificate, or what listens there is not libvirt',
    cure: 'Look at the log of the daemon on the host, and check its certificates',
    commands: [
      {
        where: 'host',
        text: 'sudo virt-pki-validate; sudo journalctl -b -u libvirtd -u virtproxyd | tail -n 20',
      },
    ],
    detail,
    recipe: 'tls-server',
  })
}

const dayMs = 86_400_000

export function judgeDates(chain: readonly CertificateFacts[], nowMs: number): Verdict {
  const [own] = chain
  if (!own) return failed('The server showed no certificate', { recipe: 'tls-server' })
  const facts = [
    `Name: ${own.subject}`,
    `In force from ${timeText(own.fromMs)} until ${timeText(own.untilMs)}`,
    `This computer’s clock says ${timeText(nowMs)}`,
  ]
  const bad = chain.find(({ fromMs, untilMs }) => nowMs < fromMs || nowMs > untilMs)
  if (!bad) {
    const leftDays = Math.floor((own.untilMs - nowMs) / dayMs)
    if (leftDays >= 30) return ok(`It is in force until ${timeText(own.untilMs)}`, { facts })
    return warning(`It expires in ${leftDays === 1 ? 'one day' : `${leftDays} days`}`, {
      facts,
      cure: 'Make a new one in time',
      recipe: 'tls-server',
    })
  }
  const whose =
    bad === own ? 'The certificate of the server' : `The certificate of the authority ${bad.subject}`
  if (nowMs > bad.untilMs) {
    return failed(`${whose} expired on ${timeText(bad.untilMs)}`, {
      facts,
      cause: 'Nobody made a new one in time, or the clock of this computer is ahead',
      cure: 'Make a new certificate for the host',
      commands: [{ where: 'here', text: 'date -u' }],
      recipe: 'tls-server',
    })
  }
  // made within the last days: it is the clocks that differ, not the certificate
  const isClock = bad.fromMs - nowMs < 2 * dayMs
  return failed(`${whose} is in force only from ${timeText(bad.fromMs)} on`, {
    facts,
    cause: isClock
      ? 'The clock of this computer is behind, or that of the computer which made the certificate is ahead'
      : 'It was made for a later time, or the clock of this computer is far behind',
    cure: isClock
      ? 'Set both clocks, best by time synchronization'
      : 'Check the clock, or have another certificate made',
    commands: [{ where: 'here', text: 'timedatectl' }],
  })
}

export function judgeChain(server: ShownTls, caPath: string): Verdict {
  const [own] = server.chain
  const facts = [`Signed by: ${own?.issuer || 'itself'}`, `Trusted here: ${caPath}`]
  switch (server.chainProblem) {
    case undefined:
    // of dates another step speaks
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return ok('It was signed by an authority this computer trusts', { facts })
    case 'CERT_REVOKED':
      return failed('The certificate of the server has been revoked', {
        facts,
        cause: 'The authority’s list of revoked certificates names it',
        cure: 'Do not connect. Ask the administrator of the host',
      })
    case 'INVALID_PURPOSE':
      return failed('The certificate of the server is not one for servers', {
        facts,
        cause: 'It was made for clients or for something else',
        cure: 'Make one for servers: extendedKeyUsage=serverAuth with openssl, tls_www_server with certtool',
        recipe: 'tls-server',
      })
    case 'CRL_HAS_EXPIRED':
    case 'CRL_NOT_YET_VALID':
    case 'UNABLE_TO_GET_CRL':
      return failed('The list of revoked certificates is out of date or of another authority', {
        facts,
        cause: 'cacrl.pem beside the authority’s certificate cannot be used',
        cure: 'Get the current one from whoever runs the authority',
        detail: server.chainProblem,
      })
    default:
      return failed('The certificate of the server was signed by an authority this computer does not trust', {
        facts,
        cause:
          'The cacert.pem here is of another authority than the one that signed the host’s certificate, or somebody is in between',
        cure: 'Make sure it is the right host, then copy the cacert.pem of its authority to this computer',
        commands: [
          {
            where: 'here',
            text: `openssl x509 -noout -subject -fingerprint -sha256 -in ${shellWord(caPath)}`,
          },
          {
            where: 'host',
            text: 'openssl x509 -noout -subject -fingerprint -sha256 -in /etc/pki/CA/cacert.pem',
          },
        ],
        detail: server.chainProblem,
        recipe: 'tls-client',
      })
  }
}

export function judgeNames(server: ShownTls, host: string): Verdict {
  const names = server.chain[0]?.names ?? []
  const facts = [`The certificate is for: ${names.join(', ') || 'no name at all'}`, `The URI says: ${host}`]
  if (server.isForHost) return ok(`It is for ${host}`, { facts })
  return failed(`The certificate of the server is not for ${host}`, {
    facts,
    cause: 'The name in the URI has to be one of the names in the certificate (subject alternative names)',
    cure:
      names.length === 0
        ? 'Make a new certificate that names the host'
        : `Write ${names[0]} in the URI, or make a new certificate that names ${host} too`,
    recipe: 'tls-server',
  })
}

export function judgeAcceptance(
  server: Pick<ShownTls, 'answer' | 'answerDetail'>,
  own: string | undefined,
  port: number,
): Verdict {
  const facts = own === undefined ? ['No client certificate was shown'] : [`Our name: ${own}`]
  const detail = server.answerDetail === undefined ? {} : { detail: server.answerDetail }
  switch (server.answer) {
    case 'accepted':
      return ok(
        own === undefined
          ? 'The server lets us in without a certificate'
          : 'The server accepts our certificate',
        { facts },
      )
    case 'silent':
      return failed('The server does not say whether it lets us in', {
        facts,
        cause: 'The daemon hangs, or what answers is not libvirt',
        cure: `Check that libvirt listens on port ${port}, and restart its daemon`,
        recipe: 'start-daemon',
        ...detail,
      })
    case 'other':
      return failed('What answers is not libvirt', {
        facts,
        cause: 'Another service with TLS listens on this port',
        cure: 'Check the port: libvirt’s TLS port is 16514 unless tls_port says otherwise',
        ...detail,
      })
    case 'refused':
      if (own === undefined) {
        return failed('The server wants a client certificate', {
          facts,
          cause: 'This computer has none to show',
          cure: 'Have one made by the host’s authority and put it here',
          recipe: 'tls-client',
          ...detail,
        })
      }
      return failed('The server refuses our certificate', {
        facts,
        cause:
          'It was not signed by the authority the host trusts, it has expired, or its name is not in tls_allowed_dn_list (an empty list refuses everybody)',
        cure: 'Compare our name with the list on the host; the log of its daemon says which it is',
        commands: [
          {
            where: 'host',
            text: 'sudo grep -n tls_allowed_dn_list /etc/libvirt/libvirtd.conf /etc/libvirt/virtproxyd.conf',
          },
          { where: 'host', text: 'sudo journalctl -b -u libvirtd -u virtproxyd | tail -n 20' },
        ],
        recipe: 'tls-allowed-names',
        ...detail,
      })
  }
}

function timeText(ms: number): string {
  return Number.isFinite(ms)
    ? `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : 'an unknown time'
}
