import { useEffect, useState } from 'react'
import { errorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { DeviceKind } from '../../../shared/model/monitor/devices'
import { api } from '../../api/client'
import { nextDevices, noDevices, type HostDevices } from './device-loads'

/** The devices of all running VMs of these hosts, read as long as they are wanted; each host at its own pace. */
export function useDevices(
  hosts: readonly HostId[],
  kind: DeviceKind,
  { everyMs, isWanted }: { readonly everyMs: number; readonly isWanted: boolean },
): ReadonlyMap<HostId, HostDevices> {
  const [readings, setReadings] = useState<ReadonlyMap<HostId, HostDevices>>(new Map())
  const asked = hosts.join(' ')
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    const timers = new Map<HostId, ReturnType<typeof setTimeout>>()
    const follow = async (host: HostId): Promise<void> => {
      const change = await api.monitor.devices({ host, kind }).then(
        (reading) => (before: HostDevices) => nextDevices(before, reading),
        (reason: unknown) => (before: HostDevices) => ({ ...before, error: errorData(reason) }),
      )
      if (!isCurrent) return
      setReadings((all) => new Map(all).set(host, change(all.get(host) ?? noDevices)))
      // after the answer, so that a slow host is not asked twice at once
      timers.set(
        host,
        setTimeout(() => void follow(host), everyMs),
      )
    }
    for (const host of hosts) void follow(host)
    return () => {
      isCurrent = false
      for (const timer of timers.values()) clearTimeout(timer)
    }
    // `asked` names the hosts
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [asked, kind, everyMs, isWanted])
  return readings
}
