import { hostUriLabel, parseHostUri } from '../../shared/model/host-uri'

/** Two spellings of one connection compare equal. Throws `invalid` for what is no URI. */
export function hostIdentity(uri: string): string {
  const { driver, transport, user, host, port, path, params } = parseHostUri(uri)
  return JSON.stringify([driver, transport, user, host?.toLowerCase(), port, path, params])
}

/** The hypervisor a URI names; undefined for what is no URI. */
export function driverOf(uri: string): string | undefined {
  try {
    return parseHostUri(uri).driver
  } catch {
    return undefined
  }
}

/** What a host is called until the user calls it something else. */
export function labelOf(uri: string): string {
  try {
    return hostUriLabel(parseHostUri(uri))
  } catch {
    return uri
  }
}
