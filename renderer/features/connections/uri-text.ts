import type { HostUri } from '../../../shared/model/host-uri'

/** A URI as libvirt reads it. The port is text: what is being typed is shown even while it is no number. */
export function uriText(uri: Omit<HostUri, 'port'> & { readonly portText?: string }): string {
  const { driver, transport, user, host, portText, path, params } = uri
  const scheme = transport === 'unix' ? driver : `${driver}+${transport}`
  const name = host === undefined ? '' : host.includes(':') ? `[${host}]` : encodeURIComponent(host)
  const authority = `${user === undefined ? '' : `${encodeURIComponent(user)}@`}${name}${
    portText === undefined ? '' : `:${portText}`
  }`
  const query = params.map(
    ({ name: key, value }) =>
      `${encodeURIComponent(key)}=${encodeURIComponent(value).replaceAll('%2F', '/')}`,
  )
  return `${scheme}://${authority}${path.split('/').map(encodeURIComponent).join('/')}${
    query.length === 0 ? '' : `?${query.join('&')}`
  }`
}
