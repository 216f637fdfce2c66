import type { PoolState } from '../../../shared/model/host-choices'
import type { Pool } from '../../../shared/model/storage/pool'
import { poolTypeOf } from '../../../shared/model/storage/pool-types'

export const poolStateText: Record<PoolState, string> = {
  running: 'Active',
  inactive: 'Stopped',
  building: 'Being built',
  degraded: 'Degraded',
  inaccessible: 'Not accessible',
  unknown: 'State unknown',
}

/** "Network share" of "Network share (NFS, GlusterFS, SMB)": where there is little room. */
export function shortType(type: string): string {
  const label = poolTypeOf(type)?.label ?? type
  return /^[^(,]+/.exec(label)?.[0].trim() ?? label
}

export function isActive({ state }: Pool): boolean {
  return state !== 'inactive' && state !== 'building'
}

/** 0 to 1; undefined where the host tells no sizes. */
export function usedShare({ capacityBytes, allocationBytes }: Pool): number | undefined {
  if (capacityBytes === undefined || allocationBytes === undefined || capacityBytes <= 0) return undefined
  return Math.min(1, Math.max(0, allocationBytes / capacityBytes))
}

/** Where it gets tight, said by colour and by word. */
export function fullness(share: number): 'fine' | 'tight' | 'full' {
  if (share >= 0.97) return 'full'
  return share >= 0.85 ? 'tight' : 'fine'
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
