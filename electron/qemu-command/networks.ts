/** -net, -netdev, -nic and -redir: network cards and where their cables lead. */
import { el, type El } from './element'
import { OptionList } from './option-list'
import type { Backend, Import } from './state'

const usualModel = 'e1000'

/** Forwards of one network as elements, or undefined where one is not understood. */
function forwardsOf(rules: readonly string[]): El[] | undefined {
  const found: El[] = []
  for (const rule of rules) {
    const parts = /^(tcp|udp)?:([^:]*):(\d+)-([^:]*):(\d+)$/.exec(rule)
    // another guest than the first has no place
    if (!parts || (parts[4] !== '' && parts[4] !== '10.0.2.15')) return undefined
    const [, proto = 'tcp', address, start, , to] = parts
    found.push(
      el('portForward', { proto, ...(address === '' ? {} : { address }) }, [
        el('range', { start, ...(start === to ? {} : { to }) }),
      ]),
    )
  }
  return found
}

interface Cable {
  readonly attributes: Readonly<Record<string, string | undefined>>
  readonly content: readonly (El | undefined)[]
  readonly vhost: boolean
  readonly queues?: string | undefined
}

/** Undefined: there is something in it that the model has no place for. */
export function cableOf(state: Import, options: OptionList, more: readonly string[] = []): Cable | undefined {
  options.skip('id', 'vlan', 'name', 'type')
  const plain = { vhost: false }
  switch (options.first ?? options.get('type')) {
    case 'user': {
      const forwards = forwardsOf([...options.all('hostfwd'), ...more])
      const net = options.get('net')
      const [address, prefix] = (net ?? '').split('/')
      let ip: El | undefined
      if (net !== undefined) {
        const isPlain =
          /^\d+\.\d+\.\d+\.\d+$/.test(address ?? '') && (prefix === undefined || /^\d+$/.test(prefix))
        if (!isPlain) return undefined
        ip = el('ip', { family: 'ipv4', address, prefix: prefix ?? '24' })
      }
      if (!forwards || options.unread().length > 0) return undefined
      return { ...plain, attributes: { type: 'user' }, content: [ip, ...forwards] }
    }
    case 'bridge': {
      const bridge = options.get('br') ?? 'br0'
      if (options.get('helper') !== undefined) state.tell('The bridge helper is the one of this host’s QEMU.')
      if (options.unread().length > 0) return undefined
      return { ...plain, attributes: { type: 'bridge' }, content: [el('source', { bridge })] }
    }
    case 'tap': {
      const ifname = options.get('ifname')
      const script = options.get('script')
      const down = options.get('downscript')
      const vhost = options.flag('vhost') === true
      const queues = options.get('queues')
      const helper = options.get('helper')
      const bridge = options.get('br')
      if (options.unread().length > 0) return undefined
      if (helper !== undefined || bridge !== undefined)
        return {
          attributes: { type: 'bridge' },
          content: [el('source', { bridge: bridge ?? 'br0' })],
          vhost,
          queues,
        }
      return {
        attributes: { type: 'ethernet' },
        content: [
          ifname === undefined ? undefined : el('target', { dev: ifname, managed: 'no' }),
          script === undefined || script === 'no' ? undefined : el('script', { path: script }),
          down === undefined || down === 'no' ? undefined : el('downscript', { path: down }),
        ],
        vhost,
        queues,
      }
    }
    case 'socket': {
      for (const [key, type] of [
        ['listen', 'server'],
        ['connect', 'client'],
        ['mcast', 'mcast'],
      ] as const) {
        const value = options.get(key)
        const ends = /^(.*):(\d+)$/.exec(value ?? '')
        if (ends && options.unread().length === 0)
          return {
            ...plain,
            attributes: { type },
            content: [el('source', { address: ends[1] === '' ? '127.0.0.1' : ends[1], port: ends[2] })],
          }
      }
      return undefined
    }
    default:
      return undefined
  }
}

export interface Card {
  readonly model: string
  readonly mac?: string | undefined
  readonly queues?: string | undefined
  readonly bootOrder?: string | undefined
}

export function addCard(state: Import, cable: Cable, card: Card): void {
  state.hasNetwork = true
  const queues = cable.queues ?? card.queues
  const model = card.model.replace(/^virtio-net-pci$|^virtio-net$/, 'virtio')
  state.devices.push(
    el('interface', cable.attributes, [
      card.mac === undefined ? undefined : el('mac', { address: card.mac.toLowerCase() }),
      ...cable.content.filter((one) => one?.name !== 'ip' && one?.name !== 'portForward'),
      el('model', { type: model }),
      cable.vhost || queues !== undefined
        ? el('driver', { name: cable.vhost ? 'vhost' : undefined, queues })
        : undefined,
      card.bootOrder === undefined ? undefined : el('boot', { order: card.bootOrder }),
      ...cable.content.filter((one) => one?.name === 'ip' || one?.name === 'portForward'),
    ]),
  )
}

/** -net nic joins -net user and others by their VLAN, which are one hub; without numbers they all are in the first. */
export function netOption(state: Import, text: string): void {
  const options = OptionList.parse(text, 'type')
  state.hasNetwork = true
  if (options.first === 'none') return
  if (options.first === 'nic') state.legacyNics.push(options)
  else state.legacyBackends.push(options)
}

