import { vmRef, type VmRef } from '../shared/model/ids'

/** The VM whose console a window shows, from its address; undefined for the main window. */
export function consoleOf(hash: string): VmRef | undefined {
  const [page, query = ''] = hash.replace(/^#/, '').split('?')
  if (page !== 'console') return undefined
  const place = new URLSearchParams(query)
  const target = vmRef.safeParse({ host: place.get('host'), vm: place.get('vm') })
  return target.success ? target.data : undefined
}
