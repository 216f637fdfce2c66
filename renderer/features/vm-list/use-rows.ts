import { useEffect, useMemo, useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { useFilter } from '../../stores/filter'
import { useHosts } from '../../stores/hosts'
import { useRemembered } from '../../stores/remembered'
import { onTick } from '../../stores/stats'
import { useVms } from '../../stores/vms'
import { filterWords, isLoadColumn, matches, sortRows } from './rows'

/** The rows to show; put in order again at each tick only while load decides the order. */
export function useRows(host: HostId | undefined): readonly Vm[] {
  const byKey = useVms((state) => state.byKey)
  const hosts = useHosts((state) => state.byId)
  const filter = useFilter((state) => state.text)
  const sort = useRemembered((state) => state.sort)
  const [, setTick] = useState(0)
  const followsLoad = isLoadColumn(sort.column)
  useEffect(() => (followsLoad ? onTick(() => setTick((count) => count + 1)) : undefined), [followsLoad])
  const found = useMemo(() => {
    const words = filterWords(filter)
    return [...byKey.values()].filter(
      (vm) => (host === undefined || vm.host === host) && matches(vm, words, hosts),
    )
  }, [byKey, hosts, host, filter])
  const settled = useMemo(
    () => (followsLoad ? undefined : sortRows(found, sort, hosts)),
    [found, sort, hosts, followsLoad],
  )
  return settled ?? sortRows(found, sort, hosts)
}
