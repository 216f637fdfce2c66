import { onTaskEnd } from '../../stores/tasks'
import { openVm, useRoute } from '../../stores/route'

/** Whoever looks at a VM goes on looking at it where it is now. Returns unsubscribe. */
export function followMoves(): () => void {
  return onTaskEnd(({ kind, state, host, vm, movesTo }) => {
    if (kind !== 'vm.migrate' || state !== 'succeeded' || vm === undefined || movesTo === undefined) return
    const { route } = useRoute.getState()
    if (route.kind === 'vm' && route.ref.host === host && route.ref.vm === vm)
      openVm({ host: movesTo, vm }, route.tab)
  })
}
