import { errorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { MoveCheck } from '../../../shared/model/migration/move'
import type { MoveOptions } from '../../../shared/model/migration/options'
import type { Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'
import { Spinner } from '../../ui/Spinner'
import { MoveChecks } from './MoveChecks'

/** Looking at each asks both hosts; beyond these their tasks tell. */
const mostLookedAt = 50

interface Props {
  readonly vms: readonly Vm[]
  readonly to: HostId
  readonly options: MoveOptions
}

/** Of several VMs: what stands against each. */
export function ManyChecks({ vms, to, options }: Props) {
  const looked = vms.slice(0, mostLookedAt)
  const { value, isCurrent } = useAsked({ ids: looked.map(({ id }) => id), to, options }, async () => {
    const found: MoveCheck[] = []
    // one after the other, so that the hosts have room for other work
    for (const vm of looked) found.push(await worstOf(vm, to, options))
    return found
  })
  if (value === undefined || !isCurrent)
    return (
      <p className="secondary" role="status">
        <Spinner size={14} /> Looking at {looked.length} virtual machines…
      </p>
    )
  return <MoveChecks checks={value} />
}

async function worstOf(vm: Vm, to: HostId, options: MoveOptions): Promise<MoveCheck> {
  const about = { id: vm.id, title: vm.name }
  try {
    const { checks } = await api.migration.plan({ host: vm.host, vm: vm.id, to, options })
    const worst =
      checks.find(({ state }) => state === 'error') ?? checks.find(({ state }) => state === 'warning')
    return worst ? { ...worst, ...about } : { ...about, state: 'ok', message: 'Can be moved.' }
  } catch (reason) {
    const { message, cure } = errorData(reason)
    return { ...about, state: 'error', message, ...(cure === undefined ? {} : { cure }) }
  }
}
