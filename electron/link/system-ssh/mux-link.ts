import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { abortError, throwIfAborted } from '../abort'
import { connectSocket } from '../connect-socket'
import type { Link } from '../link'
import { textOf } from '../socket-errors'
import { SshLink } from '../ssh-link'
import { Answers } from './answers'
import { literal, sshArguments } from './arguments'
import { Askpass } from './askpass'
import { ReachDeadline } from './deadline'
import { sshEnvironment } from './environment'
import { cannotRunSsh, lostReason, sshFailure } from './failures'
import { failureContext, type LinkParts } from './link-parts'
import { MuxConnection } from './mux-connection'
import { SshOutput } from './output'
import { makePrivateFolder, removeFolder } from './private-folder'
import { keepalive, resolvedHost, undoing } from './settings'
import { signedIn } from './signed-in'
import { SshProcess } from './ssh-process'
import { joinUsersMaster } from './users-master'

const defaultReachTimeoutMs = 15_000
/** A security key waits for a touch about as long. */
const noticeMs = 60_000

/** One ssh as master (ControlMaster in ssh_config(5)) that holds the connection; its channels are opened by us. */
export async function openMuxLink(parts: LinkParts): Promise<Link> {
  const { options } = parts
  options.onStage('reaching')
  const shared = await joinUsersMaster(parts)
  if (shared) return shared
  options.log(`Connecting to ${parts.address} with ${parts.program}`)
  const folder = await makePrivateFolder()
  try {
    return await openOwnMaster(parts, folder)
  } catch (error) {
    await removeFolder(folder)
    throw error
  }
}

async function openOwnMaster(parts: LinkParts, folder: string): Promise<Link> {
  const { target, program, settings, address, options } = parts
  const { signal } = options
  const socketPath = join(folder, 'm')
  const failing = new AbortController()
  const fail = (error: unknown): void => failing.abort(error)
  const follow = (): void => fail(signal && abortError(signal))
  if (signal?.aborted) follow()
  signal?.addEventListener('abort', follow, { once: true })
  const reachMs = reachLimitMs(settings.get('connecttimeout'), options.reachTimeoutMs)
  const deadline = new ReachDeadline(reachMs, () =>
    fail(
      new AppError('timed-out', `${address} did not answer within ${Math.round(reachMs / 1000)} s`, {
        cure: 'Check the address, the firewall and that the host is switched on',
      }),
    ),
  )
  let output: SshOutput | undefined
  let ssh: SshProcess | undefined
  let askpass: Askpass | undefined
  const resolved = resolvedHost(settings)
  const answers = new Answers({
    target: { hosts: [target.host, resolved.host], user: resolved.user, address },
    said: () => output?.takeSaid() ?? '',
    keyTypeOf: (fingerprint) => output?.keyTypeOf(fingerprint),
    ask: options.ask,
  })
  const endAll = async (): Promise<void> => {
    await ssh?.stop()
    await askpass?.close()
    await removeFolder(folder)
  }
  try {
    throwIfAborted(failing.signal)
    askpass = await Askpass.open(folder, {
      answer: (question, asker) =>
        deadline.whileAsking(
          // what ssh wrote before it asked may still be on its way through the other pipe
          new Promise((resolve) => setImmediate(resolve)).then(() => answers.answer(question, asker)),
        ),
      tell: (text) => {
        // somebody has to find a security key and touch it
        deadline.allow(noticeMs)
        options.log(`ssh: ${text.trim().slice(0, 500)}`)
      },
      fail,
    })
    ssh = await SshProcess.start(
      program,
      sshArguments(target, [
        ...['-M', '-N', '-S', literal('control socket', socketPath)],
        // the process is ours: it stays in the foreground, and forwards nothing ssh_config asks for
        ...['-o', 'ControlPersist=no', '-o', 'ClearAllForwardings=yes'],
        // by this option, not by -v: that would be handed on to the ssh for a jump host
        ...['-o', 'LogLevel=DEBUG1'],
        ...keepalive(settings),
        ...undoing(settings),
      ]),
      { folder, env: sshEnvironment({ agent: options.agent, askpass: askpass.program }) },
    ).catch((error: unknown) => {
      throw cannotRunSsh(program, error)
    })
    const said = new SshOutput(ssh.stderr, {
      onServer: () => {
        deadline.stop()
        options.onStage('authenticating')
      },
      log: options.log,
    })
    output = said
    await signedIn(ssh, socketPath, failing.signal, () => {
      return sshFailure(said.words, failureContext(parts, said.offered))
    })
    const socket = await connectSocket({ path: socketPath }, failing.signal)
    const client = await MuxConnection.open(socket, async () => {
      // without its socket it is of no use to anybody
      await ssh?.stop()
      return lostReason(said.words)
    }).catch((error: unknown) => {
      throw new AppError('unsupported', 'The ssh program of this computer cannot share its connection', {
        cure: 'Install OpenSSH 7.4 or newer, or choose the built-in ssh for this host',
        detail: textOf(error),
      })
    })
    answers.forget()
    said.forget()
    return ownedLink(
      new SshLink({ client, address, netcat: options.netcat ?? 'nc', log: options.log }),
      endAll,
      options.log,
    )
  } catch (error) {
    await endAll()
    // the reason to give up shows as all kinds of errors further down
    if (failing.signal.aborted) throw abortError(failing.signal)
    throw error
  } finally {
    deadline.stop()
    signal?.removeEventListener('abort', follow)
  }
}

/** The user's own ConnectTimeout counts where it is longer. */
function reachLimitMs(configured: string | undefined, told = defaultReachTimeoutMs): number {
  const seconds = Number(configured)
  return Number.isFinite(seconds) ? Math.max(told, seconds * 1000) : told
}

/** When the link ends, by itself or by its owner, nothing of it stays: no process, no file. */
function ownedLink(link: SshLink, endAll: () => Promise<void>, log: (text: string) => void): Link {
  let ending: Promise<void> | undefined
  const end = (): Promise<void> => (ending ??= endAll())
  link.onClosed(() => {
    end().catch((error: unknown) => log(`Something of the ssh connection is left: ${textOf(error)}`))
  })
  return {
    isLocal: false,
    openUnix: (path, signal) => link.openUnix(path, signal),
    openTcp: (host, port, signal) => link.openTcp(host, port, signal),
    exec: (argv, options) => link.exec(argv, options),
    run: (argv, options) => link.run(argv, options),
    openShell: (size, shellSignal) => link.openShell(size, shellSignal),
    onClosed: (listener) => link.onClosed(listener),
    close: async () => {
      await link.close()
      await end()
    },
  }
}
