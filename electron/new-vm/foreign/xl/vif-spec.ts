/** A network card of an xl configuration: "mac=…,bridge=…,model=…". */
import type { ForeignNic } from '../../../../shared/model/new-vm/foreign'
import { macOf } from '../numbers'

/** What the target calls the emulated cards that Xen's tools know by other names. */
const models: Readonly<Record<string, string>> = {
  rtl8139: 'rtl8139',
  e1000: 'e1000',
  'e1000-82540em': 'e1000',
  'e1000-82544gc': 'e1000',
  'e1000-82545em': 'e1000',
  pcnet: 'pcnet',
  ne2k_pci: 'ne2k_pci',
  'virtio-net': 'virtio',
  virtio: 'virtio',
}
const known = new Set(['mac', 'bridge', 'model', 'type'])

export interface XlNic extends ForeignNic {
  readonly lost: readonly string[]
}

/** A card that has both sides, as Xen gives fully virtualised guests, has the emulated model of its usual kind. */
export function parseXlNic(spec: string, isEmulatedToo: boolean): XlNic {
  const given = new Map<string, string>()
  const lost: string[] = []
  for (const word of spec.split(',').map((one) => one.trim())) {
    if (word === '') continue
    const at = word.indexOf('=')
    const key = at < 0 ? word : word.slice(0, at).trim()
    if (at > 0 && known.has(key)) given.set(key, word.slice(at + 1).trim())
    else lost.push(word)
  }
  const mac = macOf(given.get('mac'))
  if (given.has('mac') && mac === undefined) lost.push(`mac=${given.get('mac')}`)
  const named = given.get('model')
  const model = named === undefined ? undefined : models[named]
  if (named !== undefined && model === undefined) lost.push(`model=${named}`)
  const hasEmulated = isEmulatedToo && given.get('type') !== 'vif'
  const shown = model ?? (hasEmulated ? 'rtl8139' : undefined)
  const network = given.get('bridge')
  return {
    ...(mac === undefined ? {} : { mac }),
    ...(shown === undefined ? {} : { model: shown }),
    ...(network === undefined || network === '' ? {} : { network }),
    lost,
  }
}
