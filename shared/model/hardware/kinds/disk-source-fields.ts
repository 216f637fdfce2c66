import {
  choice,
  existingPath,
  flag,
  hostChoice,
  integer,
  path,
  rows,
  secret,
  size,
  text,
  type Field,
  type Values,
} from '../field'
import { all, deviceIs, isRemovable, not, protocolIs, sourceIs, sourceTypeOf } from './disk-when'

/** The medium of a drive can be changed under a running guest, the image of a hard disk cannot. */
/** What libvirt's schema takes (basictypes.rng, genericName; domaincommon.rng, cookies). */
const plainName = {
  pattern: /^[a-zA-Z0-9_+-]+$/,
  otherwise: 'Use letters without accents, digits and _ + - only',
}
const cookieName = {
  pattern: /^[!#$%&'*+\-.0-9A-Z^_`a-z|~]+$/,
  otherwise: 'Use letters without accents, digits and signs, no spaces',
}
const cookieValue = {
  pattern: /^[!#$%&'()*+\-./0-9:>=<?@A-Z^_`[\]a-z|~]+$/,
  otherwise: 'Use letters without accents, digits and signs, no spaces',
}

const media = {
  isLive: true,
  liveWhen: isRemovable,
  whyNotLive: 'Only the medium of a CD or floppy drive can be changed while the guest runs',
} as const

const web = ['http', 'https', 'ftp', 'ftps'] as const
const withAuth = protocolIs('rbd', 'iscsi', ...web)
const rareProtocols = ['ssh', 'tftp', 'sheepdog', 'vxhs']
const isLocal = sourceIs('file', 'block', 'dir', 'volume', 'nvme')

/** What libvirt takes as the medium of a kind of drive: a LUN is a real device. */
function suitsDevice(type: string, values: Values): boolean {
  if (deviceIs('lun')(values)) return type === 'block' || type === 'network' || type === 'volume'
  if (isRemovable(values)) return type !== 'nvme' && type !== 'vhostuser'
  return true
}

/** Where the content of a disk is. */
export const sourceFields = {
  sourceType: {
    label: 'Source',
    type: choice(
      [
        ['file', 'Image file'],
        ['block', 'Device of the host'],
        ['volume', 'Volume of a pool'],
        ['network', 'Network storage'],
        ['dir', 'Folder, shown as a FAT disk'],
        ['nvme', 'NVMe device, handed over whole'],
        ['vhostuser', 'A vhost-user server'],
      ],
      { offeredWhen: suitsDevice },
    ),
    absent: 'Image file',
    ...media,
  },
  file: { label: 'Image', type: existingPath, absent: 'No medium', when: sourceIs('file'), ...media },
  blockDevice: {
    label: 'Device',
    type: existingPath,
    absent: 'No medium',
    help: 'A path that stays the same, such as one in /dev/disk/by-id.',
    when: sourceIs('block'),
    ...media,
  },
  directory: { label: 'Folder', type: path, when: sourceIs('dir'), ...media },
  pool: { label: 'Pool', type: hostChoice('pool'), absent: 'No medium', when: sourceIs('volume'), ...media },
  volume: {
    label: 'Volume',
    type: hostChoice('volume'),
    absent: 'No medium',
    when: sourceIs('volume'),
    ...media,
  },
  volumeMode: {
    label: 'Reached',
    type: choice([
      ['host', 'Through the device on the host'],
      ['direct', 'By the emulator itself'],
    ]),
    absent: 'Through the device on the host',
    help: 'Only for volumes of iSCSI pools.',
    when: sourceIs('volume'),
    isAdvanced: true,
    ...media,
  },
  protocol: {
    label: 'Protocol',
    type: choice(
      [
        ['nbd', 'NBD'],
        ['rbd', 'Ceph RBD'],
        ['iscsi', 'iSCSI'],
        ['gluster', 'Gluster'],
        ['nfs', 'NFS'],
        ['https', 'HTTPS'],
        ['http', 'HTTP'],
        ['ftps', 'FTPS'],
        ['ftp', 'FTP'],
        ['ssh', 'SSH'],
        ['tftp', 'TFTP'],
        ['sheepdog', 'Sheepdog'],
        ['vxhs', 'VxHS'],
      ],
      // the emulators of today no longer have some, and libvirt 9 does not know one yet: shown where they are
      { offeredWhen: (name, { protocol }) => !rareProtocols.includes(name) || protocol === name },
    ),
    when: sourceIs('network'),
    ...media,
  },
  sourceName: {
    label: 'Name on the server',
    type: text(),
    help: 'RBD: pool/image. iSCSI: target/LUN number. Gluster: volume/path. NBD: export. Otherwise the path.',
    when: sourceIs('network'),
    ...media,
  },
  hosts: {
    label: 'Servers',
    type: rows('server', {
      name: {
        label: 'Host or address',
        type: text({ maxLength: 255 }),
        when: (row) => row.transport !== 'unix',
      },
      port: {
        label: 'Port',
        type: integer(1, 65_535),
        absent: 'Of the protocol',
        when: (row) => row.transport !== 'unix',
      },
      transport: {
        label: 'Transport',
        type: choice([
          ['tcp', 'TCP'],
          ['rdma', 'RDMA'],
          ['unix', 'Unix socket'],
        ]),
        absent: 'TCP',
      },
      socket: { label: 'Socket', type: path, when: (row) => row.transport === 'unix' },
    }),
    help: 'Ceph takes several monitors, or none to use those of its configuration; others have one server.',
    when: sourceIs('network'),
    ...media,
  },
  query: {
    label: 'Query',
    type: text(),
    absent: 'None',
    help: 'What follows the "?" of the address.',
    when: protocolIs('http', 'https'),
    isAdvanced: true,
    ...media,
  },
  tls: {
    label: 'TLS',
    type: flag,
    absent: 'As the host is set up',
    when: protocolIs('nbd', 'vxhs'),
    ...media,
  },
  tlsHostname: {
    label: 'Name in the certificate',
    type: text({ maxLength: 255 }),
    absent: 'That of the server',
    when: protocolIs('nbd'),
    isAdvanced: true,
    ...media,
  },
  sslVerify: {
    label: 'Check the certificate',
    type: flag,
    absent: 'Yes',
    when: protocolIs('https', 'ftps'),
    isAdvanced: true,
    ...media,
  },
  cookies: {
    label: 'Cookies',
    type: rows('cookie', {
      name: { label: 'Name', type: text({ maxLength: 256, form: cookieName }), isRequired: true },
      value: { label: 'Value', type: secret(4096, cookieValue), isRequired: true },
    }),
    absent: 'None',
    when: protocolIs('http', 'https'),
    isAdvanced: true,
    ...media,
  },
  readaheadBytes: {
    label: 'Read ahead',
    type: size(1),
    when: protocolIs(...web, 'tftp', 'sheepdog'),
    isAdvanced: true,
    ...media,
  },
  timeoutSeconds: {
    label: 'Timeout',
    type: integer(1, undefined, 's'),
    when: protocolIs(...web, 'tftp', 'sheepdog'),
    isAdvanced: true,
    ...media,
  },
  initiator: {
    label: 'Initiator name',
    type: text({ maxLength: 255, isMono: true }),
    help: 'The IQN that the target knows this VM by.',
    absent: 'Of the emulator',
    when: protocolIs('iscsi'),
    ...media,
  },
  rbdSnapshot: {
    label: 'Snapshot of the image',
    type: text({ maxLength: 255 }),
    absent: 'The image itself',
    when: protocolIs('rbd'),
    isAdvanced: true,
    ...media,
  },
  rbdConfig: {
    label: 'Ceph configuration',
    type: path,
    absent: '/etc/ceph/ceph.conf',
    when: protocolIs('rbd'),
    isAdvanced: true,
    ...media,
  },
  nfsUser: {
    label: 'NFS user',
    type: text({ maxLength: 64 }),
    help: 'A name, or "+" and a number.',
    absent: 'Of the emulator',
    when: protocolIs('nfs'),
    ...media,
  },
  nfsGroup: {
    label: 'NFS group',
    type: text({ maxLength: 64 }),
    absent: 'Of the emulator',
    when: protocolIs('nfs'),
    ...media,
  },
  authUser: {
    label: 'User',
    type: text({ maxLength: 256, form: plainName }),
    absent: 'No sign-in',
    when: withAuth,
    ...media,
  },
  authSecret: {
    label: 'Secret',
    type: hostChoice('secret'),
    help: 'A secret that the host keeps: its UUID, or what it is for. The password is never in the VM.',
    when: all(withAuth, (values) => values.authUser !== undefined),
    ...media,
  },
  nvmeAddress: {
    label: 'NVMe controller',
    type: hostChoice('pci-nvme-drive'),
    help: 'The host loses this device while the VM runs, with all that is on it.',
    when: sourceIs('nvme'),
  },
  nvmeNamespace: { label: 'Namespace', type: integer(1, 4_294_967_295), when: sourceIs('nvme') },
  nvmeManaged: {
    label: 'Take it from the host at start',
    type: flag,
    absent: 'No, it was detached by hand',
    when: sourceIs('nvme'),
  },
  socket: {
    label: 'Socket of the server',
    type: path,
    when: sourceIs('vhostuser'),
  },
  reconnect: {
    label: 'Connect again when lost',
    type: flag,
    absent: 'No',
    when: sourceIs('vhostuser'),
  },
  reconnectSeconds: {
    label: 'Try again after',
    type: integer(0, 4_294_967_295, 's'),
    when: all(sourceIs('vhostuser'), (values) => values.reconnect === true),
  },
  startupPolicy: {
    label: 'When it is missing at start',
    type: choice(
      [
        ['mandatory', 'Do not start'],
        ['requisite', 'Do not start, but let migrations go on without it'],
        ['optional', 'Start without it'],
      ],
      { offeredWhen: (policy, values) => policy !== 'requisite' || isRemovable(values) },
    ),
    absent: 'Do not start',
    when: isLocal,
    isLive: true,
  },
  encryptionFormat: {
    label: 'Encryption',
    type: choice([
      ['luks', 'LUKS'],
      ['luks2', 'LUKS2, by Ceph'],
      ['qcow', 'Of old qcow images'],
      ['default', 'Default'],
    ]),
    absent: 'None',
    help: 'Says how the image is encrypted already; it does not encrypt one.',
    when: not(sourceIs('vhostuser')),
  },
  encryptionSecret: {
    label: 'Passphrase',
    type: hostChoice('secret'),
    help: 'A secret that the host keeps: its UUID, or what it is for.',
    when: (values) => values.encryptionFormat !== undefined && sourceTypeOf(values) !== 'vhostuser',
  },
  encryptionEngine: {
    label: 'Decrypted by',
    type: choice([
      ['qemu', 'The emulator'],
      ['librbd', 'Ceph'],
    ]),
    absent: 'The emulator',
    when: (values) => values.encryptionFormat !== undefined && sourceTypeOf(values) !== 'vhostuser',
    isAdvanced: true,
  },
  backing: {
    label: 'Backing images',
    type: rows('image', {
      source: { label: 'Image', type: text() },
      format: { label: 'Format', type: text() },
    }),
    absent: 'None known before the start',
    help: 'What this image builds on, the nearest first. All are needed, and none may be written to.',
    isReadOnly: true,
  },
  seclabels: {
    label: 'Security labels',
    type: rows('label', {
      model: { label: 'Model', type: text({ maxLength: 64 }), absent: 'All' },
      relabel: { label: 'Label the image', type: flag, absent: 'Yes' },
      label: { label: 'Label', type: text(), when: (row) => row.relabel !== false },
    }),
    absent: 'As the VM',
    when: sourceIs('file', 'block', 'volume'),
    isAdvanced: true,
  },
} as const satisfies { readonly [field: string]: Field }
