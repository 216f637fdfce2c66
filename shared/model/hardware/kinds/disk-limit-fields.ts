import { integer, size, text, type Field, type FieldType, type Values } from '../field'
import { isOurs } from './disk-when'

/** QEMU takes no more (QEMU_BLOCK_IOTUNE_MAX). */
const most = 1_000_000_000_000_000

const bytes = size(0, most)
const operations = integer(0, most, 'per second')
const seconds = integer(0, 1_000_000_000, 's')

const limit = (label: string, type: FieldType, help?: string) =>
  ({
    label,
    type,
    absent: 'Unlimited',
    when: isOurs,
    isLive: true,
    ...(help === undefined ? {} : { help }),
  }) as const satisfies Field

const burst = (label: string, type: FieldType) =>
  ({ ...limit(label, type), absent: 'No burst', isAdvanced: true }) as const satisfies Field

const lasting = (label: string) =>
  ({ ...limit(label, seconds), absent: '1 s', isAdvanced: true }) as const satisfies Field

/** How fast a disk may be, in bytes and operations per second: all, or reading and writing by themselves. */
export const limitFields = {
  totalBytesSec: limit('Data', bytes, 'In each second, reading and writing together.'),
  readBytesSec: limit('Data read', bytes),
  writeBytesSec: limit('Data written', bytes),
  totalIopsSec: limit('Operations', operations),
  readIopsSec: limit('Reads', operations),
  writeIopsSec: limit('Writes', operations),
  totalBytesSecMax: burst('Data in a burst', bytes),
  readBytesSecMax: burst('Data read in a burst', bytes),
  writeBytesSecMax: burst('Data written in a burst', bytes),
  totalIopsSecMax: burst('Operations in a burst', operations),
  readIopsSecMax: burst('Reads in a burst', operations),
  writeIopsSecMax: burst('Writes in a burst', operations),
  totalBytesSecMaxLength: lasting('Length of a burst of data'),
  readBytesSecMaxLength: lasting('Length of a burst of data read'),
  writeBytesSecMaxLength: lasting('Length of a burst of data written'),
  totalIopsSecMaxLength: lasting('Length of a burst of operations'),
  readIopsSecMaxLength: lasting('Length of a burst of reads'),
  writeIopsSecMaxLength: lasting('Length of a burst of writes'),
  sizeIopsSec: {
    ...limit('Size of one operation', bytes, 'A larger one counts as several.'),
    absent: 'Any size counts as one',
    isAdvanced: true,
  },
  groupName: {
    label: 'Shared limits',
    type: text({ maxLength: 256 }),
    absent: 'Limits of its own',
    help: 'Disks with the same name here share their limits, which must be the same.',
    when: isOurs,
    whyNotLive: 'Disks join others with their limits when the VM is switched on',
    isAdvanced: true,
  },
} as const satisfies { readonly [field: string]: Field }

export type LimitField = keyof typeof limitFields
export const limitFieldIds: readonly LimitField[] = Object.keys(limitFields).filter(
  (id): id is LimitField => id in limitFields,
)

export function hasLimits(values: Values): boolean {
  return limitFieldIds.some((id) => id !== 'groupName' && values[id] !== undefined && values[id] !== 0)
}
