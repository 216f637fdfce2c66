import type { HostId } from '../../../shared/model/ids'
import type { KvmGuest, KvmRate } from '../../../shared/model/monitor/kvm'
import { kvmEventMeaning } from '../../../shared/model/monitor/kvm-events'
import type { GridSort } from '../../ui/grid/GridHeader'

export interface EventRow extends KvmRate {
  readonly meaning: string | undefined
  readonly history: readonly number[]
}

export interface GuestRow {
  readonly host: HostId
  readonly guest: KvmGuest
  readonly name: string
  readonly exits: KvmRate
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

interface Wanted {
  readonly text: string
  /** Also what has not happened. */
  readonly zeros: boolean
  readonly sort: GridSort
}

/** An event is found by its name or by what it means. */
export function eventRows(
  rates: readonly KvmRate[],
  historyOf: (event: string) => readonly number[],
  { text, zeros, sort }: Wanted,
): EventRow[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const rows = rates
    .map((rate) => ({ ...rate, meaning: kvmEventMeaning(rate.event), history: historyOf(rate.event) }))
    .filter(({ event, meaning = '', total, perSecond = 0 }) => {
      const all = `${event} ${meaning}`.toLocaleLowerCase()
      return (zeros || total !== 0 || perSecond !== 0) && words.every((word) => all.includes(word))
    })
  const sign = sort.isDescending ? -1 : 1
  const byName = (a: EventRow, b: EventRow): number => collator.compare(a.event, b.event)
  const orders: Record<string, (a: EventRow, b: EventRow) => number> = {
    'kvm-rate': (a, b) => (a.perSecond ?? -1) - (b.perSecond ?? -1),
    'kvm-total': (a, b) => a.total - b.total,
  }
  const order = orders[sort.column] ?? byName
  return rows.toSorted((a, b) => sign * order(a, b) || byName(a, b))
}

export function guestName({ name, pid }: KvmGuest): string {
  return name ?? `Process ${pid}`
}

export function guestRows(
  host: HostId,
  guests: readonly KvmGuest[],
  exitsOf: (guest: KvmGuest) => KvmRate,
  { text, sort }: Pick<Wanted, 'text' | 'sort'>,
): GuestRow[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const rows = guests
    .map((guest) => ({ host, guest, name: guestName(guest), exits: exitsOf(guest) }))
    .filter(({ name, guest }) => words.every((word) => `${name} ${guest.pid}`.toLowerCase().includes(word)))
  const sign = sort.isDescending ? -1 : 1
  const byName = (a: GuestRow, b: GuestRow): number => collator.compare(a.name, b.name)
  const orders: Record<string, (a: GuestRow, b: GuestRow) => number> = {
    'kvm-rate': (a, b) => (a.exits.perSecond ?? -1) - (b.exits.perSecond ?? -1),
    'kvm-total': (a, b) => a.exits.total - b.exits.total,
    'kvm-pid': (a, b) => a.guest.pid - b.guest.pid,
  }
  const order = orders[sort.column] ?? byName
  return rows.toSorted((a, b) => sign * order(a, b) || byName(a, b))
}

export function nextKvmSort(sort: GridSort, column: string): GridSort {
  if (sort.column === column) return { column, isDescending: !sort.isDescending }
  // figures from the top, names from A
  return { column, isDescending: column === 'kvm-rate' || column === 'kvm-total' }
}

/** Whole numbers in groups; what is small keeps a decimal. */
export function rateText(perSecond: number | undefined): string {
  if (perSecond === undefined) return '–'
  return perSecond.toLocaleString('en', { maximumFractionDigits: Math.abs(perSecond) < 10 ? 1 : 0 })
}

export function totalText(total: number): string {
  return total.toLocaleString('en')
}
