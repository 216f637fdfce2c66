/** Cards of the host that a network uses: one to go out by, a pool for macvtap, functions of an SR-IOV card. */
import type { FieldValue, Row } from '../../../shared/model/hardware/field'
import { EditElement } from '../edit/tree'
import type { FieldBinding } from '../hardware/binding'
import { modeOf } from './mode'

const rowsOf = (value: FieldValue | undefined): readonly Row[] => (typeof value === 'object' ? value : [])

/** libvirt takes `dev` beside `<interface>` only when it is the first of them. */
export const forwardDevice: FieldBinding = {
  read: (network) => {
    if (!['nat', 'route'].includes(modeOf(network))) return undefined
    const forward = network.find('forward')
    return forward?.attribute('dev') ?? forward?.find('interface')?.attribute('dev')
  },
  write: (network, value) => {
    const forward = network.find('forward')
    if (!forward || !['nat', 'route'].includes(modeOf(network))) return
    forward.setAttribute('dev', typeof value === 'string' ? value : undefined)
    for (const [index, one] of forward.children('interface').entries()) {
      if (index === 0 && typeof value === 'string') one.setAttribute('dev', value)
      else one.remove()
    }
  },
}

export const macvtapMode: FieldBinding = {
  read: (network) => (modeOf(network) === 'macvtap' ? network.find('forward')?.attribute('mode') : undefined),
  write: (network, value) => {
    if (modeOf(network) === 'macvtap' && typeof value === 'string')
      network.find('forward')?.setAttribute('mode', value)
  },
}

export const macvtapDevices: FieldBinding = {
  read: (network) => {
    if (modeOf(network) !== 'macvtap') return undefined
    const forward = network.find('forward')
    const named = forward?.children('interface').flatMap((one) => one.attribute('dev') ?? []) ?? []
    const first = forward?.attribute('dev')
    const devices = named.length > 0 || first === undefined ? named : [first]
    return devices.length === 0 ? undefined : devices.map((device) => ({ device }))
  },
  write: (network, value) => {
    const forward = network.find('forward')
    if (!forward || modeOf(network) !== 'macvtap') return
    const devices = rowsOf(value).map((row) => String(row['device'] ?? ''))
    const known = new Map(forward.children('interface').map((one) => [one.attribute('dev'), one]))
    for (const one of known.values()) one.remove()
    for (const device of devices) {
      const element = known.get(device) ?? new EditElement('interface')
      element.setAttribute('dev', device)
      forward.insert(element, forward.children('interface').at(-1))
    }
    if (forward.attribute('dev') !== undefined) forward.setAttribute('dev', devices[0])
  },
}

const pciPattern = /^(?:([0-9a-f]{4}):)?([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/i

function pciTextOf(address: EditElement): string {
  const part = (name: string, digits: number): string =>
    Number(address.attribute(name) ?? 0)
      .toString(16)
      .padStart(digits, '0')
  return `${part('domain', 4)}:${part('bus', 2)}:${part('slot', 2)}.${part('function', 1)}`
}

export const virtualFunctions: FieldBinding = {
  read: (network) => {
    // a running network lists the functions of its physical function, which are no choice of the user
    const forward = modeOf(network) === 'hostdev' ? network.find('forward') : undefined
    if (!forward || forward.find('pf')) return undefined
    const found = forward.children('address').map((one) => ({ address: pciTextOf(one) }))
    return found.length === 0 ? undefined : found
  },
  write: (network, value) => {
    const forward = network.find('forward')
    if (!forward || modeOf(network) !== 'hostdev') return
    const known = new Map(forward.children('address').map((one) => [pciTextOf(one), one]))
    for (const one of known.values()) one.remove()
    for (const row of rowsOf(value)) {
      const [, domain = '0000', bus = '', slot = '', fn = ''] = pciPattern.exec(String(row['address'])) ?? []
      const element = known.get(`${domain}:${bus}:${slot}.${fn}`.toLowerCase()) ?? new EditElement('address')
      for (const [name, text] of Object.entries({
        type: 'pci',
        domain: `0x${domain}`,
        bus: `0x${bus}`,
        slot: `0x${slot}`,
        function: `0x${fn}`,
      }))
        if (Number(element.attribute(name)) !== Number(text)) element.setAttribute(name, text)
      forward.insert(element, forward.children('address').at(-1))
    }
  },
}
