import { failed, ok, warning, type Verdict } from '../check'
import type { NameLookup, PortTry } from '../probes/network'
import { shellWord } from '../../../shared/shell-word'
import { capital } from '../../../shared/words'

export function judgeName(host: string, lookup: NameLookup): Verdict {
  switch (lookup.kind) {
    case 'address':
      return ok(`${host} is an address, no name to look up`)
    case 'found':
      return lookup.addresses.length === 0
        ? unknownName(host, 'The name server knows the name but no address for it')
        : ok(`${host} is ${lookup.addresses[0]}${more(lookup.addresses.length - 1)}`, {
            ...(lookup.addresses.length > 1 ? { facts: lookup.addresses } : {}),
          })
    case 'failed':
      if (lookup.code === 'EAI_AGAIN') {
        return failed(`${host} could not be looked up`, {
          cause: 'No name server answers',
          cure: 'Check the network of this computer and its name server, or use the address of the host',
          commands: [{ where: 'here', text: `getent hosts ${shellWord(host)}` }],
          detail: lookup.detail,
        })
      }
      return unknownName(host, 'No name server, hosts file or ssh alias knows this name', lookup.detail)
  }
}

function unknownName(host: string, cause: string, detail?: string): Verdict {
  return failed(`${host} is not a known host name`, {
    cause,
    cure: 'Check the spelling, use the full name (with its domain), or the address of the host',
    commands: [{ where: 'here', text: `getent hosts ${shellWord(host)}` }],
    ...(detail === undefined ? {} : { detail }),
  })
}

function more(count: number): string {
  return count <= 0 ? '' : ` and ${count} more`
}

/** What is expected to listen at a port, for cures. */
export interface Service {
  readonly name: 'ssh' | 'libvirt over TLS' | 'libvirt over TCP'
  readonly port: number
  /** What to look at on the host. */
  readonly command: string
  readonly refusedCure: string
  readonly recipe: 'sshd' | 'tls-server' | 'sasl-libvirt'
}

export function judgePort(service: Service, host: string, tries: readonly PortTry[]): Verdict {
  const place = `port ${service.port} of ${host}`
  const reached = tries.filter(({ code }) => code === undefined)
  const silent = tries.filter(({ code }) => code !== undefined)
  if (reached.length > 0 && silent.length === 0) return ok(`${capital(place)} accepts connections`)
  if (reached.length > 0) {
    return warning(
      `${capital(place)} accepts connections at ${reached.map(({ address }) => address).join(', ')} only`,
      {
        facts: silent.map(({ address, code }) => `${address}: ${codeText(code)}`),
        cause: `The name leads to ${tries.length} addresses and not all of them work, which makes connecting slow`,
        cure: 'Take the wrong address out of the name server or hosts file, or use the address that works',
      },
    )
  }
  const code = tries[0]?.code
  const facts = tries.map((one) => `${one.address}: ${codeText(one.code)}`)
  const commands = [{ where: 'host' as const, text: service.command }]
  switch (code) {
    case 'ECONNREFUSED':
      return failed(`${capital(place)} refuses connections`, {
        facts,
        cause: `The host is up, but nothing listens there (or its firewall rejects): ${service.name} is not running on this port`,
        cure: service.refusedCure,
        commands,
        recipe: service.recipe,
      })
    case 'ETIMEDOUT':
      return failed(`${capital(place)} does not answer`, {
        facts,
        cause: 'The host is off, the address is wrong, or a firewall drops the connection without a word',
        cure: `Check that the host is on and that its firewall lets port ${service.port} through`,
        commands,
        recipe: 'firewall',
      })
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return failed(`${host} cannot be reached`, {
        facts,
        cause:
          'No route leads to this address: the host is off, or the network or VPN of this computer is not up',
        cure: 'Check that the host is on, and connect this computer to its network or VPN',
        commands: tries.slice(0, 1).map(({ address }) => ({
          where: 'here' as const,
          text: `ip route get ${shellWord(address)}`,
        })),
      })
    default:
      return failed(`${capital(place)} cannot be reached`, {
        facts,
        cause: `The connection ended with ${code ?? 'no reason'}`,
        cure: 'Check the address, the network and the firewall of the host',
        commands,
        recipe: 'firewall',
      })
  }
}

function codeText(code: string | undefined): string {
  switch (code) {
    case undefined:
      return 'connected'
    case 'ECONNREFUSED':
      return 'refused'
    case 'ETIMEDOUT':
      return 'no answer'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'no route'
    default:
      return code
  }
}

export function judgeBanner(host: string, port: number, said: { text: string; ended: boolean }): Verdict {
  const banner = /^SSH-([0-9.]+)-([^\r\n]*)/m.exec(said.text)
  if (banner) {
    const [, version, software = ''] = banner
    if (version === '2.0' || version === '1.99') return ok(`It is ${software.trim() || 'of an unknown kind'}`)
    return failed(`An ssh server of the old protocol ${version} answers`, {
      cause: 'Version 1 of the ssh protocol is no longer spoken by any client',
      cure: 'Update the ssh server on the host',
      detail: banner[0],
      recipe: 'sshd',
    })
  }
  const first = printable(said.text.split(/\r?\n/)[0] ?? '')
  if (first !== '') {
    return failed(`What answers at port ${port} of ${host} is not an ssh server`, {
      cause: 'Another service listens on this port',
      cure: 'Check the port in the connection URI (sshd uses 22 unless told otherwise)',
      detail: first,
      commands: [{ where: 'host', text: `ss -ltnp 'sport = :${port}'` }],
    })
  }
  return failed(
    said.ended ? `${host} hung up before it said anything` : `Nothing is said at port ${port} of ${host}`,
    {
      cause: said.ended
        ? 'The ssh server turns this computer away (too many connections at once, fail2ban, tcpwrappers), or it is no ssh server'
        : 'The connection is accepted but nothing answers: sshd hangs, or a load balancer or tunnel has nothing behind it',
      cure: 'Look at the log of sshd on the host, and at MaxStartups and PerSourcePenalties in its settings',
      commands: [{ where: 'host', text: 'journalctl -u ssh -u sshd --since -10min' }],
      recipe: 'sshd',
    },
  )
}

function printable(text: string): string {
  return text
    .replace(/[^\x20-\x7e]/g, '.')
    .slice(0, 200)
    .trim()
}
