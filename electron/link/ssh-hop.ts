import type { Duplex } from 'node:stream'
import ssh2, { type Algorithms, type Client } from 'ssh2'
import { AppError } from '../../shared/errors'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import { abortError } from './abort'
import { checkHostKey, type HostKeyPolicy } from './host-key'
import type { KnownHosts } from './known-hosts'
import { withEngineCure } from './ssh-config/limits'
import { SshAuth, type SignInWay } from './ssh-auth'
import { sshConnectError } from './ssh-errors'
import type { KeySources } from './ssh-keys'
import type { Hop } from './ssh-route'

export interface HopParts {
  readonly hop: Hop
  readonly knownHosts: KnownHosts
  readonly hostKeyPolicy: HostKeyPolicy
  readonly ways: readonly SignInWay[]
  readonly isQuiet: boolean
  readonly keys: KeySources
  readonly signal?: AbortSignal | undefined
  readonly reachTimeoutMs: number
  readonly keepaliveIntervalMs: number
  readonly keepaliveTries: number
  /** The connection to the host's ssh server, direct or through the hop before. */
  dial(signal: AbortSignal): Promise<Duplex>
  ask(prompt: Prompt): Promise<PromptAnswer>
  onStage(stage: 'reaching' | 'authenticating'): void
  log(text: string): void
}

/** Reaches one host, checks its key and signs in. Whatever ends it early leaves nothing open. */
export async function openHop(parts: HopParts): Promise<Client> {
  const { hop, signal, reachTimeoutMs } = parts
  const { settings, place } = hop
  parts.onStage('reaching')
  parts.log(`Connecting to ${place} as ${settings.user}`)
  const abort = new AbortController()
  const fail = (error: AppError): void => abort.abort(error)
  const follow = (): void => abort.abort(signal && abortError(signal))
  signal?.addEventListener('abort', follow, { once: true })
  if (signal?.aborted) follow()
  const timer = setTimeout(() => {
    fail(
      new AppError('timed-out', `${place} did not answer within ${Math.round(reachTimeoutMs / 1000)} s`, {
        cure: 'Check the address, the firewall and that the host is switched on',
      }),
    )
  }, reachTimeoutMs)
  const client = new ssh2.Client()
  try {
    const sock = await parts.dial(abort.signal)
    const auth = new SshAuth({
      user: settings.user,
      address: hop.address,
      place,
      ways: parts.ways,
      isQuiet: parts.isQuiet,
      keys: parts.keys,
      limits: settings.limits,
      ask: parts.ask,
      log: parts.log,
      fail,
    })
    await ready(client, abort.signal, {
      translate: (error) => sshConnectError(error, place, auth),
      start: () => {
        client.connect({
          sock,
          username: settings.user,
          // ours stands still while the user is asked; ssh2's would not
          readyTimeout: 0,
          keepaliveInterval: parts.keepaliveIntervalMs,
          keepaliveCountMax: parts.keepaliveTries,
          algorithms: preferKnownTypes(
            parts.knownHosts.typesFor(settings.hostName, settings.port, settings.hostKeyAlias),
          ),
          hostVerifier: hostVerifier({
            check: (key) => checkKey(parts, key),
            onFirstKey: () => {
              clearTimeout(timer)
              parts.onStage('authenticating')
            },
            fail,
          }),
          authHandler: auth.handler,
        })
      },
    })
    auth.forget()
    parts.log('Signed in')
    return client
  } catch (error) {
    client.on('error', () => undefined)
    client.destroy()
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', follow)
  }
}

async function checkKey(parts: HopParts, key: Buffer): Promise<void> {
  const { settings, place } = parts.hop
  try {
    await checkHostKey(key, {
      host: settings.hostName,
      port: settings.port,
      alias: settings.hostKeyAlias,
      place,
      policy: parts.hostKeyPolicy,
      isQuiet: parts.isQuiet,
      knownHosts: parts.knownHosts,
      ask: parts.ask,
      log: parts.log,
    })
  } catch (error) {
    throw error instanceof AppError ? withEngineCure(error, settings.limits, 'host-key') : error
  }
}

/** Ends when signed in, or with the first of: our own reason to give up, ssh2's error, the connection's end. */
function ready(
  client: Client,
  signal: AbortSignal,
  parts: { translate(error: Error): AppError; start(): void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(abortError(signal))
      client.destroy()
    }
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    client.once('ready', () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    client.on('error', (error: Error & { level?: string }) => {
      // our own refusal ends the connection too; its reason tells more
      if (signal.aborted) reject(abortError(signal))
      // the user closed the question for a passphrase
      else if (error instanceof AppError) {
        reject(error)
        client.destroy()
      }
      // an agent that is gone, or a key that cannot sign: ssh2 goes on with the next way
      else if (error.level !== 'agent') reject(parts.translate(error))
    })
    client.once('close', () => reject(parts.translate(new Error('The host closed the connection'))))
    parts.start()
  })
}

/**
 * ssh2 asks on every key exchange, also hours later. The key accepted at first is the only one good for the rest of
 * the connection, without asking again. Must return undefined: ssh2 takes any other value, a promise too, for consent.
 */
function hostVerifier(parts: {
  check(key: Buffer): Promise<void>
  onFirstKey(): void
  fail(error: AppError): void
}): (key: Buffer, verify: (isGood: boolean) => void) => void {
  let accepted: Buffer | undefined
  return (key, verify) => {
    if (accepted) {
      verify(key.equals(accepted))
      return
    }
    parts.onFirstKey()
    parts.check(key).then(
      () => {
        accepted = Buffer.from(key)
        verify(true)
      },
      (error: unknown) => {
        parts.fail(
          error instanceof AppError ? error : new AppError('internal', 'The host key could not be checked'),
        )
        verify(false)
      },
    )
  }
}

/**
 * A server has several keys and shows the one the client likes best. Asking for the type on record avoids calling a
 * host unknown or changed only because it showed another of its keys. By expressions, since ssh2 throws on names
 * this runtime lacks.
 */
function preferKnownTypes(types: readonly string[]): Algorithms {
  if (types.length === 0) return {}
  const wanted = types.map((type) =>
    type === 'ssh-rsa' ? /^(rsa-sha2-512|rsa-sha2-256|ssh-rsa)$/ : new RegExp(`^${type}$`),
  )
  // in this order: what is in the list already would not be moved
  const change: unknown = { remove: wanted, prepend: wanted }
  return { serverHostKey: change as NonNullable<Algorithms['serverHostKey']> }
}
