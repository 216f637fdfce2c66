import { create } from 'zustand'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { Pool } from '../../../shared/model/storage/pool'
import { poolAlarm, type PoolAlarm } from '../../../shared/model/storage/pool-alarm'
import { api } from '../../api/client'

/** Pools as a host told them last; they stay while they are asked for again. */
export interface PoolList {
  readonly items?: readonly Pool[]
  readonly error?: ErrorData
  readonly isLoading: boolean
}

interface PoolsState {
  readonly byHost: { readonly [host: string]: PoolList | undefined }
  /** Pools that run out of space, by host; kept so that an alarm does not come and go. */
  readonly alarms: { readonly [host: string]: ReadonlyMap<string, PoolAlarm> | undefined }
  /** Which pool's page is open, by host. */
  readonly chosen: { readonly [host: string]: string | undefined }
}

const nothing: PoolsState = { byHost: {}, alarms: {}, chosen: {} }

export const usePools = create<PoolsState>(() => nothing)

const unasked: PoolList = { isLoading: false }
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export function usePoolList(host: HostId): PoolList {
  return usePools(({ byHost }) => byHost[host]) ?? unasked
}

export function usePool(host: HostId, name: string): Pool | undefined {
  return usePools(({ byHost }) => byHost[host]?.items?.find((pool) => pool.name === name))
}

export function usePoolAlarm(host: HostId, name: string): PoolAlarm | undefined {
  return usePools(({ alarms }) => alarms[host]?.get(name))
}

export function choosePool(host: HostId, pool: string): void {
  usePools.setState(({ chosen }) => ({ chosen: { ...chosen, [host]: pool } }))
}

/** Asks the host; a later question's answer is not overwritten by an earlier one. */
export async function loadPools(host: HostId): Promise<void> {
  const turn = (turns.get(host) ?? 0) + 1
  turns.set(host, turn)
  const before = usePools.getState().byHost[host]
  put(host, { ...before, isLoading: true })
  let next: PoolList
  try {
    const { items, error } = await api.storage.pools({ host })
    next = {
      items: items.toSorted((a, b) => collator.compare(a.name, b.name)),
      ...(error === undefined ? {} : { error }),
      isLoading: false,
    }
  } catch (error) {
    next = {
      ...(before?.items === undefined ? {} : { items: before.items }),
      error: errorData(error),
      isLoading: false,
    }
  }
  if (turns.get(host) === turn) put(host, next)
}

const turns = new Map<HostId, number>()

function put(host: HostId, list: PoolList): void {
  usePools.setState(({ byHost, alarms }) => ({
    byHost: { ...byHost, [host]: list },
    alarms: list.items ? { ...alarms, [host]: alarmsOf(list.items, alarms[host] ?? new Map()) } : alarms,
  }))
}

function alarmsOf(
  pools: readonly Pool[],
  before: ReadonlyMap<string, PoolAlarm>,
): ReadonlyMap<string, PoolAlarm> {
  const told = pools.flatMap((pool) => {
    const alarm = poolAlarm(pool, before.get(pool.name))
    return alarm === undefined ? [] : [[pool.name, alarm] as const]
  })
  return new Map(told)
}

/** For tests: what one host said is not known to the next test. */
export function forgetPools(): void {
  usePools.setState(nothing)
}
