/** The hardware of VMs that are files: what no command can be made of is refused, the rest is stored with its places. */
import { given } from '../../../shared/given'
import type { VmId } from '../../../shared/model/ids'
import { EditDocument } from '../../domain-xml/edit/tree'
import { maskSecrets } from '../../domain-xml/secrets'
import type { HardwarePort } from '../hardware/hardware-editor'
import { completed } from './complete'
import { readDefinitions } from './definitions'
import { toAppError } from './errors'
import type { QemuHost } from './host'
import { commandsFor } from './hotplug/commands'
import { takeLiveStep } from './hotplug/live-step'
import { PlannedVm } from './hotplug/running-vm'
import { surroundingsOf } from './start'

/** Without its secrets, as commands are shown and kept. */
async function shownVm(
  host: QemuHost,
  id: VmId,
  running: string,
  folder: string | undefined,
): Promise<PlannedVm> {
  const surroundings = await surroundingsOf(host, { id, definition: running, ...given('folder', folder) })
  return new PlannedVm(EditDocument.parse(maskSecrets(EditDocument.parse(running))), surroundings)
}

export function hardwareOf(host: QemuHost): HardwarePort {
  return {
    async commands(id, worked) {
      const { folder, running } = await host.inventory.find(id)
      const file = `${folder === undefined ? host.store.runFolder(id) : host.store.vmFolder(folder)}/vm.xml`
      return commandsFor(
        worked,
        file,
        running === undefined ? undefined : await shownVm(host, id, running, folder),
      )
    },
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
