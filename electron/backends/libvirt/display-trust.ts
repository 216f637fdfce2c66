import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseHostUri, uriParam, type HostUri } from '../../../shared/model/host-uri'
import type { Link } from '../../link/link'
import type { TlsPaths } from '../../link/tls-files'
import type { DisplayTrust } from '../display-trust'
import { certificatePaths, type ClientComputer } from './certificate-paths'
import { connectionFacts } from './host-details'
import { flag } from './routes-direct'

/** `hostname` is the host's own word for itself, which counts when it came over a connection nobody could change. */
export async function displayTrust(uriText: string, link: Link, hostname: string): Promise<DisplayTrust> {
  const uri = parseHostUri(uriText)
  const { reach } = connectionFacts(uriText, link.isLocal, true)
  const isAuthentic = uri.transport !== 'tcp' && !flag(uri, 'no_verify')
  const given = uri.host ?? 'localhost'
  return {
    reach,
    names: [...new Set([given, ...(isAuthentic ? [hostname] : [])])],
    places: await places(uri, {
      platform: process.platform,
      home: homedir(),
      isRoot: process.getuid?.() === 0,
      appData: process.env['APPDATA'],
    }),
  }
}

/** Exported for tests. The folder the URI names is this host's; then gtk-vnc's (vnc_connection_set_credential_x509). */
export async function places(uri: HostUri, computer: ClientComputer): Promise<TlsPaths[]> {
  const libvirts = await certificatePaths(uri, computer)
  const viewers = [join(computer.home, '.pki'), '/etc/pki'].map(inPki)
  return uriParam(uri, 'pkipath') === undefined ? [...viewers, libvirts] : [libvirts, ...viewers]
}

function inPki(root: string): TlsPaths {
  return {
    ca: join(root, 'CA', 'cacert.pem'),
    crl: join(root, 'CA', 'cacrl.pem'),
    certificate: join(root, 'libvirt-vnc', 'clientcert.pem'),
    key: join(root, 'libvirt-vnc', 'private', 'clientkey.pem'),
  }
}
