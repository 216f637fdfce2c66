/** Certificates with which QEMU encrypts the data of moves (https://libvirt.org/migration.html, "Data encryption"). */
import { appendFile, copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Authority, issue, stateDirectory, type LabHost } from './lab'

const folder = '/etc/libvirt/pki-moves'

/** The host finds them from now on; its daemon is started anew. With `names` of another host nobody believes it. */
export async function encryptsMoves(host: LabHost, authority: Authority): Promise<void> {
  const settings = join(stateDirectory, host.name, 'etc/qemu.conf')
  await certifyMoves(host, authority, host.certificateNames)
  if ((await readFile(settings, 'utf8')).includes(folder)) return
  await appendFile(settings, `migrate_tls_x509_cert_dir = "${folder}"\n`)
  await host.killDaemon()
  await host.startDaemon()
}

/** Read by QEMU at each move, so that other ones count at once. */
export async function certifyMoves(
  host: LabHost,
  authority: Authority,
  names: readonly string[],
): Promise<void> {
  const directory = join(stateDirectory, host.name, 'etc/pki-moves')
  await mkdir(directory, { recursive: true, mode: 0o755 })
  await copyFile(authority.certificate, join(directory, 'ca-cert.pem'))
  for (const usage of ['server', 'client'] as const)
    await issue(
      authority,
      { name: `${host.name}-moves`, usage, names },
      {
        certificate: join(directory, `${usage}-cert.pem`),
        key: join(directory, `${usage}-key.pem`),
      },
    )
}
