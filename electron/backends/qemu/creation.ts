/** New VMs: a folder with their definition. */
import { AppError } from '../../../shared/errors'

import { nameTaken, uuidTaken, type CreationSession } from '../creation-session'
import { applyAfterStart } from './after-start'
import { completed } from './complete'
import { newDefinition, type NewDefinition } from './definition'
import { runningGuest, type QemuHost } from './host'
import { noFolder, setPasswords, startGuest, surroundingsOf } from './start'
import { folderOf } from './store/names'

export function creationOf(host: QemuHost): CreationSession {
  return {
    async define(xml) {
      const vm = newDefinition(xml)
      await refuseTaken(host, vm)
      await store(host, vm)
      await host.inventory.refresh()
      return vm.id
    },
    async install(firstStart, stored) {
      const first = newDefinition(firstStart)
      await refuseTaken(host, first)
      const later = newDefinition(stored)
      if (later.id !== first.id || later.name !== first.name) {
        throw new AppError('invalid', 'Both definitions must be of the same VM')
      }
      const folder = await store(host, later)
      try {
        await startGuest(host, { id: first.id, definition: first.xml, folder })
        await setPasswords((await runningGuest(host, first.id)).guest, first.xml)
        await applyAfterStart(host, first.id)
      } catch (error) {
        await host.store.removeFolder(folder)
        throw error
      } finally {
        await host.inventory.refresh().catch(() => undefined)
      }
      return first.id
    },
    async source(id) {
      const { stored } = await host.inventory.find(id)
      if (stored === undefined) throw noFolder()
      return stored
    },
    async takeOver(id) {
      const { foreign, stored, record } = await host.inventory.find(id)
      if (!foreign || stored !== undefined) throw new AppError('invalid', `${record.name} is stored already`)
      if (host.inventory.known().some((one) => one.stored !== undefined && one.record.name === record.name))
        throw nameTaken(record.name)
      await store(host, newDefinition(foreign.xml))
      await host.inventory.refresh()
    },
    // neither has a part in it
    virtInstall: () => undefined,
    virtClone: () => undefined,
  }
}

async function refuseTaken(host: QemuHost, { id, name }: NewDefinition): Promise<void> {
  const all = await host.inventory.list()
  if (all.some(({ record }) => record.name === name)) throw nameTaken(name)
  if (all.some((entry) => entry.id === id)) throw uuidTaken()
}

/** Returns its folder. What no command can be made of is refused. */
async function store(host: QemuHost, { id, name, xml }: NewDefinition): Promise<string> {
  const folder = folderOf(name)
  const whole = completed(xml, await surroundingsOf(host, { id, definition: xml, folder }))
  if (!(await host.store.makeFolder(folder))) throw nameTaken(name)
  try {
    await host.store.write(folder, 'vm.xml', whole)
  } catch (error) {
    await host.store.removeFolder(folder).catch(() => undefined)
    throw error
  }
  return folder
}
