import { choice, has, integer, plain, text } from '../field'
import { isIpv4 } from '../ip'
import {
  defineKind,
  isQemu,
  isXen,
  itemsOf,
  type CheckContext,
  type HardwareContext,
  type Problem,
} from '../kind'
import type { Values } from '../field'
import { charBackend, charEndFields, charMoreFields, charSummary, checkChar } from './char-backend'

const agentName = 'org.qemu.guest_agent.0'
const spiceName = 'com.redhat.spice.0'
const knownNames: Record<string, string> = {
  [agentName]: 'Guest agent channel',
  [spiceName]: 'SPICE agent channel',
  'org.spice-space.webdav.0': 'Shared folder channel (SPICE)',
  'org.libguestfs.channel.0': 'libguestfs channel',
}

export const channel = defineKind({
  id: 'channel',
  label: 'Channel',
  role: 'device',
  fields: {
    ...charBackend(
      [
        'unix',
        'spicevmc',
        'qemu-vdagent',
        'spiceport',
        'pty',
        'tcp',
        'udp',
        'file',
        'pipe',
        'dev',
        'null',
        'stdio',
        'vc',
        'dbus',
      ],
      { isPathMade: true },
    ),
    mode: {
      label: 'The VM',
      type: choice([
        ['bind', 'Waits for a connection'],
        ['connect', 'Connects'],
      ]),
      when: has('type', 'tcp', 'unix'),
      absent: 'Waits for a connection',
      isFilledIn: true,
    },
    targetType: {
      label: 'In the guest',
      type: choice([
        ['virtio', 'VirtIO port'],
        ['xen', 'Xen channel'],
        ['guestfwd', 'Address in the user-mode network'],
      ]),
      isRequired: true,
      whyNotLive: 'It is another channel: remove this one and add another.',
    },
    name: {
      label: 'Name',
      type: choice(
        [
          [agentName, 'Guest agent', 'lets the host ask and tell the guest'],
          [spiceName, 'SPICE agent', 'clipboard and screen size'],
          ['org.spice-space.webdav.0', 'Shared folder (SPICE)'],
        ],
        { allowsOther: true },
      ),
      when: has('targetType', 'virtio', 'xen'),
      absent: 'None',
      help: 'Programs in the guest find it by this name.',
      whyNotLive: 'It is another channel: remove this one and add another.',
    },
    state: {
      label: 'In the guest now',
      type: choice([
        ['connected', 'A program uses it'],
        ['disconnected', 'No program uses it'],
      ]),
      when: has('targetType', 'virtio'),
      isReadOnly: true,
    },
    address: {
      label: 'Address',
      type: text({ maxLength: 15, isMono: true }),
      when: has('targetType', 'guestfwd'),
      isRequired: true,
    },
    port: { label: 'Port', type: integer(1, 65_535), when: has('targetType', 'guestfwd'), isRequired: true },
  },
  groups: [
    {
      title: '',
      fields: ['name', ...charEndFields, 'targetType', 'address', 'port', 'state'],
    },
    { title: 'Log and more', fields: [...charMoreFields] },
  ],
  title: ({ name, address, port }) =>
    knownNames[plain(name)] ??
    (address === undefined ? `Channel ${plain(name)}`.trim() : `Channel ${plain(address)}:${plain(port)}`),
  summary: charSummary,
  whyNotOffered: (context) =>
    isQemu(context) || isXen(context) ? undefined : 'Only VMs of QEMU and Xen have channels',
  defaults,
  hotplug: ({ targetType }) =>
    targetType === 'virtio' ? true : 'Only VirtIO channels come and go while the guest runs',
  whatGoes: ({ name }) =>
    name === agentName
      ? [
          'The host can no longer ask the guest agent: for addresses, a clean shutdown or a still file system.',
        ]
      : name === spiceName
        ? ['Clipboard and screen size no longer follow the viewer.']
        : [],
  check: checkChannel,
})

/** The next one a guest is likely to need: the agent, then that of the viewer. */
function defaults(context: HardwareContext): Values {
  const names = new Set(itemsOf(context, 'channel').map(({ values }) => plain(values['name'])))
  const targetType = isXen(context) ? 'xen' : 'virtio'
  if (!names.has(agentName))
    // libvirt makes a path only for VirtIO
    return {
      type: 'unix',
      targetType,
      name: agentName,
      ...(targetType === 'xen' ? { mode: 'bind', path: `/var/lib/libvirt/xen/${agentName}.sock` } : {}),
    }
  const types = new Set(itemsOf(context, 'graphics').map(({ values }) => values['type']))
  if (!names.has(spiceName) && types.has('spice')) return { type: 'spicevmc', targetType, name: spiceName }
  if (!names.has(spiceName) && types.has('vnc'))
    return { type: 'qemu-vdagent', targetType, name: spiceName, clipboard: true }
  let number = 0
  while (names.has(`channel.${number}`)) number += 1
  return { type: 'unix', targetType, name: `channel.${number}` }
}

function checkChannel(values: Values, context: CheckContext): readonly Problem[] {
  const error = (field: string, message: string): Problem => ({ severity: 'error', field, message })
  const name = plain(values['name'])
  const isTwice = itemsOf(context, 'channel').some(
    (item) => item.ref.key !== context.self?.key && item.values['name'] === name,
  )
  return [
    ...checkChar(values, context),
    ...(name !== '' && isTwice ? [error('name', 'Another channel has this name')] : []),
    ...(['file', 'pipe', 'dev'].includes(plain(values['type'])) && values['path'] === undefined
      ? [error('path', 'Enter a path')]
      : []),
    ...(values['address'] !== undefined && !isIpv4(plain(values['address']))
      ? [error('address', 'Enter an IPv4 address such as 10.0.2.100')]
      : []),
    ...(values['type'] === 'qemu-vdagent' && name !== '' && name !== spiceName
      ? [error('name', `The agent in the guest looks for ${spiceName}`)]
      : []),
  ]
}
