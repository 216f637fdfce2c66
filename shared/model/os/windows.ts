/** What only Windows wants of its VM. */
import type { OsEntry } from './os'

const windowsFamilies = new Set(['win16', 'win9x', 'winnt'])

export function isWindows({ family }: Pick<OsEntry, 'family'>): boolean {
  return family !== undefined && windowsFamilies.has(family)
}

/** They take the hardware clock for the time on the wall. */
export function needsLocalTime(os: Pick<OsEntry, 'family'>): boolean {
  return isWindows(os) || os.family === 'solaris' || os.family === 'msdos'
}

/** Microsoft's interfaces for guests, which Windows since Vista uses: https://libvirt.org/formatdomain.html#hypervisor-features */
const sinceVista = ['relaxed', 'vapic', 'spinlocks']
/** Its timers and interrupts, which save much work of an idle guest; since Windows 8 and Server 2012. */
const sinceWindows8 = ['vpindex', 'runtime', 'synic', 'stimer', 'frequencies']

export function hypervFeatures({
  family,
  releaseDate = '',
}: Pick<OsEntry, 'family' | 'releaseDate'>): string[] {
  if (family !== 'winnt' || releaseDate < '2006-11') return []
  return releaseDate < '2012-08' ? [...sinceVista] : [...sinceVista, ...sinceWindows8]
}

export interface EditionLimits {
  /** Sockets that the edition uses; more stay idle. */
  readonly home: number
  readonly pro: number
}

/** Editions for clients use one socket or two: https://learn.microsoft.com/windows/win32/procthread/multiple-processors */
const clients = /^http:\/\/microsoft\.com\/win\/(xp|vista|7|8|8\.1|10|11)$/

export function editionLimits({ id }: Pick<OsEntry, 'id'>): EditionLimits | undefined {
  return clients.test(id) ? { home: 1, pro: 2 } : undefined
}
