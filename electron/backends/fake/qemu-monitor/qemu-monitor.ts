/** A toy of QEMU's monitor: enough words to see how one is used. */
import { AppError, errorData } from '../../../../shared/errors'
import { qmpCommand, qmpReply, type MonitorReply } from '../../../../shared/model/qemu-monitor'
import type { HostFeatures } from '../../../../shared/model/host'
import type { QemuMonitorSession } from '../../qemu-monitor-session'
import type { FakeHost } from '../fake-host'
import type { FakeVm } from '../model'
import { rebootGuest } from '../power'

const help = `cont|c  -- resume emulation
help|? [cmd] -- show the help
info [subcommand] -- show various information about the system state
stop|s  -- stop emulation
system_reset  -- reset the system
`
const infoHelp = `info balloon  -- show balloon information
info kvm  -- show KVM information
info name  -- show the current VM name
info status  -- show the current VM status (running|paused)
info uuid  -- show the current VM UUID
info version  -- show the version of QEMU
`

export function fakeQemuMonitor(
  host: FakeHost,
  features: HostFeatures,
  answerTime: () => Promise<void>,
): QemuMonitorSession {
  const refusalFor = (vm: FakeVm): { why: 'shut-off' | 'no-monitor'; error: AppError } | undefined => {
    if (!features.canReset)
      return { why: 'no-monitor', error: new AppError('unsupported', 'This hypervisor has no monitor') }
    if (vm.run) return undefined
    const error = new AppError('invalid', `"${vm.definition.name}" is shut off`, { cure: 'Start it' })
    return { why: 'shut-off', error }
  }
  return {
    async monitorOffer(id) {
      await answerTime()
      const refusal = refusalFor(host.get(id))
      return refusal
        ? { kind: 'none', why: refusal.why, error: errorData(refusal.error) }
        : { kind: 'available' }
    },
    async monitorCommand(id, language, command) {
      await answerTime()
      const vm = host.get(id)
      const refusal = refusalFor(vm)
      if (refusal) throw refusal.error
      if (language === 'hmp') return { text: hmp(host, vm, command), isError: false }
      const checked = qmpCommand(command)
      if ('problem' in checked) throw new AppError('invalid', checked.problem, { field: 'command' })
      return qmp(host, vm, (JSON.parse(checked.json) as { execute?: string }).execute ?? '')
    },
  }
}

function hmp(host: FakeHost, vm: FakeVm, command: string): string {
  const [word = '', ...rest] = command.trim().split(/\s+/)
  const { definition } = vm
  const infos: Record<string, string> = {
    balloon: `balloon: actual=${definition.memoryBytes / 1024 ** 2}\n`,
    kvm: 'kvm support: enabled\n',
    name: `${definition.name}\n`,
    status: `VM status: ${vm.state === 'paused' ? 'paused' : 'running'}\n`,
    uuid: `${definition.id}\n`,
    version: '9.2.0demo\n',
  }
  if (word === 'help' || word === '?') return rest[0] === 'info' ? infoHelp : help
  if (word === 'info')
    return rest[0] === undefined ? infoHelp : (infos[rest[0]] ?? unknown(`info ${rest[0]}`))
  return act(host, vm, word) ? '' : unknown(word)
}

function qmp(host: FakeHost, vm: FakeVm, command: string): MonitorReply {
  const answers: Record<string, unknown> = {
    'query-commands': ['cont', 'query-commands', 'query-kvm', 'query-name', 'query-status', 'stop'].map(
      (name) => ({ name }),
    ),
    'query-kvm': { enabled: true, present: true },
    'query-name': { name: vm.definition.name },
    'query-status': { running: vm.state === 'running', status: vm.state === 'paused' ? 'paused' : 'running' },
  }
  if (Object.hasOwn(answers, command)) return qmpReply(JSON.stringify({ return: answers[command] }))
  if (act(host, vm, command)) return qmpReply(JSON.stringify({ return: {} }))
  const error = { class: 'CommandNotFound', desc: `The command ${command} has not been found` }
  return qmpReply(JSON.stringify({ error }))
}

function act(host: FakeHost, vm: FakeVm, command: string): boolean {
  if (command === 'stop' || command === 's') {
    vm.run?.clock.stop()
    host.change(vm, { state: 'paused', stateReason: 'by the user' })
  } else if (command === 'cont' || command === 'c') {
    vm.run?.clock.run()
    host.change(vm, { state: 'running', stateReason: undefined })
  } else if (command === 'system_reset') rebootGuest(host, vm)
  else return false
  return true
}

function unknown(command: string): string {
  return `unknown command: '${command}'\n`
}
