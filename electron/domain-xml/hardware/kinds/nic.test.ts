import { describe, expect, it } from 'vitest'
import { nic } from '../../../../shared/model/hardware/kinds/nic'
import { domainWith, tryCase, untried, type FieldCase } from '../testing/every-field'
import { add, change, contextOf, problemsIn, valuesIn } from '../testing/round-trip'

const mac = '52:54:00:aa:00:01'
const item = { kind: 'nic', key: mac }

const of = (type: string, source = '', more = ''): string =>
  [
    `<interface type='${type}'>`,
    `  <mac address='${mac}'/>`,
    ...(source === '' ? [] : [`  ${source}`]),
    `  <model type='virtio'/>`,
    ...(more === '' ? [] : [`  ${more}`]),
    '</interface>',
  ].join('\n')

const network = of('network', `<source network='default'/>`)
const bridge = of('bridge', `<source bridge='br0'/>`)
const direct = of('direct', `<source dev='eth0' mode='bridge'/>`)
const user = of('user')
const passt = of('user', `<backend type='passt'/>`)
const ethernet = of('ethernet')
const hostdev = of(
  'hostdev',
  `<source><address type='pci' domain='0x0000' bus='0x03' slot='0x10' function='0x1'/></source>`,
)
const vhostuser = of('vhostuser', `<source type='unix' path='/run/one.sock' mode='client'/>`)
const driver = (attribute: string): string[] => [`<driver ${attribute}/>`]
const offload = (side: string, attribute: string): string[] => [
  '<driver>',
  `<${side} ${attribute}='off'/>`,
  '</driver>',
]
const limit = (side: string, attribute: string): string[] => [
  '<bandwidth>',
  `<${side} ${attribute}/>`,
  '</bandwidth>',
]