export function settleLegacyNetworks(state: Import): void {
  const { legacyNics: nics, legacyBackends: backends } = state
  if (nics.length === 0 && backends.length === 0 && state.forwards.length === 0) return
  state.tell('-net is the old way: each card is connected on its own, without QEMU’s hub between.')
  if (backends.length === 0 && state.forwards.length > 0) backends.push(OptionList.parse('user', 'type'))
  const left = [...backends]
  for (const nic of nics.length > 0 ? nics : backends.map(() => OptionList.parse('nic', 'type'))) {
    const vlan = nic.get('vlan') ?? '0'
    const netdev = nic.get('netdev')
    const own = netdev === undefined ? undefined : state.netdevs.get(netdev)
    const at = left.findIndex((one) => (one.get('vlan') ?? '0') === vlan)
    const backend = own?.options ?? (at >= 0 ? left.splice(at, 1)[0] : undefined)
    if (netdev !== undefined) state.netdevs.delete(netdev)
    nic.skip('type', 'name', 'vectors', 'addr')
    const model = nic.get('model') ?? usualModel
    const mac = nic.get('macaddr')
    const cable = backend && cableOf(state, backend, state.forwards.splice(0))
    if (backend && !cable) {
      // the same in QEMU's words of today
      const id = `kept${state.kept.length}`
      const words = backend.entries.filter(([name]) => !['vlan', 'name', 'type', 'id'].includes(name))
      state.keep(
        '-netdev',
        [
          backend.first ?? 'user',
          `id=${id}`,
          ...words.map(([name, value]) => `${name}=${value.replaceAll(',', ',,')}`),
        ].join(','),
      )
      state.keep(
        '-device',
        `${model === 'virtio' ? 'virtio-net-pci' : model},netdev=${id}${mac === undefined ? '' : `,mac=${mac}`}`,
      )
      state.tell(
        `What the network “${backend.text}” says has no form here: it is kept word for word, with -netdev and -device.`,
      )
      continue
    }
    addCard(state, cable ?? { attributes: { type: 'null' }, content: [], vhost: false }, { model, mac })
  }
  for (const backend of left) state.tell(`The network “${backend.text}” has no card and is left out.`)
}

/** -nic: both ends in one. */
export function nicOption(state: Import, text: string): void {
  const options = OptionList.parse(text, 'type')
  state.hasNetwork = true
  if (options.first === 'none') return
  const model = options.get('model') ?? usualModel
  const mac = options.get('mac') ?? options.get('macaddr')
  const cable = cableOf(state, options)
  if (cable) addCard(state, cable, { model, mac })
  else state.keep('-nic', text)
}

/** A device that is a network card. False: it says something that has no place. */
export function cardDevice(state: Import, model: string, options: OptionList): boolean {
  const id = options.get('netdev')
  const oldVlan = options.get('vlan')
  const mac = options.get('mac') ?? options.get('macaddr')
  if (options.get('macaddr') !== undefined) state.tell('macaddr= of a device is mac= since QEMU 1.0.')
  if (oldVlan !== undefined)
    state.tell('vlan= of a device is gone: the card is connected to its own network.')
  const wrongRules = options.all('hostfwd')
  if (wrongRules.length > 0)
    state.tell('hostfwd= belongs to the network, not to the card: it is moved there.')
  const misplaced = [
    'net',
    'dhcpstart',
    'host',
    'dns',
    'restrict',
    'tftp',
    'bootfile',
    'hostname',
    'name',
  ].flatMap((name) => {
    const value = options.get(name)
    return value === undefined ? [] : [`${name}=${value}`]
  })
  const bootOrder = options.get('bootindex')
  const isMany = options.flag('mq')
  options.skip('id', 'bus', 'addr', 'multifunction', 'vectors')
  if (options.unread().length > 0) return false
  let backend: Backend | undefined = id === undefined ? undefined : state.netdevs.get(id)
  if (misplaced.length > 0) {
    state.tell(
      `${misplaced.map((one) => one.split('=')[0]).join(', ')} belong to the network, not to the card: they are moved there.`,
    )
    const text = [
      backend?.options.text ?? `user,id=${id ?? 'net0'}`,
      ...misplaced.filter((one) => !one.startsWith('name=')),
    ].join(',')
    backend = { options: OptionList.parse(text, 'type'), words: ['-netdev', text] }
  }
  const cable =
    backend === undefined
      ? id === undefined && oldVlan === undefined && wrongRules.length === 0
        ? { attributes: { type: 'null' }, content: [], vhost: false }
        : cableOf(state, OptionList.parse('user', 'type'), wrongRules)
      : cableOf(state, backend.options, wrongRules)
  if (!cable) {
    if (backend === undefined || id === undefined) return false
    // both ends in today's words
    const rules = wrongRules.map((rule) => `,hostfwd=${rule}`).join('')
    state.netdevs.delete(id)
    state.keep('-netdev', `${backend.options.text}${rules}`)
    state.keep(
      '-device',
      `${model},netdev=${id}${mac === undefined ? '' : `,mac=${mac}`}${bootOrder === undefined ? '' : `,bootindex=${bootOrder}`}`,
    )
    state.tell(`What the network “${backend.options.text}” says has no form here: it is kept word for word.`)
    state.hasNetwork = true
    return true
  }
  if (id !== undefined) state.netdevs.delete(id)
  const queues = cable.queues
  addCard(
    state,
    { ...cable, ...(isMany === true && queues !== undefined ? { queues } : {}) },
    { model, mac, bootOrder },
  )
  return true
}
