import { AppError } from '../../../shared/errors'
import { parseHostUri, type HostUri } from '../../../shared/model/host-uri'
import { uriText } from './uri-text'

/** The host form: fields that write the URI, and a URI that fills the fields. Pure. */
export const hypervisors = ['qemu', 'xen', 'lxc', 'test', 'custom'] as const
/** `custom` = whatever the URI says: a driver the fields know nothing of. */
export type Hypervisor = (typeof hypervisors)[number]

export type Place = 'local' | 'remote'
export type Transport = Exclude<HostUri['transport'], 'unix'>
export type UriParams = HostUri['params']

export interface HostForm {
  readonly hypervisor: Hypervisor
  readonly place: Place
  readonly transport: Transport
  readonly user: string
  /** As typed: "host", "host:port" and "user@host" are understood too. */
  readonly address: string
  readonly port: string
  /** "/system", "/session" or another. */
  readonly path: string
  /** Folder of certificates (TLS). */
  readonly pkiPath: string
  readonly noVerify: boolean
  /** What has no field of its own. */
  readonly params: UriParams
  /** What the fields come to, or what was typed by hand. */
  readonly uri: string
  /** The URI was typed: then a missing host means this computer's own ssh or TLS port, as libvirt reads it. */
  readonly isTyped: boolean
}

type Fields = Omit<HostForm, 'uri' | 'isTyped'>

const blank: Fields = {
  hypervisor: 'qemu',
  place: 'remote',
  transport: 'ssh',
  user: '',
  address: '',
  port: '',
  path: '/system',
  pkiPath: '',
  noVerify: false,
  params: [],
}

export const emptyForm: HostForm = { ...blank, uri: '', isTyped: false }

export function formOf(uri: string): HostForm {
  return changeUri(emptyForm, uri)
}

/** A field changed: the URI follows. */
export function changeField(form: HostForm, change: Partial<Fields>): HostForm {
  // somebody pasted a whole URI where the host goes
  if (change.address?.includes('://')) return changeUri(form, change.address.trim())
  const next = sound({ ...form, ...change }, change)
  if (next.hypervisor === 'custom') return { ...next, isTyped: true }
  return { ...next, uri: writtenUri(next), isTyped: false }
}

/** The URI was edited: the fields follow as far as it can be read; half a URI leaves them alone. */
export function changeUri(form: HostForm, uri: string): HostForm {
  const parsed = tryParse(uri)
  if (!parsed) return { ...form, uri, isTyped: true }
  return { ...fieldsOf(parsed), uri, isTyped: true }
}

export function fieldsOf(uri: HostUri): Fields {
  const hypervisor = hypervisors.find((name) => name === uri.driver) ?? 'custom'
  const isLocal = uri.transport === 'unix'
  const isTls = uri.transport === 'tls'
  const own = (name: string): boolean => isTls && (name === 'pkipath' || name === 'no_verify')
  return {
    hypervisor,
    place: isLocal ? 'local' : 'remote',
    transport: uri.transport === 'unix' ? 'ssh' : uri.transport,
    user: uri.user ?? '',
    address: uri.host ?? '',
    port: uri.port === undefined ? '' : String(uri.port),
    path: uri.path === '' ? '/' : uri.path,
    pkiPath: isTls ? (lastOf(uri.params, 'pkipath') ?? '') : '',
    noVerify: isTls && Number(lastOf(uri.params, 'no_verify') ?? 0) !== 0,
    params: uri.params.filter(({ name }) => !own(name)),
  }
}

/** Choices that no longer go together are brought in line with the one just made. */
function sound(form: HostForm, change: Partial<Fields>): HostForm {
  let { path } = form
  if (change.hypervisor !== undefined && change.hypervisor !== 'custom') {
    if (change.hypervisor === 'test') path = '/default'
    else if (path !== '/system' && path !== '/session') path = '/system'
  }
  if (path === '/session' && sessionRefusal(form) !== undefined) path = '/system'
  return { ...form, path }
}

