/** The things that can be done to an image, as the form knows them. */
import {
  imageAction,
  type ImageAction,
  type ImageInfo,
  type ImageReport,
} from '../../../shared/model/storage/image'
import { resizableFormats } from '../../../shared/model/storage/image-formats'
import { nameOf, whyProtected } from './image-text'

export type Kind = ImageAction['kind']

export interface Work {
  readonly kind: Kind
  readonly repair: 'no' | 'leaks' | 'all'
  readonly base: string
  readonly isUnsafe: boolean
  readonly with: string
  readonly to: string
  readonly format: string
  readonly isCompressed: boolean
  readonly options: Readonly<Record<string, string>>
  readonly amend: Readonly<Record<string, string>>
  readonly capacityBytes: number | string | undefined
  readonly shrink: boolean
  readonly blockSizeBytes: number | string | undefined
  readonly count: number | string | undefined
  readonly skip: number | string | undefined
}

export function firstWork(image: ImageInfo): Work {
  return {
    kind: 'check',
    repair: 'no',
    base: image.backingPath?.startsWith('/') === true ? image.backingPath : '',
    isUnsafe: false,
    with: '',
    to: '',
    format: image.format === 'qcow2' ? 'raw' : 'qcow2',
    isCompressed: false,
    options: {},
    amend: {},
    capacityBytes: image.virtualSizeBytes,
    shrink: false,
    blockSizeBytes: 2 ** 20,
    count: undefined,
    skip: undefined,
  }
}

interface Told {
  readonly label: string
  readonly hint: string
  readonly button: string
  readonly doing: string
}

export const works: Readonly<Record<Kind, Told>> = {
  check: {
    label: 'Check and repair',
    hint: 'Finds errors in its tables, and mends them if wanted',
    button: 'Check',
    doing: 'Checking…',
  },
  convert: {
    label: 'Convert or copy',
    hint: 'A new image with the same data, in the same or another format',
    button: 'Convert',
    doing: 'Converting…',
  },
  rebase: {
    label: 'Another base',
    hint: 'Built on another image, or standing alone',
    button: 'Change the base',
    doing: 'Changing the base…',
  },
  commit: {
    label: 'Commit to its base',
    hint: 'What this image had changed goes into its base',
    button: 'Commit',
    doing: 'Committing…',
  },
  compare: {
    label: 'Compare',
    hint: 'Whether a guest would find the same data in another image',
    button: 'Compare',
    doing: 'Comparing…',
  },
  resize: {
    label: 'Resize',
    hint: 'Larger, or smaller with loss of what lies at its end',
    button: 'Resize',
    doing: 'Resizing…',
  },
  compact: {
    label: 'Compact',
    hint: 'Written anew, without the space it does not use',
    button: 'Compact',
    doing: 'Compacting…',
  },
  amend: {
    label: 'Change its format version',
    hint: 'Options of qcow2 that can be changed in place',
    button: 'Change',
    doing: 'Changing…',
  },
  dd: {
    label: 'Copy a part',
    hint: 'A number of blocks into a new image',
    button: 'Copy',
    doing: 'Copying…',
  },
}

export const kinds = Object.keys(works) as Kind[]

/** Why this cannot be done to this image, whatever is typed. */
export function whyNot(kind: Kind, report: ImageReport): string | undefined {
  const [top] = report.chain
  if (!top) return undefined
  if (kind === 'commit' && top.backingPath === undefined) return 'It is built on no other image'
  if ((kind === 'resize' || kind === 'compact') && !resizableFormats.includes(top.format)) {
    return `Only raw and qcow2 images; this one is ${top.format}. Convert it first`
  }
  if (kind === 'amend' && top.format !== 'qcow2') return 'Only qcow2 images have such options'
  if (kind === 'compact' && top.snapshots.length > 0) return 'Its snapshots would be lost'
  return undefined
}

/** Why it cannot be done now: others need the image as it is. */
export function whyNotNow({ kind, repair }: Work, report: ImageReport): string | undefined {
  const isLooking = kind === 'compare' || (kind === 'check' && repair === 'no')
  if (isLooking) return undefined
  if (kind === 'convert' || kind === 'dd') {
    return report.inUseBy.length > 0 ? 'A copy of what a VM is writing to would be damaged' : undefined
  }
  return whyProtected(report)
}

/** What is to be asked for; undefined while something is missing or wrong. */
export function actionOf(work: Work): ImageAction | undefined {
  const read = imageAction.safeParse(plainAction(work))
  return read.success ? read.data : undefined
}

function plainAction(work: Work): unknown {
  const { kind, to, format, options } = work
  switch (kind) {
    case 'check':
      return { kind, repair: work.repair }
    case 'rebase':
      return { kind, isUnsafe: work.isUnsafe, ...(work.base === '' ? {} : { base: work.base }) }
    case 'commit':
    case 'compact':
      return { kind }
    case 'compare':
      return { kind, with: work.with }
    case 'convert':
      return { kind, to, format, isCompressed: work.isCompressed, options }
    case 'amend':
      return Object.keys(work.amend).length === 0 ? undefined : { kind, options: work.amend }
    case 'resize':
      return { kind, capacityBytes: work.capacityBytes, shrink: work.shrink }
    case 'dd':
      return {
        kind,
        to,
        format,
        blockSizeBytes: work.blockSizeBytes,
        ...(work.count === undefined ? {} : { count: work.count }),
        ...(work.skip === undefined ? {} : { skip: work.skip }),
      }
  }
}

/** What may be lost: such work has a red button. */
export function dangerOf(work: Work, image: ImageInfo): string | undefined {
  if (work.kind === 'check' && work.repair === 'all')
    return 'Mending may lose data. Have a copy of the image first.'
  if (work.kind === 'commit') return 'The base is changed for good, and for every VM that is given it later.'
  if (work.kind === 'rebase' && work.isUnsafe)
    return 'Nothing is compared: with a base of other data, the guest finds a damaged disk.'
  if (
    work.kind === 'resize' &&
    typeof work.capacityBytes === 'number' &&
    work.capacityBytes < image.virtualSizeBytes
  )
    return 'What lies behind the new end is lost. Make the file systems inside smaller first.'
  return undefined
}

/** A name for a new image beside this one. */
export function besideName(path: string, format: string): string {
  const name = nameOf(path)
  const stem = name.replace(/\.(qcow2|raw|img|vmdk|vdi|vhdx?|iso)$/i, '')
  const ending = format === 'raw' ? 'img' : format === 'vpc' ? 'vhd' : format
  const folder = path.slice(0, path.length - name.length)
  return stem === name || `${stem}.${ending}` === name
    ? `${folder}${stem}-copy.${ending}`
    : `${folder}${stem}.${ending}`
}
