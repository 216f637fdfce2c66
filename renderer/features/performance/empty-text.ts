import type { VmLoad } from '../../../shared/model/vm-load'
import type { Chart } from './chart'

interface Look {
  readonly isRunning: boolean
  /** Of one disk or card, which is only recorded while somebody looks. */
  readonly isPart: boolean
  /** The newest figures; absent until there are some. */
  readonly load?: Pick<VmLoad, 'nics'> | undefined
}

/** Why a chart has nothing to show. */
export function emptyText({ id }: Pick<Chart, 'id'>, { isRunning, isPart, load }: Look): string {
  if (!isRunning) return 'Nothing was recorded in this time'
  if (isPart) return 'This is recorded while the page is open; nothing is known of this time'
  if ((id === 'network' || id === 'packets') && load?.nics.length === 0)
    return 'The host counts nothing here: the VM has no network card, or its cards are in user mode'
  if (id === 'latency') return 'No request in this time'
  return 'Nothing is known of this time yet'
}