/** Why a user session cannot be chosen; undefined when it can. */
export function sessionRefusal(
  form: Pick<HostForm, 'hypervisor' | 'place' | 'transport'>,
): string | undefined {
  // https://libvirt.org/drvqemu.html#connections-to-qemu-driver: only QEMU has an instance per user
  if (form.hypervisor !== 'qemu' && form.hypervisor !== 'custom') return 'Only QEMU/KVM has user sessions'
  // https://libvirt.org/daemons.html: a session daemon listens on a UNIX socket only
  if (form.place === 'remote' && (form.transport === 'tls' || form.transport === 'tcp')) {
    return 'A user session opens no network port; only SSH reaches it'
  }
  return undefined
}

/** Why the user name is of no use; undefined when it is. */
export function userRefusal(form: Pick<HostForm, 'place' | 'transport'>): string | undefined {
  if (form.place === 'remote' && (form.transport === 'tls' || form.transport === 'tcp')) {
    return 'Not used here: a server that wants a name asks for it'
  }
  return undefined
}

function writtenUri(form: HostForm): string {
  const path = form.path.startsWith('/') ? form.path : `/${form.path}`
  if (form.place === 'local') {
    return uriText({ driver: form.hypervisor, transport: 'unix', path, params: form.params })
  }
  const { user, host, port } = splitAddress(form)
  if (host === '') return ''
  const isTls = form.transport === 'tls'
  const pkiPath = form.pkiPath.trim()
  return uriText({
    driver: form.hypervisor,
    transport: form.transport,
    ...(user === '' || userRefusal(form) !== undefined ? {} : { user }),
    host,
    ...(port === '' ? {} : { portText: port }),
    path,
    params: [
      ...(isTls && pkiPath !== '' ? [{ name: 'pkipath', value: pkiPath }] : []),
      ...(isTls && form.noVerify ? [{ name: 'no_verify', value: '1' }] : []),
      ...form.params,
    ],
  })
}

/** People paste "root@server:2222" into the host field; the other fields win where they are filled. */
export function splitAddress(form: Pick<HostForm, 'user' | 'address' | 'port'>): {
  user: string
  host: string
  port: string
} {
  const at = form.address.lastIndexOf('@')
  const rest = form.address.slice(at + 1).trim()
  const [, host = rest, port = ''] = /^(\[[^\]]*\]|[^:]*):(\d*)$/.exec(rest) ?? []
  return {
    user: form.user.trim() || (at < 0 ? '' : form.address.slice(0, at).trim()),
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: form.port.trim() || port,
  }
}

export interface FormProblem {
  readonly field: 'address' | 'port' | 'uri' | 'params'
  readonly message: string
}

/** What stands in the way of using the form, at the field it belongs to. */
export function validate(form: HostForm): FormProblem | undefined {
  if (form.hypervisor !== 'custom' && form.place === 'remote' && !form.isTyped) {
    const { host, port } = splitAddress(form)
    if (host === '') return { field: 'address', message: 'Enter the host’s name or address' }
    if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
      return { field: 'port', message: 'Use 1 to 65535' }
    }
  }
  if (form.params.some(({ name }) => name.trim() === '')) {
    return { field: 'params', message: 'Give each parameter a name, or remove it' }
  }
  try {
    parseHostUri(form.uri)
    return undefined
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { message, cure } = error
    return { field: 'uri', message: cure === undefined ? message : `${message}. ${cure}.` }
  }
}

/** Whether ssh carries the connection, so that its engine and key matter; read from the URI, which is what counts. */
export function usesSsh(form: HostForm): boolean {
  const transport = tryParse(form.uri)?.transport
  if (transport === undefined) return form.place === 'remote' && form.transport === 'ssh'
  return transport === 'ssh' || transport === 'libssh' || transport === 'libssh2'
}

function tryParse(uri: string): HostUri | undefined {
  try {
    return parseHostUri(uri)
  } catch {
    return undefined
  }
}

function lastOf(params: UriParams, name: string): string | undefined {
  return params.findLast((param) => param.name === name)?.value
}
