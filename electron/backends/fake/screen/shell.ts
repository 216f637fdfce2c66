import { formatBytes, formatDuration } from '../../../../shared/units'
import type { FakeDefinition } from '../model'
import type { GuestActions } from './guest-screen'

export interface ShellOutput {
  print(text: string): void
  clear(): void
  logout(): void
}

/** The toy shell behind the login: a few commands about the machine, and two that act on it. */
export function runCommand(
  line: string,
  definition: FakeDefinition,
  uptimeMs: number,
  output: ShellOutput,
  actions: GuestActions,
): void {
  const [command = '', ...words] = line.trim().split(/\s+/)
  const commands: Record<string, () => void> = {
    help: () => output.print(`Commands: ${Object.keys(commands).sort().join(' ')}\n`),
    uname: () => output.print(words[0] === '-a' ? `Linux ${definition.name} 6.1.0-demo x86_64\n` : 'Linux\n'),
    hostname: () => output.print(`${definition.name}\n`),
    uptime: () => output.print(`up ${formatDuration(uptimeMs)}\n`),
    free: () => {
      const used = definition.memoryBytes * definition.guest.load.memory
      output.print(`Memory: ${formatBytes(definition.memoryBytes)}, used ${formatBytes(used)}\n`)
    },
    nproc: () => output.print(`${definition.vcpuCount}\n`),
    ls: () => output.print('notes.txt\n'),
    cat: () =>
      output.print(
        words[0] === 'notes.txt' ? 'Nothing here is real but the pixels.\n' : 'cat: no such file\n',
      ),
    echo: () => output.print(`${words.join(' ')}\n`),
    clear: () => output.clear(),
    exit: () => output.logout(),
    reboot: () => {
      output.print('The system is going down for reboot.\n')
      actions.reboot()
    },
    poweroff: () => {
      output.print('The system is going down for power off.\n')
      actions.powerOff()
    },
  }
  if (command === '') return
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (run) run()
  else output.print(`${command}: command not found (try "help")\n`)
}
