import { AppError } from '../../../shared/errors'
import { parseHostUri, type HostUri } from '../../../shared/model/host-uri'

/** The add-host form: a few fields that write the URI, and a URI that fills the fields. Pure. */
export type ConnectionKind = 'local-system' | 'local-session' | 'ssh' | 'other'

const drivers = ['qemu', 'xen', 'lxc'] as const
export type Driver = (typeof drivers)[number]

export interface HostForm {
  readonly kind: ConnectionKind
  readonly driver: Driver
  readonly user: string
  readonly address: string
  readonly port: string
  /** What the other fields come to, or what was typed by hand. */
  readonly uri: string
}

export const emptyForm: HostForm = withUri({
  kind: 'ssh',
  driver: 'qemu',
  user: '',
  address: '',
  port: '',
  uri: '',
})

/** A field changed: the URI follows. */
export function changeField(form: HostForm, change: Partial<Omit<HostForm, 'uri'>>): HostForm {
  return withUri({ ...form, ...change })
}

/** The URI was edited: the fields follow when they can express it. */
export function changeUri(form: HostForm, uri: string): HostForm {
  const fields = fieldsOf(uri)
  return fields ? { ...form, ...fields, uri } : { ...form, kind: 'other', uri }
}

function withUri(form: HostForm): HostForm {
  switch (form.kind) {
    case 'local-system':
      return { ...form, uri: `${form.driver}:///system` }
    case 'local-session':
      // Only QEMU has an instance per user (https://libvirt.org/drvqemu.html).
      return { ...form, driver: 'qemu', uri: 'qemu:///session' }
    case 'ssh': {
      const user = form.user.trim() === '' ? '' : `${encodeURIComponent(form.user.trim())}@`
      const address = form.address.trim()
      if (address === '') return { ...form, uri: '' }
      const host = address.includes(':') && !address.startsWith('[') ? `[${address}]` : address
      const port = form.port.trim() === '' ? '' : `:${form.port.trim()}`
      return { ...form, uri: `${form.driver}+ssh://${user}${host}${port}/system` }
    }
    case 'other':
      return form
  }
}

function fieldsOf(text: string): Omit<HostForm, 'uri'> | undefined {
  let uri: HostUri
  try {
    uri = parseHostUri(text)
  } catch {
    return undefined
  }
  const driver = drivers.find((name) => name === uri.driver)
  if (driver === undefined || uri.params.length > 0) return undefined
  const blank = { driver, user: '', address: '', port: '' }
  if (uri.transport === 'unix' && uri.path === '/system') return { ...blank, kind: 'local-system' }
  if (uri.transport === 'unix' && uri.path === '/session' && driver === 'qemu') {
    return { ...blank, kind: 'local-session' }
  }
  if (uri.transport !== 'ssh' || uri.path !== '/system' || uri.host === undefined) return undefined
  return {
    kind: 'ssh',
    driver,
    user: uri.user ?? '',
    address: uri.host,
    port: uri.port === undefined ? '' : String(uri.port),
  }
}

export interface FormProblem {
  readonly field: 'address' | 'port' | 'uri'
  readonly message: string
}

/** What stands in the way of using the form, at the field it belongs to. */
export function validate(form: HostForm): FormProblem | undefined {
  if (form.kind === 'ssh') {
    if (form.address.trim() === '') return { field: 'address', message: 'Enter the host’s name or address' }
    const port = form.port.trim()
    if (port !== '' && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
      return { field: 'port', message: 'Use 1 to 65535' }
    }
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

/** Whether a private key could be of use: also for URIs the fields cannot express. */
export function usesSsh(form: HostForm): boolean {
  return form.kind === 'ssh' || /^[^:/]+\+(ssh|libssh2?):/i.test(form.uri.trim())
}
