/** Name and marks of a VM. */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import { isActive, noAutostartReason } from '../../../shared/model/vm'
import { EditDocument } from '../../domain-xml/edit/tree'
import { isTemplate, markTemplate } from '../../domain-xml/template-mark'
import type { QemuHost } from './host'
import { noFolder } from './start'
import { folderOf } from './store/names'

/** The folder goes along, so that people find it. */
export async function rename(host: QemuHost, id: VmId, name: string): Promise<void> {
  const { record, stored, folder } = await host.inventory.find(id)
  if (record.name === name) return
  if (stored === undefined || folder === undefined) throw noFolder()
  if (isActive(record.state)) {
    throw new AppError('invalid', 'A running VM cannot be renamed', { cure: 'Shut it down first.' })
  }
  if (name === '' || /[/\n]/.test(name))
    throw new AppError('invalid', 'This is not a name for a VM', { field: 'name' })
  const taken = new AppError('already-exists', `Another VM on this host is called "${name}"`, {
    field: 'name',
  })
  if (host.inventory.known().some((other) => other.record.name === name)) throw taken
  const to = folderOf(name)
  const document = EditDocument.parse(stored)
  document.root.find('name')?.setText(name)
  if (to !== folder && !(await host.store.moveFolder(folder, to))) throw taken
  await host.store.write(to, 'vm.xml', document.toString())
  await host.inventory.refresh()
}

export async function readTemplateMark(host: QemuHost, id: VmId): Promise<boolean> {
  const { stored } = await host.inventory.find(id)
  return stored !== undefined && isTemplate(EditDocument.parse(stored).root)
}

export async function setTemplate(host: QemuHost, id: VmId, shallBe: boolean): Promise<void> {
  const { stored, folder } = await host.inventory.find(id)
  if (stored === undefined || folder === undefined)
    throw new AppError('invalid', 'A VM that is not stored cannot be a template')
  const document = EditDocument.parse(stored)
  markTemplate(document.root, shallBe)
  await host.store.write(folder, 'vm.xml', document.toString())
  await host.inventory.refresh()
}

export async function setAutostart(host: QemuHost, id: VmId): Promise<never> {
  await host.inventory.find(id)
  throw new AppError('unsupported', noAutostartReason, {
    cure: 'Start them from Innkeeper, or use a host with libvirt, whose daemon starts them.',
  })
}