const cases: readonly FieldCase[] = [
  [
    network,
    { type: 'bridge', bridge: 'br0' },
    [
      `<interface type='bridge'>`,
      `<source bridge='br0'/>`,
      `-<interface type='network'>`,
      `-<source network='default'/>`,
    ],
  ],
  [network, { network: 'lab' }, [`<source network='lab'/>`, `-<source network='default'/>`]],
  [
    network,
    { portgroup: 'red' },
    [`<source network='default' portgroup='red'/>`, `-<source network='default'/>`],
  ],
  [network, { mac: '52:54:00:aa:00:02' }, [`<mac address='52:54:00:aa:00:02'/>`, `-<mac address='${mac}'/>`]],
  [network, { macType: 'static' }, [`<mac address='${mac}' type='static'/>`, `-<mac address='${mac}'/>`]],
  [network, { model: 'e1000e' }, [`<model type='e1000e'/>`, `-<model type='virtio'/>`]],
  [network, { linkUp: false }, [`<link state='down'/>`]],
  [bridge, { bridge: 'br1' }, [`<source bridge='br1'/>`, `-<source bridge='br0'/>`]],
  [
    bridge,
    { macTableManager: 'libvirt' },
    [`<source bridge='br0' macTableManager='libvirt'/>`, `-<source bridge='br0'/>`],
  ],
  [direct, { device: 'eth1' }, [`<source dev='eth1' mode='bridge'/>`, `-<source dev='eth0' mode='bridge'/>`]],
  [
    direct,
    { mode: 'passthrough' },
    [`<source dev='eth0' mode='passthrough'/>`, `-<source dev='eth0' mode='bridge'/>`],
  ],
  [user, { backend: 'passt' }, [`<backend type='passt'/>`]],
  [passt, { passtDevice: 'eth0' }, [`<source dev='eth0'/>`]],
  [
    passt,
    { backendLog: '/var/log/passt.log' },
    [`<backend type='passt' logFile='/var/log/passt.log'/>`, `-<backend type='passt'/>`],
  ],
  [
    passt,
    {
      portForwards: [
        { proto: 'tcp', start: 2222, to: 22 },
        { proto: 'tcp', start: 8000, end: 8010, exclude: false },
        { proto: 'udp', address: '10.0.0.1', dev: 'eth0' },
      ],
    },
    [
      `<portForward proto='tcp'>`,
      `<range start='2222' to='22'/>`,
      `<range start='8000' end='8010' exclude='no'/>`,
      `</portForward>`,
      `<portForward proto='udp' address='10.0.0.1' dev='eth0'/>`,
    ],
  ],
  [
    of(
      'hostdev',
      `<source>\n    <address type='pci' domain='0x0000' bus='0x03' slot='0x10' function='0x1'/>\n  </source>`,
    ),
    { hostdev: '0000:03:10.5' },
    [
      `<address type='pci' domain='0x0000' bus='0x03' slot='0x10' function='0x5'/>`,
      `-<address type='pci' domain='0x0000' bus='0x03' slot='0x10' function='0x1'/>`,
    ],
  ],
  [hostdev, { managed: true }, [`<interface type='hostdev' managed='yes'>`, `-<interface type='hostdev'>`]],
  [hostdev, { hostdevDriver: 'vfio' }, driver(`name='vfio'`)],
  [
    vhostuser,
    { socketPath: '/run/two.sock' },
    [
      `<source type='unix' path='/run/two.sock' mode='client'/>`,
      `-<source type='unix' path='/run/one.sock' mode='client'/>`,
    ],
  ],
  [
    vhostuser,
    { socketMode: 'server' },
    [
      `<source type='unix' path='/run/one.sock' mode='server'/>`,
      `-<source type='unix' path='/run/one.sock' mode='client'/>`,
    ],
  ],
  [
    of(
      'vhostuser',
      `<source type='unix' path='/a' mode='client'>\n    <reconnect enabled='no'/>\n  </source>`,
    ),
    { reconnect: true, reconnectSeconds: 10 },
    [`<reconnect enabled='yes' timeout='10'/>`, `-<reconnect enabled='no'/>`],
  ],
  [
    of('vdpa', `<source dev='/dev/vhost-vdpa-0'/>`),
    { vdpaDevice: '/dev/vhost-vdpa-1' },
    [`<source dev='/dev/vhost-vdpa-1'/>`, `-<source dev='/dev/vhost-vdpa-0'/>`],
  ],
  [
    of('mcast', `<source address='230.0.0.1' port='5558'/>`),
    { address: '230.0.0.2', port: 5559 },
    [`<source address='230.0.0.2' port='5559'/>`, `-<source address='230.0.0.1' port='5558'/>`],
  ],
  [
    of(
      'udp',
      `<source address='10.0.0.1' port='5558'>\n    <local address='10.0.0.2' port='5559'/>\n  </source>`,
    ),
    { localAddress: '10.0.0.3', localPort: 5560 },
    [`<local address='10.0.0.3' port='5560'/>`, `-<local address='10.0.0.2' port='5559'/>`],
  ],
  [
    of('internal', `<source name='one'/>`),
    { internalName: 'two' },
    [`<source name='two'/>`, `-<source name='one'/>`],
  ],
  [network, { inAverage: 12_500 * 1024 }, limit('inbound', `average='12500'`)],
  [network, { inPeak: 2048 }, limit('inbound', `peak='2'`)],
  [network, { inBurst: 2048 }, limit('inbound', `burst='2'`)],
  [network, { inFloor: 2048 }, limit('inbound', `floor='2'`)],
  [network, { outAverage: 2048 }, limit('outbound', `average='2'`)],
  [network, { outPeak: 2048 }, limit('outbound', `peak='2'`)],
  [network, { outBurst: 2048 }, limit('outbound', `burst='2'`)],
  [
    network,
    { filter: 'clean-traffic', filterParameters: [{ name: 'IP', value: '10.0.0.5' }] },
    [`<filterref filter='clean-traffic'>`, `<parameter name='IP' value='10.0.0.5'/>`, `</filterref>`],
  ],
  [
    network,
    { vlanTags: [{ id: 42 }, { id: 47, native: 'untagged' }], vlanTrunk: true },
    [`<vlan trunk='yes'>`, `<tag id='42'/>`, `<tag id='47' nativeMode='untagged'/>`, `</vlan>`],
  ],
  [network, { isolated: true }, [`<port isolated='yes'/>`]],
  [
    network,
    { trustRxFilters: true },
    [`<interface type='network' trustGuestRxFilters='yes'>`, `-<interface type='network'>`],
  ],
  [
    bridge,
    { portProfile: 'openvswitch', profileId: 'web', interfaceId: '09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f' },
    [
      `<virtualport type='openvswitch'>`,
      `<parameters profileid='web' interfaceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f'/>`,
      `</virtualport>`,
    ],
  ],
  [
    direct,
    {
      portProfile: '802.1Qbg',
      managerId: 11,
      typeId: 1193047,
      typeIdVersion: 2,
      instanceId: '09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f',
    },
    [
      `<virtualport type='802.1Qbg'>`,
      `<parameters managerid='11' typeid='1193047' typeidversion='2' instanceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f'/>`,
      `</virtualport>`,
    ],
  ],
  [network, { driver: 'vhost', queues: 4 }, driver(`name='vhost' queues='4'`)],
  [network, { rxQueueSize: 512, txQueueSize: 256 }, driver(`rx_queue_size='512' tx_queue_size='256'`)],
  [network, { txMode: 'iothread' }, driver(`txmode='iothread'`)],
  [network, { ioeventfd: true, eventIdx: false }, driver(`ioeventfd='on' event_idx='off'`)],
  [
    network,
    { iommu: true, ats: true, packed: true, pagePerVq: false },
    driver(`iommu='on' ats='on' packed='on' page_per_vq='off'`),
  ],
  [network, { mtu: 9000 }, [`<mtu size='9000'/>`]],
  [network, { coalesceFrames: 32 }, ['<coalesce>', '<rx>', `<frames max='32'/>`, '</rx>', '</coalesce>']],
  [network, { sendBuffer: 1600 }, ['<tune>', '<sndbuf>1600</sndbuf>', '</tune>']],
  [network, { romEnabled: false }, [`<rom enabled='no'/>`]],
  [network, { romBar: true, romFile: '/usr/share/rom.bin' }, [`<rom bar='on' file='/usr/share/rom.bin'/>`]],
  [network, { hostCsum: false }, offload('host', 'csum')],
  [network, { hostGso: false }, offload('host', 'gso')],
  [network, { hostTso4: false }, offload('host', 'tso4')],
  [network, { hostTso6: false }, offload('host', 'tso6')],
  [network, { hostEcn: false }, offload('host', 'ecn')],
  [network, { hostUfo: false }, offload('host', 'ufo')],
  [network, { hostMrgRxbuf: false }, offload('host', 'mrg_rxbuf')],
  [network, { guestCsum: false }, offload('guest', 'csum')],
  [network, { guestTso4: false }, offload('guest', 'tso4')],
  [network, { guestTso6: false }, offload('guest', 'tso6')],
  [network, { guestEcn: false }, offload('guest', 'ecn')],
  [network, { guestUfo: false }, offload('guest', 'ufo')],
  [network, { rss: true, rssReport: false }, driver(`rss='on' rss_hash_report='off'`)],
  [
    user,
    { guestIps: [{ address: '172.17.2.0', family: 'ipv4', prefix: 24 }] },
    [`<ip address='172.17.2.0' family='ipv4' prefix='24'/>`],
  ],
  [
    network,
    { guestRoutes: [{ address: '192.168.9.0', prefix: 24, gateway: '10.0.0.1' }] },
    [`<route address='192.168.9.0' prefix='24' gateway='10.0.0.1'/>`],
  ],
  [
    ethernet,
    { hostIps: [{ address: '10.1.0.1', peer: '10.1.0.2' }] },
    ['<source>', `<ip address='10.1.0.1' peer='10.1.0.2'/>`, '</source>'],
  ],
  [
    ethernet,
    { hostRoutes: [{ address: '192.168.9.0', netmask: '255.255.255.0', gateway: '10.1.0.1', metric: 5 }] },
    [
      '<source>',
      `<route address='192.168.9.0' netmask='255.255.255.0' gateway='10.1.0.1' metric='5'/>`,
      '</source>',
    ],
  ],
  [ethernet, { targetDev: 'tap7', targetManaged: 'no' }, [`<target dev='tap7' managed='no'/>`]],
  [
    ethernet,
    { script: '/etc/up', downScript: '/etc/down' },
    [`<script path='/etc/up'/>`, `<downscript path='/etc/down'/>`],
  ],
  [
    network,
    { tapPath: '/dev/net/tun2', vhostPath: '/dev/vhost-net2' },
    [`<backend tap='/dev/net/tun2' vhost='/dev/vhost-net2'/>`],
  ],
  [bridge, { backendDomain: 'netvm' }, [`<backenddomain name='netvm'/>`]],
  [network, { guestDev: 'eth3' }, [`<guest dev='eth3'/>`]],
  [
    hostdev,
    { teaming: 'transient', teamPartner: 'ua-net0' },
    [`<teaming type='transient' persistent='ua-net0'/>`],
  ],
  [network, { acpiIndex: 2 }, [`<acpi index='2'/>`]],
]

