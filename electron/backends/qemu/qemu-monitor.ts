/** The emulator's own console, through the connection that the session has. */
import { AppError, errorData } from '../../../shared/errors'
import { qmpCommand, qmpReply } from '../../../shared/model/qemu-monitor'
import { isObject, QmpError, type JsonObject } from '../../qmp/index'
import type { QemuMonitorSession } from '../qemu-monitor-session'
import { runningGuest, shutOff, type QemuHost } from './host'

/** Some commands write images or memory and answer only then. */
const commandMs = 600_000

export function qemuMonitorOf(host: QemuHost): QemuMonitorSession {
  return {
    async monitorOffer(vm) {
      const { run, record } = await host.inventory.find(vm)
      return run
        ? { kind: 'available' }
        : { kind: 'none', why: 'shut-off', error: errorData(shutOff(record.name)) }
    },
    async monitorCommand(vm, language, command) {
      const { guest } = await runningGuest(host, vm)
      if (language === 'hmp') {
        const text = await guest.hmp(command, { timeoutMs: commandMs })
        return { text: text.replaceAll('\r\n', '\n'), isError: false }
      }
      const checked = qmpCommand(command)
      if ('problem' in checked) throw new AppError('invalid', checked.problem, { field: 'command' })
      const asked = JSON.parse(checked.json) as JsonObject
      const name = asked['execute'] ?? asked['exec-oob']
      const words = asked['arguments']
      if (typeof name !== 'string')
        throw new AppError('invalid', 'The name of a command is a text', { field: 'command' })
      try {
        const value = await guest.execute(name, isObject(words) ? words : {}, {
          timeoutMs: commandMs,
          isOutOfBand: 'exec-oob' in asked,
        })
        return qmpReply(JSON.stringify({ return: value }))
      } catch (error) {
        if (!(error instanceof QmpError)) throw error
        return qmpReply(JSON.stringify({ error: { class: error.errorClass, desc: error.message } }))
      }
    },
  }
}
