import { AppError, errorData } from '../../../../shared/errors'
import type { HostFeatures } from '../../../../shared/model/host'
import type { HostShell, ShellSession, ShellSize } from '../../shell-session'
import { cancelled } from '../clock'
import type { FakeHost } from '../fake-host'
import { duplexPair } from '../rfb/memory-duplex'
import type { Duplex } from 'node:stream'

/** A toy shell of the demo host: it knows its VMs and the size of its terminal. */
export function fakeShell(
  host: FakeHost,
  features: HostFeatures,
  answerTime: () => Promise<void>,
  /** Ends the stream with its session. */
  keep: (stream: Duplex) => void,
): ShellSession {
  const refusal = features.canReset
    ? undefined
    : new AppError('unsupported', 'This host has no shell', { cure: 'Use another one.' })
  return {
    async shellOffer() {
      await answerTime()
      return refusal
        ? { kind: 'none', error: errorData(refusal) }
        : { kind: 'available', where: 'host', virshUri: 'demo:///system' }
    },
    async openShell(size, signal) {
      await answerTime()
      if (refusal) throw refusal
      if (signal.aborted) throw cancelled()
      const shell = startShell(host, size)
      keep(shell.stream)
      return shell
    },
  }
}

function startShell(host: FakeHost, firstSize: ShellSize): HostShell {
  const [stream, end] = duplexPair()
  const decoder = new TextDecoder()
  let size = firstSize
  let line = ''
  const write = (text: string): void => void end.write(text.replaceAll('\n', '\r\n'))
  const prompt = (): void => write(`\x1b[32mroot@${host.name}\x1b[0m:~# `)
  const commands: Record<string, () => string> = {
    help: () => `Commands: ${Object.keys(commands).sort().join(', ')}, echo, exit\n`,
    hostname: () => `${host.name}\n`,
    'stty size': () => `${size.rows} ${size.columns}\n`,
    'virsh list': () =>
      [...host.vms.values()]
        .map(({ definition, state }) => ` ${definition.name.padEnd(28)} ${state}\n`)
        .join(''),
  }
  const enter = (): void => {
    const command = line.trim()
    line = ''
    write('\n')
    if (command === 'exit') return void end.end()
    if (command.startsWith('echo ')) write(`${command.slice('echo '.length)}\n`)
    else if (Object.hasOwn(commands, command)) write(commands[command]?.() ?? '')
    else if (command !== '') write(`${command}: command not found (try "help")\n`)
    prompt()
  }
  end.on('data', (bytes: Buffer) => {
    for (const letter of decoder.decode(bytes, { stream: true })) {
      if (letter === '\r') enter()
      else if (letter === '\x7f' && line !== '') {
        line = Array.from(line).slice(0, -1).join('')
        write('\b \b')
      } else if (letter >= ' ' && letter !== '\x7f') {
        line += letter
        write(letter)
      }
    }
  })
  prompt()
  return {
    stream,
    resize: (changed) => {
      size = changed
    },
  }
}