describe('a network card', () => {
  it.each(cases)('%# is changed in these lines only, and back again: %s %o', (...one) => {
    const { lines, restored, before } = tryCase(nic, one)
    expect(lines).toEqual(one[2])
    expect(restored).toBe(before)
  })

  it('has every setting tried', () => expect(untried(nic, cases)).toEqual([]))

  it('keeps nothing of its old connection that the new one does not know', () => {
    const before = domainWith(of('direct', `<source dev='eth0' mode='vepa'/>`, `<target dev='up0'/>`))
    const { added, removed } = change(before, item, { type: 'vdpa', vdpaDevice: '/dev/vhost-vdpa-0' })
    expect(added).toEqual([`<interface type='vdpa'>`, `<source dev='/dev/vhost-vdpa-0'/>`])
    expect(removed).toEqual([
      `<interface type='direct'>`,
      `<source dev='eth0' mode='vepa'/>`,
      `<target dev='up0'/>`,
    ])
  })

  it('loses the switch’s settings with the switch and the driver’s with the model', () => {
    const xml = domainWith(
      of(
        'bridge',
        `<source bridge='br0'/>`,
        `<virtualport type='openvswitch'><parameters interfaceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f'/></virtualport><driver name='vhost' queues='4'><host tso4='off'/></driver>`,
      ),
    )
    const { text } = change(xml, item, { model: 'e1000e' }, ['portProfile'])
    expect(text).not.toMatch(/virtualport|driver/)
  })

  it('without tags has no VLAN, even where it was a trunk', () => {
    const xml = domainWith(
      of('bridge', `<source bridge='br0'/>`, `<vlan trunk='yes'><tag id='1'/><tag id='2'/></vlan>`),
    )
    expect(valuesIn(xml, item)).toMatchObject({ vlanTrunk: true, vlanTags: [{ id: 1 }, { id: 2 }] })
    expect(change(xml, item, {}, ['vlanTags']).text).not.toContain('vlan')
  })

  it('of a network is one while it runs too, whatever the network made of it', () => {
    const running = of(
      'bridge',
      `<source network='lab' portid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f' bridge='br7'/>`,
    )
    expect(valuesIn(domainWith(running), item)).toEqual({
      type: 'network',
      network: 'lab',
      portId: '09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f',
      mac,
      model: 'virtio',
    })
    const macvtap = of('direct', `<source network='lab' dev='eth0' mode='bridge'/>`)
    expect(valuesIn(domainWith(macvtap), item)).toMatchObject({ type: 'network', network: 'lab' })
  })

  it('keeps the forwards it does not change, and what is unknown about them', () => {
    const xml = domainWith(
      of(
        'user',
        `<backend type='passt'/>`,
        `<portForward proto='tcp' x='1'>\n    <range start='22' y='2'/>\n    <range start='80' exclude='yes'/>\n  </portForward>\n  <portForward proto='udp'/>`,
      ),
    )
    const forwards = [
      { proto: 'tcp', start: 22 },
      { proto: 'tcp', start: 80, exclude: true },
      { proto: 'udp' },
    ]
    expect(valuesIn(xml, item)['portForwards']).toEqual(forwards)
    const { added, removed, restored } = change(xml, item, {
      portForwards: [{ proto: 'tcp', start: 2222, to: 22 }, ...forwards.slice(1)],
    })
    expect(added).toEqual([`<range start='2222' y='2' to='22'/>`])
    expect(removed).toEqual([`<range start='22' y='2'/>`])
    expect(restored).toBe(xml)
  })

  it('is named by its MAC address, however that is written', () => {
    expect(valuesIn(domainWith(network.replace(mac, mac.toUpperCase())), item)['network']).toBe('default')
  })

  it('comes new with an address of its own and the best model the guest has drivers for', () => {
    const empty = domainWith('<emulator>/usr/bin/qemu-system-x86_64</emulator>')
    const values = nic.defaults?.(contextOf(empty)) ?? {}
    expect(values).toMatchObject({ type: 'network', network: 'default', model: 'virtio' })
    expect(values['mac']).toMatch(/^52:54:00:/)
    expect(add(empty, 'nic', { ...values, mac }).added).toEqual([
      `<interface type='network'>`,
      `<mac address='${mac}'/>`,
      `<source network='default'/>`,
      `<model type='virtio'/>`,
      '</interface>',
    ])
    const windows = { ...contextOf(empty), osId: 'http://microsoft.com/win/11' }
    expect(nic.defaults?.(windows)['model']).toBe('e1000e')
    expect(nic.defaults?.({ ...windows, items: contextOf(domainWith(network)).items })['model']).toBe(
      'virtio',
    )
    const xen = nic.defaults?.({ ...contextOf(empty), virtType: 'xen' })
    expect(xen?.['mac']).toMatch(/^00:16:3e:/)
    expect(xen?.['model']).toBe('netfront')
  })
})

