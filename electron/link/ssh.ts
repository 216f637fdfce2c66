import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import ssh2, { type Algorithms, type Client } from 'ssh2'
import { AppError } from '../../shared/errors'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import { abortError, throwIfAborted } from './abort'
import { connectSocket } from './connect-socket'
import { checkHostKey } from './host-key'
import { readChosenKeyFile, readUsualKeyFile, usualKeyFiles, type KeyFile } from './key-files'
import { KnownHosts, knownHostsName } from './known-hosts'
import type { Link } from './link'
import { tcpError } from './socket-errors'
import { SshAuth } from './ssh-auth'
import { sshConnectError } from './ssh-errors'
import { SshLink } from './ssh-link'

export interface SshLinkOptions {
  readonly host: string
  /** 22 unless told. */
  readonly port?: number | undefined
  /** The name on this computer unless told, as with ssh. */
  readonly user?: string | undefined
  readonly keyFile?: string | undefined
  /** ~/.ssh/known_hosts unless told. */
  readonly knownHostsFile?: string | undefined
  /** Where .ssh is; the user's home unless told. */
  readonly home?: string
  /** SSH_AUTH_SOCK unless told; an empty text means no agent. */
  readonly agent?: string
  /** Name or path of netcat on the host; nc unless told. */
  readonly netcat?: string | undefined
  readonly signal?: AbortSignal
  ask(prompt: Prompt): Promise<PromptAnswer>
  onStage(stage: 'reaching' | 'authenticating'): void
  /** For the host's log; never gets secrets. */
  log(text: string): void
  /** How long the network and the server may take; not counted while the user is asked. */
  readonly reachTimeoutMs?: number
  readonly keepaliveIntervalMs?: number
}

const keepaliveTries = 3

/** Reaches the host, checks its key and signs in: the one ssh connection that everything to this host then uses. */
export async function openSshLink(options: SshLinkOptions): Promise<Link> {
  const { host, port = 22, signal, home = homedir(), reachTimeoutMs = 15_000 } = options
  const address = knownHostsName(host, port)
  throwIfAborted(signal)
  // before anything is sent: a key file that cannot be used is the user's to mend
  const chosenKey = options.keyFile === undefined ? undefined : await readChosenKeyFile(options.keyFile, home)
  const usualKeys = chosenKey ? [] : await readUsualKeys(home)
  const knownHosts = await KnownHosts.load({
    user: options.knownHostsFile ?? join(home, '.ssh', 'known_hosts'),
    system: ['/etc/ssh/ssh_known_hosts'],
  })
  const user = options.user ?? userInfo().username

  options.onStage('reaching')
  options.log(`Connecting to ${address} as ${user}`)
  const abort = new AbortController()
  const follow = (): void => abort.abort(signal && abortError(signal))
  signal?.addEventListener('abort', follow, { once: true })
  if (signal?.aborted) follow()
  const tooSlow = (): void =>
    abort.abort(
      new AppError('timed-out', `${address} did not answer within ${Math.round(reachTimeoutMs / 1000)} s`, {
        cure: 'Check the address, the firewall and that the host is switched on',
      }),
    )
  const timer = setTimeout(tooSlow, reachTimeoutMs)
  const client = new ssh2.Client()
  try {
    const sock = await connectSocket(
      { host, port, autoSelectFamily: true, noDelay: true },
      abort.signal,
    ).catch((error: unknown) => {
      throw error instanceof AppError ? error : tcpError(error, address)
    })
    const fail = (error: AppError): void => abort.abort(error)
    const auth = new SshAuth({
      user,
      address,
      chosenKey,
      usualKeys,
      agent: (options.agent ?? usualAgent()) || undefined,
      ask: options.ask,
      log: options.log,
      fail,
    })
    await ready(
      client,
      abort.signal,
      (error) => sshConnectError(error, address, auth),
      () => {
        client.connect({
          sock,
          username: user,
          // ours stands still while the user is asked; ssh2's would not
          readyTimeout: 0,
          keepaliveInterval: options.keepaliveIntervalMs ?? 5_000,
          keepaliveCountMax: keepaliveTries,
          algorithms: preferKnownTypes(knownHosts.typesFor(host, port)),
          hostVerifier: hostVerifier({
            check: (key) => checkHostKey(key, { host, port, knownHosts, ask: options.ask, log: options.log }),
            onFirstKey: () => {
              clearTimeout(timer)
              options.onStage('authenticating')
            },
            fail,
          }),
          authHandler: auth.handler,
        })
      },
    )
    options.log('Signed in')
    return new SshLink({ client, address, netcat: options.netcat ?? 'nc', log: options.log })
  } catch (error) {
    client.on('error', () => undefined)
    client.destroy()
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', follow)
  }
}

/** The pipe is where Windows' own agent listens. */
function usualAgent(): string | undefined {
  const windowsPipe = process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined
  return process.env['SSH_AUTH_SOCK'] ?? windowsPipe
}

async function readUsualKeys(home: string): Promise<KeyFile[]> {
  const keys = await Promise.all(usualKeyFiles.map((name) => readUsualKeyFile(join(home, '.ssh', name))))
  return keys.filter((key) => key !== undefined)
}

/** Ends when signed in, or with the first of: our own reason to give up, ssh2's error, the connection's end. */
function ready(
  client: Client,
  signal: AbortSignal,
  translate: (error: Error) => AppError,
  start: () => void,
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
      // an agent that is gone, or a key that cannot sign: ssh2 goes on with the next way
      if (error.level === 'agent') return
      // our own refusal ends the connection too; its reason tells more
      reject(signal.aborted ? abortError(signal) : translate(error))
    })
    client.once('close', () => reject(translate(new Error('The host closed the connection'))))
    start()
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
