/**
 * QEMU's monitor through libvirt's QEMU program, which marks the domain as tainted with the first command
 * (https://libvirt.org/drvqemu.html#pass-through-of-arbitrary-qemu-commands).
 */
import { AppError, errorData } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { qmpCommand, qmpReply } from '../../../../shared/model/qemu-monitor'
import { isActive } from '../../../../shared/model/vm'
import { virDomainQemuMonitorCommandFlags as flagsOf } from '../../../libvirt-rpc/index'
import type { QemuMonitorSession } from '../../qemu-monitor-session'
import { domainOf } from '../domain-handle'
import { currentRecord, type LibvirtHost } from '../host'
import { translated } from '../translated'

/** Some commands write images or memory and answer only then. */
const commandMs = 600_000

export function qemuMonitorOf(host: LibvirtHost): QemuMonitorSession {
  return translated({
    async monitorOffer(vm) {
      const { name, state } = await currentRecord(host, vm)
      if (host.driver !== 'QEMU')
        return { kind: 'none', why: 'no-monitor', error: errorData(noMonitor(host.driver)) }
      return isActive(state)
        ? { kind: 'available' }
        : { kind: 'none', why: 'shut-off', error: errorData(shutOff(name)) }
    },
    async monitorCommand(vm, language, command) {
      if (host.driver !== 'QEMU') throw noMonitor(host.driver)
      const { name, state } = await currentRecord(host, vm)
      if (!isActive(state)) throw shutOff(name)
      if (language === 'hmp') {
        const flags = flagsOf.VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP
        const reply = await ask(host, vm, command, flags)
        return { text: reply.replaceAll('\r\n', '\n'), isError: false }
      }
      const checked = qmpCommand(command)
      if ('problem' in checked) throw new AppError('invalid', checked.problem, { field: 'command' })
      return qmpReply(await ask(host, vm, checked.json, flagsOf.VIR_DOMAIN_QEMU_MONITOR_COMMAND_DEFAULT))
    },
  })
}

async function ask(host: LibvirtHost, vm: VmId, cmd: string, flags: number): Promise<string> {
  const dom = domainOf(vm, host.inventory.nameOf(vm))
  const options = { timeoutMs: commandMs }
  return (await host.rpc.callJob('QEMU_DOMAIN_MONITOR_COMMAND', { dom, cmd, flags }, options)).result
}

function noMonitor(driver: string): AppError {
  return new AppError('unsupported', `${driver} has no monitor`, {
    cure: 'Only VMs that run on QEMU or KVM have one.',
  })
}

function shutOff(name: string): AppError {
  return new AppError('invalid', `${name} is shut off`, {
    cure: 'Start it: the monitor is that of the running emulator.',
  })
}
