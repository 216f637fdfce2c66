// A libvirtd beside a host's own, with other certificates, ways of signing in or sockets. It serves the test driver.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LabHost } from './lab-host'
import { type Authority, issue } from './pki'
import { run } from './run'

export type ExtraDaemonOptions = {
  readonly tls?: {
    readonly authority: Authority
    /** In the server's certificate; the host's own when absent. */
    readonly names?: readonly string[]
    readonly from?: string
    readonly until?: string
    /** False: clients need no certificate. */
    readonly wantsClientCertificate?: boolean
    /** Only clients with one of these names; patterns are allowed. */
    readonly allowedNames?: readonly string[]
    readonly auth?: 'none' | 'sasl'
  }
  readonly tcp?: { readonly auth: 'none' | 'sasl' }
  readonly sasl?: { readonly mechanisms: string; readonly users: Readonly<Record<string, string>> }
  /** Octal; 0777 unless told. */
  readonly socketMode?: string
  /** Further lines of libvirtd.conf. */
  readonly settings?: string
}

export type ExtraDaemon = {
  readonly tlsPort: number
  readonly tcpPort: number
  /** As paths outside the host. */
  readonly socketPath: string
  readonly readOnlySocketPath: string
  /** Frozen: connections are taken by the kernel, and nothing answers. */
  freeze(): Promise<void>
  thaw(): Promise<void>
  stop(): Promise<void>
}

const script = fileURLToPath(new URL('./host/extra.sh', import.meta.url))
const firstPort = 17_000

/** Ends when the lab goes down, if not before. */
export async function startExtraDaemon(
  host: LabHost,
  hostDirectory: string,
  options: ExtraDaemonOptions,
): Promise<ExtraDaemon> {
  const { directory, number } = await ownFolder(hostDirectory)
  const tlsPort = firstPort + 2 * number
  const tcpPort = tlsPort + 1
  await Promise.all(
    ['etc/pki', 'lib/qemu', 'cache', 'run', 'sasl'].map((name) =>
      mkdir(join(directory, name), { recursive: true }),
    ),
  )
  if (options.tls) await writeCertificates(host, join(directory, 'etc/pki'), options.tls)
  if (options.sasl) await writeUsers(host, join(directory, 'sasl'), options.sasl)
  await writeFile(
    join(directory, 'etc/libvirtd.conf'),
    settings(host, options, { directory, tlsPort, tcpPort }),
  )
  await host
    .exec(['unshare', '--mount', '--propagation', 'private', script, directory])
    .catch(async (error) => {
      const words = await readFile(join(directory, 'out.log'), 'utf8').catch(() => '')
      throw new Error(`${host.name}: no further libvirtd: ${words}`, { cause: error })
    })
  const signal = async (name: string): Promise<void> => {
    const pid = (await readFile(join(directory, 'libvirtd.pid'), 'utf8')).trim()
    await host.exec(['kill', `-${name}`, pid])
  }
  return {
    tlsPort,
    tcpPort,
    socketPath: join(directory, 'run/libvirt-sock'),
    readOnlySocketPath: join(directory, 'run/libvirt-sock-ro'),
    freeze: () => signal('STOP'),
    thaw: () => signal('CONT'),
    stop: () => signal('KILL'),
  }
}

/** The folder's number is the daemon's: making it is what takes the number. */
async function ownFolder(hostDirectory: string): Promise<{ directory: string; number: number }> {
  await mkdir(join(hostDirectory, 'x'), { recursive: true })
  for (let number = 1; ; number += 1) {
    const directory = join(hostDirectory, 'x', String(number))
    try {
      await mkdir(directory)
      return { directory, number }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

async function writeCertificates(
  host: LabHost,
  directory: string,
  tls: NonNullable<ExtraDaemonOptions['tls']>,
): Promise<void> {
  await run(['cp', tls.authority.certificate, join(directory, 'cacert.pem')])
  await issue(
    tls.authority,
    {
      name: `${host.name}-${Math.random().toString(36).slice(2, 10)}`,
      usage: 'server',
      names: tls.names ?? host.certificateNames,
      ...(tls.from === undefined ? {} : { from: tls.from }),
      ...(tls.until === undefined ? {} : { until: tls.until }),
    },
    { certificate: join(directory, 'servercert.pem'), key: join(directory, 'serverkey.pem') },
  )
}

async function writeUsers(
  host: LabHost,
  directory: string,
  sasl: NonNullable<ExtraDaemonOptions['sasl']>,
): Promise<void> {
  const database = join(directory, 'users.db')
  await writeFile(
    join(directory, 'libvirt.conf'),
    `mech_list: ${sasl.mechanisms}\npwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: ${database}\n`,
  )
  for (const [user, password] of Object.entries(sasl.users)) {
    // the realm is the host's name, which libsasl writes in lower case (get_fqhostname)
    const realm = host.name.toLowerCase()
    const words = ['saslpasswd2', '-p', '-c', '-a', 'libvirt', '-f', database, '-u', realm, user]
    await host.exec(words, { input: password })
  }
}

function settings(
  host: LabHost,
  options: ExtraDaemonOptions,
  own: { directory: string; tlsPort: number; tcpPort: number },
): string {
  const { tls, tcp } = options
  const names = tls?.allowedNames
  return `host_uuid = "${host.uuid}"
listen_addr = "${host.address}"
listen_tls = ${tls ? 1 : 0}
listen_tcp = ${tcp ? 1 : 0}
tls_port = "${own.tlsPort}"
tcp_port = "${own.tcpPort}"
auth_tls = "${tls?.auth ?? 'none'}"
auth_tcp = "${tcp?.auth ?? 'none'}"
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_group = "root"
unix_sock_rw_perms = "${options.socketMode ?? '0777'}"
ca_file = "/etc/libvirt/pki/cacert.pem"
cert_file = "/etc/libvirt/pki/servercert.pem"
key_file = "/etc/libvirt/pki/serverkey.pem"
tls_no_sanity_certificate = 1
tls_no_verify_certificate = ${tls?.wantsClientCertificate === false ? 1 : 0}
${names === undefined ? '' : `tls_allowed_dn_list = [${names.map((name) => `"${name}"`).join(', ')}]`}
log_outputs = "3:file:${own.directory}/libvirtd.log"
${options.settings ?? ''}
`
}
