import { AppError } from '../errors'
import { badParams, localParam, type LocalParam } from './host-uri-params'

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
  /** Parameters in order, percent-decoded; names the client knows are lower-cased, others stay as they are. */
  readonly params: readonly { readonly name: string; readonly value: string }[]
  /** What follows "#"; the daemon's own. */
  readonly fragment?: string
}

const transports = ['unix', 'ssh', 'tls', 'tcp', 'libssh', 'libssh2', 'ext'] as const

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
  const match = uriForm.exec(uri)
  if (!match) throw bad(`"${text}" is not a connection URI`)
  const [, scheme = '', transportText, authority = '', rawPath = '', query = '', rawFragment] = match
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
  const parsed: HostUri = {
    driver: scheme.toLowerCase(),
    transport,
    ...(user === undefined ? {} : { user }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    path: decode(rawPath, bad),
    params: parseParams(query, bad),
    ...(rawFragment === undefined ? {} : { fragment: decode(rawFragment, bad) }),
  }
  const wrong = badParams(parsed)
  if (wrong) throw bad(wrong.message, wrong.cure)
  return parsed
}

/** driver[+transport]:[//authority]path[?query][#fragment], after RFC 3986; "qemu:/system" is as good as with slashes. */
const uriForm =
  /^([A-Za-z][A-Za-z0-9.-]*)(?:\+([A-Za-z0-9]*))?:(?:\/\/([^/?#]*)|(?=\/))([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/

type Bad = (message: string, cure?: string) => AppError

function parseAuthority(text: string, bad: Bad): { user?: string; host?: string; port?: number } {
  const at = text.indexOf('@')
  const user = at < 0 ? undefined : decode(text.slice(0, at), bad)
  const rest = text.slice(at + 1)
  const match = /^(?:\[([0-9A-Fa-f:.%A-Za-z0-9]+)\]|([^:[\]@]*))(?::(\d+))?$/.exec(rest)
  if (!match)
    throw bad(`"${rest}" is not a host name or address`, 'Put IPv6 addresses in brackets: [fe80::1]')
  // a zone is written with %25 or, in older habit, a bare % (RFC 6874)
  const host =
    match[1]?.replace('%25', '%') ??
    (match[2] === '' || match[2] === undefined ? undefined : decode(match[2], bad))
  if (user === '') throw bad('The user name before "@" is empty')
  if (match[3] === undefined)
    return { ...(user === undefined ? {} : { user }), ...(host === undefined ? {} : { host }) }
  const port = Number(match[3])
  if (port < 1 || port > 65_535) throw bad(`${match[3]} is not a port`, 'Ports are 1 to 65535')
  return { ...(user === undefined ? {} : { user }), ...(host === undefined ? {} : { host, port }) }
}

/** Each part ends at the next "&"; at a ";" only when no "&" follows any more (libvirt's virURIParseParams). */
function parseParams(query: string, bad: Bad): { name: string; value: string }[] {
  const params: { name: string; value: string }[] = []
  for (let rest = query; rest !== ''; ) {
    const ampersand = rest.indexOf('&')
    const end = ampersand < 0 ? rest.indexOf(';') : ampersand
    const part = end < 0 ? rest : rest.slice(0, end)
    rest = end < 0 ? '' : rest.slice(end + 1)
    const equals = part.indexOf('=')
    const name = decode(equals < 0 ? part : part.slice(0, equals), bad)
    if (name === '') continue
    const value = equals < 0 ? '' : decode(part.slice(equals + 1), bad)
    params.push({ name: localParam(name) ?? name, value })
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

/** The client's own parameter of this name; the last one wins, as in libvirt. */
export function uriParam(uri: HostUri, name: string): string | undefined {
  const wanted = localParam(name) ?? name
  return uri.params.findLast((param) => param.name === wanted)?.value
}

/** A switch such as no_verify: any number but zero turns it on. */
export function uriFlag(uri: HostUri, name: LocalParam): boolean {
  return Number(uriParam(uri, name) ?? 0) !== 0
}

/** The port a transport uses when the URI names none; undefined where there are no ports. */
export function defaultPort(transport: HostUri['transport']): number | undefined {
  switch (transport) {
    case 'ssh':
    case 'libssh':
    case 'libssh2':
      return 22
    case 'tls':
      return 16_514
    case 'tcp':
      return 16_509
    case 'unix':
    case 'ext':
      return undefined
  }
}

/** The name the daemon is asked to open: the URI without transport and without what the client uses itself. */
export function daemonUri(uri: HostUri): string {
  const override = uriParam(uri, 'name')
  if (override !== undefined) return override
  if (uri.driver === 'remote') return ''
  const passed = uri.params.filter((param) => localParam(param.name) === undefined)
  return `${uri.driver}://${uri.path}${queryText(passed)}${fragmentText(uri)}`
}

/** The URI as text; parsing it gives the same URI again. */
export function formatHostUri(uri: HostUri): string {
  const { driver, transport, user, host, port, path, params } = uri
  const scheme = transport === 'unix' ? driver : `${driver}+${transport}`
  const name = host === undefined ? '' : host.includes(':') ? `[${host}]` : encodeURIComponent(host)
  const authority = `${user === undefined ? '' : `${encodeURIComponent(user)}@`}${name}${port === undefined ? '' : `:${port}`}`
  return `${scheme}://${authority}${encodePath(path)}${queryText(params)}${fragmentText(uri)}`
}

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

function queryText(params: HostUri['params']): string {
  if (params.length === 0) return ''
  // a slash needs no escape in a query, and paths are easier to read with theirs
  const value = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/')
  return `?${params.map((param) => `${encodeURIComponent(param.name)}=${value(param.value)}`).join('&')}`
}

function fragmentText({ fragment }: HostUri): string {
  return fragment === undefined ? '' : `#${encodeURIComponent(fragment)}`
}

/** A short name for lists: the host, or the driver for local ones. */
export function hostUriLabel(uri: HostUri): string {
  const session = uri.path === '/session' ? ' (session)' : ''
  if (uri.host !== undefined) return `${uri.host}${session}`
  return `Local ${driverText[uri.driver] ?? uri.driver}${session}`
}

const driverText: Record<string, string> = {
  qemu: 'QEMU/KVM',
  'qemu-direct': 'QEMU without libvirt',
  xen: 'Xen',
  lxc: 'LXC',
  test: 'test driver',
}
