import type { FieldValue } from '../../../../shared/model/hardware/field'
import { filesystem } from '../../../../shared/model/hardware/kinds/filesystem'
import { own } from '../../../../shared/model/hardware/own'
import { readAt, writeAt } from '../../edit/path'
import { bind, type FieldBinding } from '../binding'
import { virtioOptionPlaces } from './virtio-options'

const units: Record<string, number> = {
  b: 1,
  bytes: 1,
  k: 1024,
  kib: 1024,
  m: 1024 ** 2,
  mib: 1024 ** 2,
  g: 1024 ** 3,
  gib: 1024 ** 3,
}

/** The size of a tmpfs has its unit in `units`, KiB where there is none. */
const memoryBytes: FieldBinding = {
  read: (item) => {
    const usage = readAt(item, 'source/@usage')
    const unit = own(units, (readAt(item, 'source/@units') ?? 'KiB').toLowerCase())
    return usage === undefined || !/^\d{1,15}$/.test(usage) || unit === undefined
      ? undefined
      : Number(usage) * unit
  },
  write: (item, value: FieldValue | undefined) => {
    if (typeof value !== 'number') {
      writeAt(item, 'source/@units', undefined)
      return writeAt(item, 'source/@usage', undefined)
    }
    const used = readAt(item, 'source/@units')
    const unit = own(units, used?.toLowerCase() ?? 'kib') ?? 1024
    const isKept = value % unit === 0
    writeAt(item, 'source/@usage', String(isKept ? value / unit : Math.ceil(value / 1024)))
    if (!isKept && used !== undefined) writeAt(item, 'source/@units', 'KiB')
  },
}

/** https://libvirt.org/formatdomain.html#filesystems */
export const filesystemBinding = bind(filesystem, {
  element: 'filesystem',
  fields: {
    type: '@type',
    driver: 'driver/@type',
    directory: 'source/@dir',
    socket: 'source/@socket',
    image: 'source/@file',
    device: 'source/@dev',
    templateName: 'source/@name',
    memoryBytes,
    target: 'target/@dir',
    readOnly: { at: 'readonly', as: 'presence' },
    accessMode: '@accessmode',
    format: 'driver/@format',
    model: '@model',
    multidevs: '@multidevs',
    fileMode: '@fmode',
    folderMode: '@dmode',
    writesAtOnce: 'driver/@wrpolicy',
    queueSize: 'driver/@queue',
    binary: 'binary/@path',
    xattr: { at: 'binary/@xattr', as: 'on-off' },
    cache: 'binary/cache/@mode',
    sandbox: 'binary/sandbox/@mode',
    lockPosix: { at: 'binary/lock/@posix', as: 'on-off' },
    lockFlock: { at: 'binary/lock/@flock', as: 'on-off' },
    threads: 'binary/thread_pool/@size',
    hardLimitBytes: { at: 'space_hard_limit', unit: 'bytes' },
    softLimitBytes: { at: 'space_soft_limit', unit: 'bytes' },
    ...virtioOptionPlaces,
  },
  template: () => `<filesystem type='mount'/>`,
  key: (element) => element.find('target')?.attribute('dir'),
})
