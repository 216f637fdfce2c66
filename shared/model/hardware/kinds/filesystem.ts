import {
  choice,
  existingFolder,
  existingPath,
  flag,
  integer,
  path,
  plain,
  size,
  text,
  type Values,
} from '../field'
import { defineKind, isContainer, isQemu, itemsOf, offers, type HardwareContext } from '../kind'
import { noFreePort } from '../pci-ports'
import { filesystemProblems } from './filesystem-rules'

const typeOf = (values: Values): string => plain(values.type) || 'mount'
const isFolder = (values: Values): boolean => ['mount', 'bind'].includes(typeOf(values))
const isVirtiofs = (values: Values): boolean => values.driver === 'virtiofs'
const isOwnServer = (values: Values): boolean => isVirtiofs(values) && values.socket === undefined
/** Of 9p, which virtiofs does not have. */
const isMapped = (values: Values): boolean => isFolder(values) && !isVirtiofs(values)
const isImage = (values: Values): boolean => ['file', 'block'].includes(typeOf(values))

const virtio = { isAdvanced: true, absent: 'No' } as const

export const filesystem = defineKind({
  id: 'filesystem',
  label: 'Shared folder',
  role: 'device',
  fields: {
    type: {
      label: 'What',
      type: choice([
        ['mount', 'Folder of the host'],
        ['bind', 'Folder of the container', 'another folder of it, seen here as well'],
        ['file', 'File system in an image'],
        ['block', 'File system on a device'],
        ['ram', 'Memory (tmpfs)'],
        ['template', 'OpenVZ template'],
      ]),
      absent: 'Folder of the host',
    },
    driver: {
      label: 'Driver',
      type: choice(
        [
          ['virtiofs', 'virtiofs', 'fast; works like a local file system; needs shared memory'],
          ['path', '9p', 'slower; works with any memory; not in RHEL and its kin'],
          ['loop', 'Loop device', 'raw images'],
          ['nbd', 'NBD', 'images of other formats'],
          ['ploop', 'Parallels'],
          ['handle', '9p by handles', 'no longer in QEMU'],
        ],
        {
          offeredWhen: (driver, values) => {
            if (driver === 'handle') return values.driver === 'handle'
            const isOfFolder = driver === 'virtiofs' || driver === 'path'
            return isFolder(values) === isOfFolder
          },
        },
      ),
      absent: 'Hypervisor default',
    },
    directory: {
      label: 'Folder',
      type: existingFolder,
      when: (values) => isFolder(values) && values.socket === undefined,
    },
    socket: {
      label: 'Socket of a virtiofsd of your own',
      type: path,
      absent: 'libvirt starts virtiofsd',
      when: (values) => typeOf(values) === 'mount' && isVirtiofs(values) && values.directory === undefined,
      isAdvanced: true,
    },
    image: { label: 'Image', type: existingPath, when: (values) => typeOf(values) === 'file' },
    device: { label: 'Device', type: existingPath, when: (values) => typeOf(values) === 'block' },
    templateName: {
      label: 'Template',
      type: text({
        maxLength: 256,
        form: {
          pattern: /^[a-zA-Z0-9_+-]+$/,
          otherwise: 'Use letters without accents, digits and _ + - only',
        },
      }),
      when: (values) => typeOf(values) === 'template',
    },
    memoryBytes: { label: 'Size', type: size(1024), when: (values) => typeOf(values) === 'ram' },
    target: {
      label: 'Name in the guest',
      type: text({ maxLength: 4096 }),
      isRequired: true,
      help: 'The guest mounts the folder by this name; in a container it is the path where it appears.',
    },
    readOnly: { label: 'Read-only', type: flag, absent: 'No', when: (values) => !isVirtiofs(values) },
    accessMode: {
      label: 'Owners and rights',
      type: choice(
        [
          ['passthrough', 'Kept as they are', 'the emulator needs root for all to work'],
          ['mapped', 'Kept in attributes', 'files belong to the emulator on the host'],
          ['squash', 'Kept where possible', 'errors are ignored'],
        ],
        { offeredWhen: (mode, values) => mode === 'passthrough' || !isVirtiofs(values) },
      ),
      absent: 'Kept as they are',
    },
    format: {
      label: 'Format',
      type: choice(['raw', 'qcow2', 'qcow', 'qed', 'vmdk', 'vdi', 'vpc', 'ploop'], { allowsOther: true }),
      absent: 'Raw',
      when: isImage,
    },
    model: {
      label: 'VirtIO version',
      type: choice([
        ['virtio', 'As the slot allows'],
        ['virtio-transitional', 'Old and new'],
        ['virtio-non-transitional', 'New only'],
      ]),
      absent: 'As the slot allows',
      when: isFolder,
      isAdvanced: true,
    },
    multidevs: {
      label: 'Several devices below the folder',
      type: choice([
        ['default', 'Default of the emulator'],
        ['remap', 'Keep files apart'],
        ['forbid', 'Show only one device'],
        ['warn', 'Log a warning'],
      ]),
      absent: 'Log a warning',
      when: isMapped,
      isAdvanced: true,
    },
    fileMode: {
      label: 'Rights of new files',
      type: text({ maxLength: 4, isMono: true }),
      help: 'Octal, with owners and rights kept in attributes.',
      absent: '600',
      when: (values) => isMapped(values) && values.accessMode === 'mapped',
      isAdvanced: true,
    },
    folderMode: {
      label: 'Rights of new folders',
      type: text({ maxLength: 4, isMono: true }),
      absent: '700',
      when: (values) => isMapped(values) && values.accessMode === 'mapped',
      isAdvanced: true,
    },
    writesAtOnce: {
      label: 'Write to disk at once',
      type: choice([['immediate', 'Yes']]),
      absent: 'No',
      when: (values) => !isVirtiofs(values),
      isAdvanced: true,
    },
    queueSize: {
      label: 'Queue size',
      type: integer(1, 1024),
      absent: 'Hypervisor default',
      when: isVirtiofs,
      isAdvanced: true,
    },
    binary: {
      label: 'Program',
      type: path,
      absent: 'virtiofsd of the host',
      when: isOwnServer,
      isAdvanced: true,
    },
    xattr: {
      label: 'Extended attributes',
      type: flag,
      absent: 'No',
      help: 'What SELinux, capabilities and ACLs in the guest need.',
      when: isOwnServer,
    },
    cache: {
      label: 'Cache',
      type: choice([
        ['none', 'None', 'what others change is seen at once'],
        ['always', 'Always', 'fastest, for folders that nobody else changes'],
      ]),
      absent: 'Automatic',
      when: isOwnServer,
    },
    sandbox: {
      label: 'Sandbox',
      type: choice([
        ['namespace', 'Namespaces'],
        ['chroot', 'Changed root'],
      ]),
      absent: 'Namespaces',
      when: isOwnServer,
      isAdvanced: true,
    },
    lockPosix: {
      label: 'Posix locks reach the host',
      type: flag,
      absent: 'No',
      when: isOwnServer,
      isAdvanced: true,
    },
    lockFlock: {
      label: 'File locks (flock) reach the host',
      type: flag,
      absent: 'No',
      when: isOwnServer,
      isAdvanced: true,
    },
    threads: {
      label: 'Threads',
      type: integer(0, 65_536),
      absent: 'Default of virtiofsd',
      when: isOwnServer,
      isAdvanced: true,
    },
    hardLimitBytes: {
      label: 'Space, at most',
      type: size(1024),
      absent: 'Unlimited',
      when: (values) => typeOf(values) === 'template',
    },
    softLimitBytes: {
      label: 'Space, with a warning',
      type: size(1024),
      absent: 'Unlimited',
      when: (values) => typeOf(values) === 'template',
    },
    iommu: { label: 'Behind the virtual IOMMU', type: flag, when: isFolder, ...virtio },
    ats: { label: 'Address translation service', type: flag, when: isFolder, ...virtio },
    packed: { label: 'Packed queues', type: flag, when: isFolder, ...virtio },
    pagePerVq: { label: 'One page for each queue', type: flag, when: isFolder, ...virtio },
  },
  groups: [
    {
      title: '',
      fields: [
        'type',
        'driver',
        'directory',
        'socket',
        'image',
        'device',
        'templateName',
        'memoryBytes',
        'target',
        'readOnly',
        'accessMode',
        'format',
      ],
    },
    {
      title: 'virtiofs',
      fields: ['xattr', 'cache', 'sandbox', 'lockPosix', 'lockFlock', 'threads', 'queueSize', 'binary'],
    },
    { title: '9p', fields: ['multidevs', 'fileMode', 'folderMode', 'writesAtOnce'] },
    { title: 'Space', fields: ['hardLimitBytes', 'softLimitBytes'] },
    { title: 'VirtIO', fields: ['model', 'iommu', 'ats', 'packed', 'pagePerVq'] },
  ],
  title: ({ target, type }) =>
    `${plain(type) === '' || isFolder({ type }) ? 'Shared folder' : 'File system'} ${plain(target)}`.trim(),
  summary: (values) =>
    [values.directory, values.socket, values.image, values.device, values.templateName]
      .map(plain)
      .find((one) => one !== ''),
  defaults: newFolder,
  whyNotOffered: (context) =>
    isQemu(context) || isContainer(context) ? undefined : 'Only QEMU, KVM and containers share folders',
  hotplug: (values, context) =>
    isVirtiofs(values) && isQemu(context)
      ? (noFreePort(context) ?? true)
      : 'Only virtiofs folders can be plugged in while the guest runs',
  whatGoes: (values) => {
    const what = plain(values.directory) || plain(values.image) || plain(values.device)
    return what === '' ? [] : [`${what} stays on the host as it is`]
  },
  check: filesystemProblems,
})

function newFolder(context: HardwareContext): Values {
  const taken = new Set(itemsOf(context, 'filesystem').map(({ values }) => plain(values.target)))
  const free = (base: string): string => {
    let name = base
    for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`
    return name
  }
  if (isContainer(context)) return { type: 'mount', target: free('/mnt/share'), accessMode: 'passthrough' }
  const hasVirtiofs = offers(context.capabilities, 'filesystem', 'driverType', 'virtiofs') !== false
  return {
    type: 'mount',
    driver: hasVirtiofs ? 'virtiofs' : 'path',
    target: free('share'),
    accessMode: hasVirtiofs ? 'passthrough' : 'mapped',
  }
}
