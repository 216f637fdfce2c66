import { AppError } from '../errors'

/**
 * Connection URIs as libvirt reads them (https://libvirt.org/uri.html):
 * driver[+transport]://[user@][host][:port]/path[?params]. WHATWG `URL` cannot be used: it mangles empty hosts and
 * unknown schemes.
 */
export interface HostUri {
  readonly driver: string
  readonly transport: 'unix' | 'ssh' | 'tls' | 'tcp' | 'libssh' | 'libssh2' | 'ext'
  readonly user?: string
  readonly host?: string
  readonly port?: number
  readonly path: string
  /** Parameters in order; names lower-cased, values percent-decoded. */
  readonly params: readonly { readonly name: string; readonly value: string }[]
}

const transports = ['unix', 'ssh', 'tls', 'tcp', 'libssh', 'libssh2', 'ext'] as const

/** Parameters the client uses itself; all others go to the daemon (https://libvirt.org/uri.html#remote-uris). */
const localParams = new Set([
  'name',
  'command',
  'socket',
  'auth',
  'authfile',
  'sshauth',
  'netcat',
  'keyfile',
  'pkipath',
  'known_hosts',
  'known_hosts_verify',
  'tls_priority',
  'mode',
  'proxy',
  'no_sanity',
  'no_verify',
  'no_tty',
])

export function parseHostUri(text: string): HostUri {
  const uri = text.trim()
  const bad = (message: string, cure?: string): AppError =>
    new AppError('invalid', message, {
      field: 'uri',
      cure: cure ?? 'Write it like qemu+ssh://user@host/system',
    })
  if (uri === '') throw bad('The connection URI is empty')
  // oxlint-disable-next-line no-control-regex -- refusing control characters is the point
  if (/[\u0000-\u0020\u007f]/.test(uri)) throw bad('The connection URI contains a space or control character')
  const match =
    /^([A-Za-z][A-Za-z0-9.-]*)(?:\+([A-Za-z0-9]+))?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/.exec(uri)
  if (!match) throw bad(`"${text}" is not a connection URI`)
  const [, scheme = '', transportText, authority = '', rawPath = '', query = ''] = match
  const named = transports.find((transport) => transport === transportText?.toLowerCase())
  if (transportText !== undefined && !named) {
    throw bad(`"${transportText}" is not a known transport`, `Use one of ${transports.join(', ')}`)
  }
  const { user, host, port } = parseAuthority(authority, bad)
  // libvirt's rule: without a transport a host means TLS, no host means the local socket
  const transport = named ?? (host === undefined ? 'unix' : 'tls')
  if (transport === 'unix' && host !== undefined) {
    throw bad('A URI with the unix transport cannot name a host', 'Use +ssh to reach another host')
  }
  if (host?.startsWith('-') || user?.startsWith('-')) throw bad('Host and user names cannot begin with "-"')
  return {
    driver: scheme.toLowerCase(),
    transport,
    ...(user === undefined ? {} : { user }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    path: decode(rawPath, bad),
    params: parseParams(query, bad),
  }
}

type Bad = (message: string, cure?: string) => AppError

function parseAuthority(text: string, bad: Bad): { user?: string; host?: string; port?: number } {
  const at = text.lastIndexOf('@')
  const user = at < 0 ? undefined : decode(text.slice(0, at), bad)
  const rest = text.slice(at + 1)
  const match = /^(?:\[([0-9A-Fa-f:.%A-Za-z0-9]+)\]|([^:[\]]*))(?::(\d*))?$/.exec(rest)
  if (!match)
    throw bad(`"${rest}" is not a host name or address`, 'Put IPv6 addresses in brackets: [fe80::1]')
  const host = match[1] ?? (match[2] === '' || match[2] === undefined ? undefined : decode(match[2], bad))
  if (user === '') throw bad('The user name before "@" is empty')
  if (match[3] === undefined || match[3] === '')
    return { ...(user === undefined ? {} : { user }), ...(host === undefined ? {} : { host }) }
  const port = Number(match[3])
  if (port < 1 || port > 65_535) throw bad(`${match[3]} is not a port`, 'Ports are 1 to 65535')
  return { ...(user === undefined ? {} : { user }), ...(host === undefined ? {} : { host, port }) }
}

function parseParams(query: string, bad: Bad): { name: string; value: string }[] {
  // a ";" separates only when no "&" does (libvirt's virURIParse)
  const separator = query.includes('&') ? '&' : ';'
  const params: { name: string; value: string }[] = []
  for (const part of query.split(separator)) {
    const equals = part.indexOf('=')
    const name = decode(equals < 0 ? part : part.slice(0, equals), bad).toLowerCase()
    if (name !== '') params.push({ name, value: equals < 0 ? '' : decode(part.slice(equals + 1), bad) })
  }
  return params
}

function decode(text: string, bad: Bad): string {
  try {
    const decoded = decodeURIComponent(text)
    // oxlint-disable-next-line no-control-regex -- an escaped control character must not reach a remote command
    if (/[\u0000-\u001f\u007f]/.test(decoded)) throw bad('The connection URI contains a control character')
    return decoded
  } catch (error) {
    if (error instanceof AppError) throw error
    throw bad(`"${text}" has a broken % escape`)
  }
}

/** Last one wins, as in libvirt. */
export function uriParam(uri: HostUri, name: string): string | undefined {
  return uri.params.findLast((param) => param.name === name)?.value
}

/** The name the daemon is asked to open: the URI without transport and without what the client uses itself. */
export function daemonUri(uri: HostUri): string {
  const override = uriParam(uri, 'name')
  if (override !== undefined) return override
  if (uri.driver === 'remote') return ''
  const passed = uri.params.filter((param) => !localParams.has(param.name))
  const query = passed
    .map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  return `${uri.driver}://${uri.path}${query === '' ? '' : `?${query}`}`
}

/** A short name for lists: the host, or the driver for local ones. */
export function hostUriLabel(uri: HostUri): string {
  const session = uri.path === '/session' ? ' (session)' : ''
  if (uri.host !== undefined) return `${uri.host}${session}`
  return `Local ${driverText[uri.driver] ?? uri.driver}${session}`
}

const driverText: Record<string, string> = { qemu: 'QEMU/KVM', xen: 'Xen', lxc: 'LXC', test: 'test driver' }
