import ssh2, { type AuthHandlerMiddleware } from 'ssh2'
import { openPort } from './network'

export interface ShownServer {
  readonly hostKey: Buffer
  /** Ways of signing in the server names to an account that has shown nothing yet. */
  readonly methods: readonly string[]
  /** Why the list of methods is missing. */
  readonly methodsError?: string
}

interface Wanted {
  readonly address: string
  readonly port: number
  readonly user: string
  readonly signal: AbortSignal
  readonly limitMs: number
  /** Key types on record, to be shown the key that can be compared. */
  readonly preferKeyTypes: readonly string[]
}

/**
 * Greets the ssh server, notes its key and asks with the "none" method which others it takes (RFC 4252 section 5.2).
 * Nothing secret is sent, so the key need not be trusted for it.
 */
export async function greetSshServer(wanted: Wanted): Promise<ShownServer> {
  const { address, port, user, signal, limitMs } = wanted
  const sock = await openPort(address, port, signal, limitMs)
  const client = new ssh2.Client()
  let hostKey: Buffer | undefined
  const stop = (): void => void sock.destroy()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<ShownServer>((resolve, reject) => {
      const finish = (methods: readonly string[], methodsError?: string): void => {
        if (hostKey) resolve({ hostKey, methods, ...(methodsError === undefined ? {} : { methodsError }) })
        else reject(new Error(methodsError ?? 'The host closed the connection'))
      }
      const authHandler: AuthHandlerMiddleware = (left, _partial, next) => {
        if (left === null) {
          next({ type: 'none', username: user })
          return
        }
        finish(left)
        client.end()
      }
      client.on('ready', () => finish(['none']))
      client.on('error', (error: Error) => finish([], error.message))
      client.on('close', () => finish([], 'The host closed the connection'))
      client.connect({
        sock,
        username: user,
        readyTimeout: limitMs,
        ...(wanted.preferKeyTypes.length === 0 ? {} : { algorithms: preferring(wanted.preferKeyTypes) }),
        hostVerifier: (key: Buffer) => {
          hostKey = Buffer.from(key)
          return true
        },
        authHandler,
      })
    })
  } finally {
    signal.removeEventListener('abort', stop)
    client.on('error', () => undefined)
    client.destroy()
    sock.destroy()
  }
}

/** By expressions: ssh2 throws on names this runtime lacks. */
function preferring(types: readonly string[]): object {
  const wanted = types.map((type) =>
    type === 'ssh-rsa' ? /^(rsa-sha2-512|rsa-sha2-256|ssh-rsa)$/ : new RegExp(`^${type}$`),
  )
  return { serverHostKey: { remove: wanted, prepend: wanted } }
}
