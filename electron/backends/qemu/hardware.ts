/** The hardware of VMs that are files: what no command can be made of is refused, the rest is stored with its places. */
import type { HardwarePort } from '../hardware/hardware-editor'
import { completed } from './complete'
import { readDefinitions } from './definitions'
import { toAppError } from './errors'
import type { QemuHost } from './host'
import { takeLiveStep } from './hotplug/live-step'
import { surroundingsOf } from './start'

export function hardwareOf(host: QemuHost): HardwarePort {
  return {
    uri: '',
    read: (id) => readDefinitions(host, id),
    async check() {
      // what it comes to is made, and refused, when it is stored
    },
    async store(id, { after }) {
      const { stored, folder } = await host.inventory.find(id)
      if (folder === undefined) return
      const definition = after.toString()
      const whole = completed(definition, await surroundingsOf(host, { id, definition, folder }))
      if (whole !== stored) await host.store.write(folder, 'vm.xml', whole)
    },
    takeStep: (id, step, signal) => takeLiveStep(host, id, step, signal),
    settle: () => host.inventory.refresh(),
    toAppError,
  }
}
