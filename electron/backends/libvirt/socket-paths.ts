/**
 * Which Unix sockets to try for a URI (https://libvirt.org/daemons.html, "Monolithic vs modular daemons"). Pure: whether
 * they exist is found out by trying.
 */
import { AppError } from '../../../shared/errors'
import { uriParam, type HostUri } from '../../../shared/model/host-uri'

/** Drivers with a daemon of their own on modular hosts; all others are served by the monolithic one or the proxy. */
const modularDaemons: Record<string, string> = {
  qemu: 'virtqemud',
  xen: 'virtxend',
  lxc: 'virtlxcd',
  vbox: 'virtvboxd',
  bhyve: 'virtbhyved',
  ch: 'virtchd',
}

export interface SocketChoice {
  /** In order of preference. */
  readonly paths: readonly string[]
  /** Daemons of the user's own that can be started when no socket answers; empty for the system's. */
  readonly startable: readonly string[]
}

const systemFolder = '/var/run/libvirt'

/** What session sockets on this computer depend on (virGetUserRuntimeDirectory). */
export interface UserFolders {
  readonly runtime?: string | undefined
  readonly home: string
}

export function localSockets(uri: HostUri, user: UserFolders, readOnly = false): SocketChoice {
  const explicit = uriParam(uri, 'socket')
  if (explicit !== undefined && explicit !== '') return { paths: [explicit], startable: [] }
  const modular = modularDaemons[uri.driver]
  const folder = isSession(uri) ? sessionFolder(user) : systemFolder
  const mode = modeOf(uri)
  const names: string[] = []
  if (modular !== undefined && mode !== 'legacy') names.push(modular)
  if (mode !== 'direct') names.push('libvirt')
  if (names.length === 0) {
    throw new AppError('unsupported', `There is no separate daemon for "${uri.driver}"`, {
      cure: 'Leave out mode=direct.',
      field: 'uri',
    })
  }
  return {
    paths: names.map((name) => `${folder}/${name}-sock${readOnlySuffix(uri, readOnly)}`),
    startable: isSession(uri) ? names.map((name) => (name === 'libvirt' ? 'libvirtd' : name)) : [],
  }
}

/** Far hosts: the monolithic path, which virtproxyd serves on modular hosts. Undefined: only a helper there knows. */
export function remoteSocket(uri: HostUri, readOnly = false): string | undefined {
  if (uri.transport === 'tls' || uri.transport === 'tcp') return undefined
  const explicit = uriParam(uri, 'socket')
  if (explicit !== undefined && explicit !== '') return explicit
  return isSession(uri) ? undefined : `${systemFolder}/libvirt-sock${readOnlySuffix(uri, readOnly)}`
}

/** A user's own daemon has no socket for looking only: there the flag of the open call is what limits. */
function readOnlySuffix(uri: HostUri, readOnly: boolean): string {
  return readOnly && !isSession(uri) ? '-ro' : ''
}

/** The daemon lets nobody change anything through such a socket, whatever a client asks for. */
export function isReadOnlySocket(uri: HostUri): boolean {
  return uriParam(uri, 'socket')?.endsWith('-sock-ro') ?? false
}

export function isSession(uri: HostUri): boolean {
  return uri.path === '/session'
}

/** The parser of URIs knows only these. */
export function modeOf(uri: HostUri): 'auto' | 'direct' | 'legacy' {
  const mode = uriParam(uri, 'mode')
  return mode === 'direct' || mode === 'legacy' ? mode : 'auto'
}

function sessionFolder(user: UserFolders): string {
  return `${user.runtime === undefined || user.runtime === '' ? `${user.home}/.cache` : user.runtime}/libvirt`
}
