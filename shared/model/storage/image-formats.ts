/** Formats that qemu-img writes, and what can be chosen for each. Names are those of qemu-img's `-o`. */
export interface FormatOption {
  readonly name: string
  readonly label: string
  /** What may be chosen; the first is what qemu-img does by itself. */
  readonly values: readonly string[]
}

export interface ImageFormat {
  readonly id: string
  readonly label: string
  readonly canCompress: boolean
  readonly options: readonly FormatOption[]
}

const onOff = ['off', 'on'] as const
const nocow: FormatOption = { name: 'nocow', label: 'No copy-on-write (Btrfs)', values: onOff }

export const imageFormats: readonly ImageFormat[] = [
  {
    id: 'qcow2',
    label: 'qcow2: grows as needed, snapshots, bases',
    canCompress: true,
    options: [
      {
        name: 'cluster_size',
        label: 'Cluster size',
        values: ['64k', '4k', '16k', '32k', '128k', '256k', '512k', '1M', '2M'],
      },
      {
        name: 'preallocation',
        label: 'Space taken at once',
        values: ['off', 'metadata', 'falloc', 'full'],
      },
      { name: 'lazy_refcounts', label: 'Lazy reference counts', values: onOff },
      { name: 'compat', label: 'Version', values: ['1.1', '0.10'] },
      { name: 'compression_type', label: 'Compression', values: ['zlib', 'zstd'] },
      { name: 'extended_l2', label: 'Subclusters', values: onOff },
      nocow,
    ],
  },
  {
    id: 'raw',
    label: 'raw: plain blocks, any program reads it',
    canCompress: false,
    options: [
      { name: 'preallocation', label: 'Space taken at once', values: ['off', 'falloc', 'full'] },
      nocow,
    ],
  },
  {
    id: 'vmdk',
    label: 'vmdk: VMware',
    canCompress: true,
    options: [
      {
        name: 'subformat',
        label: 'Kind',
        values: [
          'monolithicSparse',
          'monolithicFlat',
          'twoGbMaxExtentSparse',
          'twoGbMaxExtentFlat',
          'streamOptimized',
        ],
      },
      { name: 'compat6', label: 'For VMware 6', values: onOff },
      {
        name: 'adapter_type',
        label: 'Adapter',
        values: ['ide', 'lsilogic', 'buslogic', 'legacyESX'],
      },
    ],
  },
  {
    id: 'vdi',
    label: 'vdi: VirtualBox',
    canCompress: false,
    options: [{ name: 'static', label: 'All of its size at once', values: onOff }],
  },
  {
    id: 'vpc',
    label: 'vpc (vhd): Hyper-V, Virtual PC',
    canCompress: false,
    options: [
      { name: 'subformat', label: 'Kind', values: ['dynamic', 'fixed'] },
      { name: 'force_size', label: 'Exactly this size', values: onOff },
    ],
  },
  {
    id: 'vhdx',
    label: 'vhdx: Hyper-V',
    canCompress: false,
    options: [{ name: 'subformat', label: 'Kind', values: ['dynamic', 'fixed'] }],
  },
]

/** What can be changed of an image that is there, without writing it anew. */
export const amendable: readonly FormatOption[] = [
  { name: 'compat', label: 'Version', values: ['1.1', '0.10'] },
  { name: 'lazy_refcounts', label: 'Lazy reference counts', values: onOff },
  {
    name: 'refcount_bits',
    label: 'Bits of a reference count',
    values: ['16', '1', '2', '4', '8', '32', '64'],
  },
]

/** Only these can be made larger or smaller as they are (W2-069). */
export const resizableFormats: readonly string[] = ['raw', 'qcow2']

/** An option that is not among those of the format, or a value it does not have; undefined when all are fine. */
export function unknownOption(
  options: Readonly<Record<string, string>>,
  known: readonly FormatOption[],
): string | undefined {
  return Object.entries(options).find(
    ([name, value]) => !known.find((one) => one.name === name)?.values.includes(value),
  )?.[0]
}

/** Those kinds of vmdk are several files, of which the one named is a table of contents. */
export function isSeveralFiles(format: string, options: Readonly<Record<string, string>>): boolean {
  return format === 'vmdk' && /^(monolithicFlat|twoGbMaxExtent)/.test(options['subformat'] ?? '')
}
