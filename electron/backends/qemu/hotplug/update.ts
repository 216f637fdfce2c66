/** A device of a running guest becomes another without being unplugged. */
import { AppError } from '../../../../shared/errors'
import { canonical } from '../../../domain-xml/edit/difference'
import type { EditDocument, EditElement } from '../../../domain-xml/edit/tree'
import { bytesOf } from '../amounts'
import { setPasswords } from '../start'
import { changeMedium } from './media'
import { changeCard } from './cards'
import { aliasOf, findRunning, type RunningVm } from './running-vm'

export interface Update {
  readonly before: EditElement
  readonly element: EditElement
  readonly after: EditDocument
}

export async function update(
  vm: RunningVm,
  element: EditElement,
  isForced: boolean,
  signal: AbortSignal,
): Promise<void> {
  const before = findRunning(vm.definition.root, element)
  if (!before) throw new AppError('not-found', 'The running VM no longer has this device')
  const after = vm.definition.clone()
  findRunning(after.root, element)?.replaceWith(element.clone())
  const change = { before, element, after }
  if (canonical(before) === canonical(element)) return
  switch (element.name) {
    case 'disk':
      await changeMedium(vm, change, isForced, signal)
      break
    case 'interface':
      await changeCard(vm, change)
      break
    case 'graphics':
      await setPasswords(vm.guest, after.toString())
      break
    case 'memory':
      await vm.guest.execute('qom-set', {
        path: `/machine/peripheral/${aliasOf(element) ?? ''}`,
        property: 'requested-size',
        value: bytesOf(element.find('target', 'requested')),
      })
      break
    default:
      throw new AppError('unsupported', 'QEMU cannot change this device while the guest runs', {
        cure: 'The change counts at the next start.',
      })
  }
  await vm.becomes(after)
}