describe('the models of a network card', () => {
  it('is plugged into the network that the user chose for new cards of the host', () => {
    const context = { ...contextOf(domainWith(network)), usualNetwork: 'office' }
    expect(nic.defaults?.(context)).toMatchObject({ type: 'network', network: 'office' })
  })

  it('are those of QEMU and Xen, and others may be typed', () => {
    const { type } = nic.fields.model
    if (type.kind !== 'choice') throw new Error('no choice')
    expect(type.choices.map(({ value }) => value)).toEqual(
      expect.arrayContaining([
        'virtio',
        'e1000',
        'e1000e',
        'rtl8139',
        'pcnet',
        'ne2k_pci',
        'ne2k_isa',
        'i82551',
        'e1000-82544gc',
        'e1000-82545em',
        'netfront',
      ]),
    )
    expect(type.allowsOther).toBe(true)
  })

  it('and what it is connected to are explained, as far as a name does not do it', () => {
    const { type } = nic.fields.type
    if (type.kind !== 'choice') throw new Error('no choice')
    const note = (kind: string) => type.choices.find(({ value }) => value === kind)?.note
    expect(note('bridge')).toContain('a machine of its own')
    expect(note('direct')).toContain('the host itself is not reached')
    expect(note('user')).toContain('nobody reaches it from outside')
    expect(note('network')).toContain('NAT, routed, isolated')
    expect(nic.fields.bridge.help).toContain('they reach each other only')
    expect(note('hostdev')).toContain('SR-IOV')
  })
})

