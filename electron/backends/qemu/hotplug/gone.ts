/**
 * Devices that went without us: somebody told the monitor, or the guest let go of one while nobody looked. What runs is
 * what QEMU has, so they leave its definition, and what was behind them goes as well.
 */
import { objectsIn } from '../../../qmp/index'
import type { EditDocument } from '../../../domain-xml/edit/tree'
import type { Guest } from '../guest'
import { growMemory } from './attach'
import { removeNodes } from './nodes'
import { unplugAll } from './plug'
import { aliasOf, type PlannedVm } from './running-vm'
import { difference, devicesOf } from './units'

/** Undefined when all are there. */
export async function withoutGone(
  guest: Guest,
  vm: PlannedVm,
  log: (text: string) => void,
): Promise<EditDocument | undefined> {
  const answer = await guest.execute('qom-list', { path: '/machine/peripheral' })
  const there = new Set(objectsIn(answer).map(({ name }) => name))
  const plan = vm.plan(vm.definition)
  const missing = new Set(devicesOf(plan).filter((id) => !there.has(id)))
  const after = vm.definition.clone()
  const gone = (after.root.find('devices')?.children() ?? []).filter((one) => missing.has(aliasOf(one) ?? ''))
  if (gone.length === 0) return undefined
  for (const element of gone) {
    growMemory(after, element, -1)
    element.remove()
    const target = element.name === 'disk' ? element.find('target')?.attribute('dev') : undefined
    if (target !== undefined) await removeNodes(guest, target)
  }
  const { removed } = difference(plan, vm.plan(after))
  await unplugAll(
    guest,
    removed.filter(({ kind }) => kind !== 'device' && kind !== 'blockdev'),
    log,
  )
  return after
}
