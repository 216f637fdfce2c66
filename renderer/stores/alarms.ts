import { create } from 'zustand'
import { vmKey, type VmRef } from '../../shared/model/ids'
import type { Alarm } from '../../shared/model/thresholds'

/** What is above a limit at the moment, by vmKey. Only api/sync.ts writes here. */
export const useAlarms = create<{ readonly byVm: Readonly<Record<string, readonly Alarm[]>> }>(() => ({
  byVm: {},
}))

export function replaceAlarms(alarms: readonly Alarm[]): void {
  const byVm: Record<string, Alarm[]> = {}
  for (const alarm of alarms) {
    const key = vmKey(alarm.ref)
    byVm[key] = [...(byVm[key] ?? []), alarm]
  }
  useAlarms.setState({ byVm })
}

const none: readonly Alarm[] = []

export function useAlarmsOf(ref: VmRef): readonly Alarm[] {
  return useAlarms(({ byVm }) => byVm[vmKey(ref)] ?? none)
}