describe('problems of a network card', () => {
  const messages = (device: string) => problemsIn(nic, domainWith(device), item).map(({ message }) => message)

  it('are an address that is used twice, with a free one at hand', () => {
    const twice = domainWith(`${network}\n${bridge}`)
    const [problem] = nic.check?.(valuesIn(twice, item), { ...contextOf(twice), self: item }) ?? []
    expect(problem).toMatchObject({
      severity: 'error',
      field: 'mac',
      fix: { changes: [{ kind: 'set', item, values: { mac: '52:54:00:aa:00:02' } }] },
    })
    const others = {
      ...contextOf(domainWith(network)),
      self: item,
      otherMacs: [mac.toUpperCase(), '52:54:00:aa:00:02'],
    }
    const [warning] = nic.check?.(valuesIn(domainWith(network), item), others) ?? []
    expect(warning).toMatchObject({
      severity: 'warning',
      fix: { changes: [{ values: { mac: '52:54:00:aa:00:03' } }] },
    })
  })

  it('are addresses that do not work, or that everybody has', () => {
    const about = (address: string) =>
      nic.check?.({ type: 'network', network: 'default', mac: address }, contextOf(domainWith(network))) ?? []
    expect(about('fe:54:00:00:00:01')[0]?.severity).toBe('error')
    expect(about('00:00:00:00:00:00')[0]?.severity).toBe('error')
    expect(about('52:54:00:12:34:56')[0]?.severity).toBe('warning')
    expect(about('52:54:00:12:34:57')).toEqual([])
  })

  it('are what macvtap and user mode cannot do', () => {
    expect(messages(direct)).toEqual([expect.stringContaining('do not reach each other')])
    expect(messages(direct.replace(`'bridge'`, `'passthrough'`))).toEqual([
      expect.stringContaining('host loses'),
    ])
    expect(messages(user)).toEqual([expect.stringContaining('Port forwards need passt')])
    expect(messages(passt)).toEqual([])
  })

  it('are limits and tags that do not go together', () => {
    const errors = (values: object) =>
      (
        nic.check?.({ type: 'network', network: 'default', ...values }, contextOf(domainWith(network))) ?? []
      ).map(({ field }) => field)
    expect(errors({ inPeak: 2048 })).toEqual(['inAverage'])
    expect(errors({ outAverage: 4096, outPeak: 2048 })).toEqual(['outPeak'])
    expect(errors({ outAverage: 2048, outPeak: 4096 })).toEqual([])
    expect(errors({ vlanTags: [{ id: 1 }, { id: 1 }] })).toEqual(['vlanTags'])
    expect(
      errors({
        vlanTags: [
          { id: 1, native: 'tagged' },
          { id: 2, native: 'tagged' },
        ],
      }),
    ).toEqual(['vlanTags'])
    expect(errors({ rxQueueSize: 300 })).toEqual(['rxQueueSize'])
    expect(errors({ queues: 2, driver: 'qemu' })).toEqual(['queues'])
    expect(errors({ queues: 2, driver: 'vhost' })).toEqual([])
  })

  it('are queues beyond the number of virtual CPUs, with the number as the cure', () => {
    const xml = domainWith(network).replace('<os>', '<vcpu>4</vcpu>\n  <os>')
    const about = (queues: number) =>
      nic.check?.({ ...valuesIn(xml, item), queues }, { ...contextOf(xml), self: item }) ?? []
    expect(about(8)).toMatchObject([
      { severity: 'hint', field: 'queues', fix: { changes: [{ item, values: { queues: 4 } }] } },
    ])
    expect(about(4)).toEqual([])
  })

  it('are that a card of the host keeps the VM from moving, unless it is the part of a team that goes', () => {
    expect(messages(hostdev)).toEqual([expect.stringContaining('cannot be migrated')])
    const { text } = change(domainWith(hostdev), item, { teaming: 'transient', teamPartner: 'ua-net0' })
    expect(problemsIn(nic, text, item)).toEqual([])
  })

  it('ask for the address of a routed Xen guest, and tell what to type in it', () => {
    const routed = (more: object) =>
      nic.check?.(
        { type: 'ethernet', script: '/etc/xen/scripts/vif-route-ifup', ...more },
        contextOf(domainWith(ethernet, 'xen')),
      ) ?? []
    expect(routed({})).toMatchObject([{ severity: 'warning', field: 'script' }])
    expect(routed({ guestIps: [{ address: '192.0.2.20' }] })).toMatchObject([
      { severity: 'hint', message: expect.stringContaining('ip addr add 192.0.2.20/32') as string },
    ])
    expect(routed({ script: '/etc/up' })).toEqual([])
  })

  it('tell how to sign in where a forward leads to the guest’s ssh', () => {
    const forwarded = (forward: object) =>
      nic.check?.(
        { type: 'user', backend: 'passt', portForwards: [{ proto: 'tcp', ...forward }] },
        contextOf(domainWith(passt)),
      ) ?? []
    expect(forwarded({ start: 2222, to: 22 })).toMatchObject([
      { severity: 'hint', message: 'Signing in from outside: ssh -p 2222 USER@HOST' },
    ])
    expect(forwarded({ start: 22, address: '192.0.2.7' })).toMatchObject([
      { message: 'Signing in from outside: ssh USER@192.0.2.7' },
    ])
    expect(forwarded({ start: 8080, to: 80 })).toEqual([])
  })

  it('are more than eight cards on Xen, and cards a Xen guest sees twice', () => {
    const nine = Array.from({ length: 9 }, (_, at) => network.replace(mac, `00:16:3e:00:00:0${at}`)).join(
      '\n',
    )
    const xen = domainWith(nine, 'xen')
    const problems =
      nic.check?.({ type: 'network', network: 'default', model: 'e1000' }, contextOf(xen)) ?? []
    expect(problems.map(({ severity }) => severity)).toEqual(['error', 'hint'])
  })
})
