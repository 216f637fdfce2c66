/** What `qemu-img info --output=json` tells of one image. It comes from the image, so nothing in it is trusted. */
import { AppError } from '../../../shared/errors'
import type { ImageInfo } from '../../../shared/model/storage/image'
import { given } from '../../../shared/given'

export interface ReadInfo {
  readonly info: ImageInfo
  /** Where the base is: the path that the image names, seen from the image's own folder. */
  readonly basePath?: string
  /** Its data lie in another file, or it keeps more than data: a copy would lose that. */
  readonly hasDataFile: boolean
  readonly hasBitmaps: boolean
  /** Names of them. */
  readonly bitmaps: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

const maxSnapshots = 1000
const maxMore = 40

export function readInfo(text: string, path: string): ReadInfo {
  const json = objectFrom(text)
  const specific = object(object(json['format-specific'])['data'])
  const basePath = string(json['full-backing-filename']) ?? string(json['backing-filename'])
  return {
    info: {
      path,
      format: string(json['format']) ?? 'raw',
      virtualSizeBytes: number(json['virtual-size']) ?? 0,
      ...given('actualSizeBytes', number(json['actual-size'])),
      ...given('clusterSizeBytes', number(json['cluster-size'])),
      isDirty: json['dirty-flag'] === true,
      isEncrypted: json['encrypted'] === true || object(specific['encrypt'])['format'] !== undefined,
      ...given('backingPath', string(json['backing-filename'])),
      ...given('backingFormat', string(json['backing-filename-format'])),
      snapshots: list(json['snapshots'])
        .slice(0, maxSnapshots)
        .map((one) => snapshot(object(one))),
      more: Object.entries(specific)
        .slice(0, maxMore)
        .flatMap(([name, value]) => {
          const words = plainWords(value)
          return words === undefined ? [] : [[name, words] as const]
        }),
    },
    ...given('basePath', basePath),
    hasDataFile: string(specific['data-file']) !== undefined,
    hasBitmaps: list(specific['bitmaps']).length > 0,
    bitmaps: list(specific['bitmaps']).flatMap((one) => string(object(one)['name']) ?? []),
  }
}

function snapshot(json: Json): ImageInfo['snapshots'][number] {
  return {
    id: string(json['id']) ?? '',
    name: string(json['name']) ?? '',
    vmStateBytes: number(json['vm-state-size']) ?? 0,
    atMs: (number(json['date-sec']) ?? 0) * 1000 + Math.round((number(json['date-nsec']) ?? 0) / 1e6),
  }
}

function plainWords(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value.slice(0, 300) : undefined
}

/** A JSON object of a tool on the host. */
export function objectFrom(text: string): Json {
  try {
    return object(JSON.parse(text))
  } catch (cause) {
    throw new AppError('unsupported', 'qemu-img on the host answered in a way that is not known', {
      detail: text.slice(0, 300),
      cause,
    })
  }
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}
