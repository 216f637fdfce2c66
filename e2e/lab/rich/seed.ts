// What is different in each lab and so cannot be in the rich host's disk: its keys, names and passwords, and the time.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type Authority, issue } from '../pki'
import { run } from '../run'

export type SeedFor = {
  readonly address: string
  readonly uuid: string
  readonly authority: Authority
  readonly certificateNames: readonly string[]
  /** Root's, as crypt(3) makes it. */
  readonly passwordHash: string
  /** A public key that may log in as root. */
  readonly clientKeyFile: string
}

/** Makes the files in a folder, to be sent with `sendSeed`. The host's public key is in etc/ssh/ssh_host_ed25519_key.pub. */
export async function makeSeed(folder: string, wanted: SeedFor): Promise<void> {
  const at = (name: string) => join(folder, name)
  for (const name of ['etc/lab', 'etc/ssh', 'etc/libvirt/pki', 'root/.ssh'])
    await mkdir(at(name), { recursive: true, mode: 0o755 })
  const { authority } = wanted
  await Promise.all([
    run([
      'ssh-keygen',
      '-q',
      '-t',
      'ed25519',
      '-N',
      '',
      '-C',
      'labR',
      '-f',
      at('etc/ssh/ssh_host_ed25519_key'),
    ]),
    issue(
      authority,
      { name: 'labR', usage: 'server', names: wanted.certificateNames },
      { certificate: at('etc/libvirt/pki/servercert.pem'), key: at('etc/libvirt/pki/serverkey.pem') },
    ),
    readFile(authority.certificate).then((text) => writeFile(at('etc/libvirt/pki/cacert.pem'), text)),
    readFile(wanted.clientKeyFile).then((text) =>
      writeFile(at('root/.ssh/authorized_keys'), text, { mode: 0o600 }),
    ),
    writeFile(at('etc/lab/address'), wanted.address),
    writeFile(at('etc/lab/uuid'), wanted.uuid),
    writeFile(at('etc/lab/password'), wanted.passwordHash.trim(), { mode: 0o600 }),
  ])
}

/** Sends the files into the machine as one line. Resolves when the machine has closed its end or `until` has. */
export async function sendSeed(folder: string, socketPath: string, until: Promise<unknown>): Promise<void> {
  await writeFile(join(folder, 'etc/lab/time'), String(Math.floor(Date.now() / 1000)))
  const archive = await run(
    ['bash', '-c', 'tar cz --owner=0 --group=0 -C "$1" . | base64 -w 0', '-', folder],
    {
      timeoutMs: 180_000,
    },
  )
  const socket = connect(socketPath)
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject).on('connect', () => {
        socket.write(`${archive}\n`)
        resolve()
      })
    })
    // QEMU drops what the machine has not taken yet when this end is closed.
    await until
  } finally {
    socket.destroy()
  }
}
