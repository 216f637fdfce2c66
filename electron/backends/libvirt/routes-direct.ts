/** Ways to a daemon that listens on the network itself: TLS and plain TCP (https://libvirt.org/remote.html). */
import { homedir } from 'node:os'
import { AppError } from '../../../shared/errors'
import { uriParam, type HostUri } from '../../../shared/model/host-uri'
import type { DirectLink } from '../../link/direct'
import type { Link } from '../../link/link'
import { codeOf } from '../../link/socket-errors'
import { awaitAcceptance, oneRecordPerWrite, openTls } from '../../link/tls'
import { readTlsFiles, type TlsFiles } from '../../link/tls-files'
import { certificatePaths } from './certificate-paths'
import type { Route } from './routes'

const tlsPort = 16_514
const tcpPort = 16_509

/** libvirt takes a missing host for this computer. */
export function directHost(uri: HostUri): string {
  return uri.host ?? 'localhost'
}

export function isDirect(link: Link): link is DirectLink {
  return link.entersHost === false && 'openPort' in link
}

export function directRoute(link: DirectLink, uri: HostUri, log: (text: string) => void): Route {
  return uri.transport === 'tls' ? tlsRoute(link, uri, log) : tcpRoute(link, uri, log)
}

function tcpRoute(link: DirectLink, uri: HostUri, log: (text: string) => void): Route {
  const port = uri.port ?? tcpPort
  log('Warning: plain TCP is not encrypted; everybody on the way can read and change what is sent')
  return {
    text: `TCP port ${port}`,
    open: (signal) => link.openPort(port, signal).catch(refusedPort('tcp', port)),
  }
}

function tlsRoute(link: DirectLink, uri: HostUri, log: (text: string) => void): Route {
  const host = directHost(uri)
  const port = uri.port ?? tlsPort
  const isVerified = !flag(uri, 'no_verify')
  const isSane = !flag(uri, 'no_sanity')
  let files: Promise<TlsFiles> | undefined
  const load = async (): Promise<TlsFiles> => {
    if (!isVerified) log(`Warning: no_verify is set, so whoever answers at ${host} is taken for it`)
    if (uriParam(uri, 'tls_priority') !== undefined) {
      log('Warning: tls_priority is GnuTLS’s and not used here; TLS 1.2 and 1.3 with their usual ciphers are')
    }
    const paths = await certificatePaths(uri, {
      platform: process.platform,
      home: homedir(),
      isRoot: process.getuid?.() === 0,
      appData: process.env['APPDATA'],
    })
    log(`Certificates: ${paths.ca}, ${paths.certificate}`)
    const read = await readTlsFiles(paths, { isSane, nowMs: Date.now() })
    for (const warning of read.warnings) log(`Warning: ${warning}`)
    return read
  }
  let isFirst = true
  return {
    text: `TLS port ${port}`,
    async open(signal) {
      // further streams show what the first one showed
      files ??= load()
      const options = { host, port, files: await files, isVerified, signal }
      const socket = await link.openPort(port, signal).catch(refusedPort('tls', port))
      const stream = await openTls(socket, options)
      await awaitAcceptance(stream, options)
      if (isFirst) log(`Encrypted by ${stream.getProtocol() ?? 'TLS'}, ${stream.getCipher().standardName}`)
      isFirst = false
      return oneRecordPerWrite(stream)
    },
  }
}

/** Nobody listens there: the first thing a guide to libvirt's TLS checks. */
function refusedPort(transport: 'tls' | 'tcp', port: number): (error: unknown) => never {
  return (error) => {
    const isRefused = error instanceof AppError && codeOf(error.cause) === 'ECONNREFUSED'
    if (!isRefused) throw error
    throw new AppError('unreachable', error.message, {
      cure:
        `On the host, turn the port on: systemctl enable --now libvirtd-${transport}.socket (virtproxyd-${transport}.socket ` +
        `with modular daemons), or listen_${transport} = 1 in libvirtd.conf and libvirtd --listen. Then open port ${port} in its firewall.`,
      detail: error.detail,
      cause: error,
    })
  }
}

/** Numbers are how libvirt writes yes and no (virURIParse users): anything else is a mistake. */
export function flag(uri: HostUri, name: string): boolean {
  const value = uriParam(uri, name)
  if (value === undefined) return false
  if (/^[+-]?\d+$/.test(value)) return Number(value) !== 0
  throw new AppError('invalid', `"${value}" is not a value for ${name}`, {
    field: 'uri',
    cure: `Write ${name}=1 or leave it out.`,
  })
}
