import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type AuthContext, type Connection } from 'ssh2'

export interface TestSshServer {
  readonly port: number
  readonly publicKey: Buffer
  /** Cuts all open connections without a farewell. */
  cut(): void
  /** From now on nothing that arrives is read. */
  freeze(): void
  close(): Promise<void>
}

/** Makes a private key as text. By ssh-keygen: ssh2's own generator drops leading zeros of ed25519 keys. */
export function makeKey(type: 'ed25519' | 'ecdsa' = 'ed25519', passphrase = ''): string {
  const directory = mkdtempSync(join(tmpdir(), 'key-'))
  try {
    const file = join(directory, 'key')
    // few rounds: how long a passphrase takes to check is not what is tested
    execFileSync('ssh-keygen', ['-q', '-t', type, '-a', '4', '-N', passphrase, '-f', file])
    return readFileSync(file, 'utf8')
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** An ssh server in this process that signs in as the test decides; for what a real sshd cannot do without PAM. */
export async function startSshServer(options: {
  hostKeys: string[]
  authenticate(context: AuthContext): void
  onReady?(connection: Connection): void
}): Promise<TestSshServer> {
  const connections = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: options.hostKeys }, (connection) => {
    connections.add(connection)
    connection.on('authentication', (context) => options.authenticate(context))
    connection.on('ready', () => options.onReady?.(connection))
    connection.on('close', () => connections.delete(connection))
    connection.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  const key = ssh2.utils.parseKey(options.hostKeys[0] ?? '')
  if (key instanceof Error) throw key
  const each = (act: (socket: Socket) => void): void => {
    for (const connection of connections) act((connection as unknown as { _sock: Socket })._sock)
  }
  const cut = (): void => each((socket) => socket.destroy())
  return {
    port: address.port,
    publicKey: key.getPublicSSH(),
    cut,
    freeze: () => each((socket) => socket.pause()),
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
