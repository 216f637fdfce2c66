/** Hosts whose screens ask who looks: what qemu.conf says counts for VMs that are started after it was said. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stateDirectory, type LabHost } from './lab'
import { type Authority, issue } from './pki'

export interface ScreenSecurity {
  /** With certificates of this authority; `asks`: viewers have to show one too. */
  readonly tls?: { readonly authority: Authority; readonly asks?: boolean }
  /** Names and passwords. */
  readonly accounts?: Readonly<Record<string, string>>
  /** One for all VMs that have none of their own. */
  readonly password?: string
}

const file = '/etc/libvirt/qemu.conf'
const marker = '# screens'
let folders = 0

/** Counts for VMs started from now on, in place of what was said before. Guests go on. */
export async function secureScreens(host: LabHost, security: ScreenSecurity): Promise<void> {
  folders += 1
  const name = `screens-${folders}`
  const outside = join(stateDirectory, host.name, 'etc', name)
  const inside = `/etc/libvirt/${name}`
  await mkdir(outside, { recursive: true })
  const lines = [marker]
  if (security.password !== undefined) lines.push(`vnc_password = "${security.password}"`)
  if (security.tls) {
    await certify(host, security.tls.authority, outside)
    const asks = security.tls.asks ? 1 : 0
    lines.push('vnc_tls = 1', `vnc_tls_x509_cert_dir = "${inside}"`, `vnc_tls_x509_verify = ${asks}`)
  }
  if (security.accounts) {
    await makeAccounts(host, security.accounts, outside)
    lines.push('vnc_sasl = 1', `vnc_sasl_dir = "${inside}"`)
  }
  const before = await host.exec(['cat', file])
  const [others = ''] = before.split(marker)
  await host.exec(['sh', '-c', 'cat >"$1"', '-', file], { input: `${others}${lines.join('\n')}\n` })
  // it is read when the daemon starts
  await host.killDaemon()
  await host.startDaemon()
}

async function certify(host: LabHost, authority: Authority, folder: string): Promise<void> {
  await copyFile(authority.certificate, join(folder, 'ca-cert.pem'))
  await issue(
    authority,
    { name: `${host.name}-screens`, usage: 'server', names: host.certificateNames },
    { certificate: join(folder, 'server-cert.pem'), key: join(folder, 'server-key.pem') },
  )
}

async function makeAccounts(
  host: LabHost,
  accounts: Readonly<Record<string, string>>,
  folder: string,
): Promise<void> {
  const database = join(folder, 'users.db')
  await writeFile(
    join(folder, 'qemu.conf'),
    `mech_list: scram-sha-256\npwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: ${database}\n`,
  )
  for (const [user, password] of Object.entries(accounts)) {
    // the realm is the host's name, which libsasl writes in lower case
    const words = [
      'saslpasswd2',
      '-p',
      '-c',
      '-a',
      'qemu',
      '-f',
      database,
      '-u',
      host.name.toLowerCase(),
      user,
    ]
    await host.exec(words, { input: password })
  }
}
