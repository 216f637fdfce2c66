import type { LaunchWish } from '../../../shared/ipc/contract'
import { api } from '../../api/client'
import { openVm } from '../../stores/route'
import { showToast } from '../../stores/toasts'
import { refOf, useVms } from '../../stores/vms'

/** Obeys the command line: shows a VM by name or UUID as soon as a host tells of it. */
let stopWaiting: (() => void) | undefined

export async function obeyLaunchWishes(): Promise<void> {
  api.app.onLaunchWish(obey)
  const wish = await api.app.takeLaunchWish()
  if (wish) obey(wish)
}

function obey(wish: LaunchWish): void {
  if (wish.error) showToast({ tone: 'error', title: 'From the command line', error: wish.error })
  if (!wish.showVm) return
  const { name, tab } = wish.showVm
  stopWaiting?.()
  const tryNow = (): boolean => {
    const vm = [...useVms.getState().byKey.values()].find(
      (other) => other.name === name || other.id === name.toLowerCase(),
    )
    if (vm) openVm(refOf(vm), tab)
    return vm !== undefined
  }
  if (tryNow()) return
  stopWaiting = useVms.subscribe(() => {
    if (tryNow()) stopWaiting?.()
  })
}
