/** How a network reaches the outside, out of and into `<forward>`, `<bridge>` and `<virtualport>`. */
import type { FieldValue } from '../../../shared/model/hardware/field'
import { siblingBefore } from '../edit/order'
import { readAt, writeAt } from '../edit/path'
import { EditElement } from '../edit/tree'
import type { FieldBinding } from '../hardware/binding'

const macvtapModes: readonly string[] = ['bridge', 'private', 'vepa', 'passthrough']
export const ownModes: readonly string[] = ['nat', 'route', 'open', 'isolated']
/** What only a bridge of libvirt's own can have. */
const ofOwnBridge = ['mac', 'domain', 'dns', 'bandwidth', 'ip', 'route']

const isSwitched = (element: EditElement): boolean =>
  element.find('virtualport')?.attribute('type') === 'openvswitch'

/** As the form has it (shared/model/networks/modes.ts). */
export function modeOf(network: EditElement): string {
  const forward = network.find('forward')
  if (!forward) return 'isolated'
  // without a mode libvirt takes nat
  const mode = forward.attribute('mode') ?? 'nat'
  if (!macvtapModes.includes(mode)) return mode
  if (mode !== 'bridge' || network.find('bridge')?.attribute('name') === undefined) return 'macvtap'
  // some have it in their port groups only
  return isSwitched(network) || network.children('portgroup').some(isSwitched) ? 'openvswitch' : 'bridge'
}

function writeMode(network: EditElement, value: FieldValue | undefined): void {
  const before = modeOf(network)
  if (typeof value !== 'string' || value === before) return
  if (before === 'openvswitch') network.find('virtualport')?.remove()
  if (!ownModes.includes(value)) {
    for (const name of ofOwnBridge) for (const child of network.children(name)) child.remove()
  }
  if (value === 'macvtap' || value === 'hostdev' || (ownModes.includes(before) && !ownModes.includes(value)))
    network.find('bridge')?.remove()
  const forward = network.find('forward')
  if (value === 'isolated') {
    forward?.remove()
    return
  }
  const made = forward ?? network.insert(new EditElement('forward'), siblingBefore(network, 'forward'))
  // the devices of another mode are none of this one's
  made.setAttribute('dev', undefined)
  for (const child of made.children()) child.remove()
  made.setAttribute('mode', value === 'macvtap' || value === 'openvswitch' ? 'bridge' : value)
  if (value === 'openvswitch') writeAt(network, 'virtualport/@type', 'openvswitch')
}

export const modeBinding: FieldBinding = { read: modeOf, write: writeMode }

/** A place that is meant in some modes only; in others it is another field's. */
export function inModes(modes: readonly string[], at: string): FieldBinding {
  return {
    read: (network) => (modes.includes(modeOf(network)) ? readAt(network, at) : undefined),
    write: (network, value) => {
      if (modes.includes(modeOf(network))) writeAt(network, at, typeof value === 'string' ? value : undefined)
    },
  }
}

/** A bridge of the host has to be named before the mode can be told from what stands there. */
export const hostBridge: FieldBinding = {
  read: (network) =>
    ['bridge', 'openvswitch'].includes(modeOf(network)) ? readAt(network, 'bridge/@name') : undefined,
  write: (network, value) => {
    if (typeof value === 'string') writeAt(network, 'bridge/@name', value)
  },
}
