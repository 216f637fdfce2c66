import { create } from 'zustand'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { Pool } from '../../../shared/model/storage/pool'
import { api } from '../../api/client'

/** Pools as a host told them last; they stay while they are asked for again. */
export interface PoolList {
  readonly items?: readonly Pool[]
  readonly error?: ErrorData
  readonly isLoading: boolean
}

interface PoolsState {
  readonly byHost: { readonly [host: string]: PoolList | undefined }
  /** Which pool's page is open, by host. */
  readonly chosen: { readonly [host: string]: string | undefined }
}

export const usePools = create<PoolsState>(() => ({ byHost: {}, chosen: {} }))

const unasked: PoolList = { isLoading: false }
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export function usePoolList(host: HostId): PoolList {
  return usePools(({ byHost }) => byHost[host]) ?? unasked
}

export function usePool(host: HostId, name: string): Pool | undefined {
  return usePools(({ byHost }) => byHost[host]?.items?.find((pool) => pool.name === name))
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
  usePools.setState(({ byHost }) => ({ byHost: { ...byHost, [host]: list } }))
}

/** For tests: what one host said is not known to the next test. */
export function forgetPools(): void {
  usePools.setState({ byHost: {}, chosen: {} })
}
