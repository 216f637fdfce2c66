import type { Listed } from '../../shared/model/host-choices'
import type { Values } from '../../shared/model/hardware/field'
import type {
  ImageAction,
  ImageMap,
  ImageReport,
  ImageResult,
  HostFolder,
  Orphans,
  PathAccess,
} from '../../shared/model/storage/image'
import type {
  CreatePoolInput,
  EditPoolInput,
  FoundSource,
  Pool,
  PoolAction,
  PoolDeletePlan,
  PoolPreview,
  PoolView,
} from '../../shared/model/storage/pool'
import type {
  StorageUsage,
  VolumeDetails,
  VolumeNames,
  VolumePreview,
  VolumeXmlOptions,
  wipeAlgorithms,
} from '../../shared/model/storage/volume'
import type { ActionContext } from './backend'

/**
 * Pools and volumes of a host. Methods end with an AppError: not-found for what is gone, invalid (with the field) for what
 * cannot be, already-exists for names that are taken, busy for what is in use, unsupported where the host cannot.
 */
export interface StorageSession {
  pools(): Promise<Listed<Pool>>
  pool(name: string): Promise<PoolView>
  /** What there is to make a pool of; `unsupported` for types whose sources the host cannot find. */
  discover(type: string, server?: string, initiator?: string): Promise<readonly FoundSource[]>
  previewPool(values: Values): Promise<PoolPreview>
  /** Ends when it is there and, if wanted, built and started. One that cannot be built or started is not left behind. */
  createPool(input: Omit<CreatePoolInput, 'host'>, context: ActionContext): Promise<void>
  /** Changes what is stored and nothing else of it; `busy` when it is no longer as `base` says. */
  editPool(pool: string, change: Omit<EditPoolInput, 'host' | 'pool'>): Promise<void>
  poolAction(pool: string, action: PoolAction): Promise<void>
  poolDeletePlan(pool: string): Promise<PoolDeletePlan>
  deletePool(pool: string, what: 'definition' | 'everything', context: ActionContext): Promise<void>
  /** The definition to be used on another host: without UUID and sizes. Secrets are named, not contained. */
  poolDefinition(pool: string): Promise<string>

  volumeNames(pool: string): Promise<VolumeNames>
  /** Of those asked for; one that is gone is left out. */
  volumeDetails(pool: string, names: readonly string[]): Promise<VolumeDetails>
  /** Reads every definition of the host. */
  usage(): Promise<StorageUsage>
  previewVolume(pool: string, values: Values): Promise<VolumePreview>
  createVolume(pool: string, values: Values, context: ActionContext): Promise<void>
  /** `invalid` for what is no definition of a volume; what the host does not take of it is told in its words. */
  createVolumeFromXml(
    pool: string,
    xml: string,
    options: VolumeXmlOptions,
    context: ActionContext,
  ): Promise<void>
  cloneVolume(request: CloneRequest, context: ActionContext): Promise<void>
  resizeVolume(
    volume: VolumeAt,
    request: { readonly capacityBytes: number; readonly allocate: boolean; readonly shrink: boolean },
  ): Promise<void>
  wipeVolume(
    volume: VolumeAt,
    algorithm: (typeof wipeAlgorithms)[number],
    context: ActionContext,
  ): Promise<void>
  /** `busy` when somebody uses it, unless told that this is known. */
  deleteVolume(volume: VolumeAt, evenUsed: boolean): Promise<void>

  /** Makes room for what is to be uploaded: a volume of exactly this size. */
  prepareUpload(volume: VolumeAt, sizeBytes: number, format: string): Promise<void>
  /** Takes data from an offset on. The caller ends it with `finish` or `abort`. */
  openUpload(volume: VolumeAt, range: TransferRange, signal: AbortSignal): Promise<VolumeSink>
  openDownload(volume: VolumeAt, range: TransferRange, signal: AbortSignal): Promise<VolumeSource>
}

export interface VolumeAt {
  readonly pool: string
  readonly volume: string
}

export interface CloneRequest extends VolumeAt {
  readonly toPool: string
  readonly name: string
  readonly format?: string
}

export interface TransferRange {
  readonly offsetBytes: number
  /** 0: all the rest. */
  readonly lengthBytes: number
  /** Runs of zeros need not be sent. Absent holes where the host cannot: `isSparse` of what was opened tells. */
  readonly isSparse: boolean
}

export interface VolumeSink {
  readonly isSparse: boolean
  /** Ends when more may be written. */
  write(bytes: Uint8Array): Promise<void>
  writeHole(lengthBytes: number): Promise<void>
  /** Ends when the host has stored all of it. */
  finish(): Promise<void>
  abort(): Promise<void>
}

export type VolumePart =
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'hole'; readonly lengthBytes: number }

export interface VolumeSource {
  readonly isSparse: boolean
  /** What all of the volume comes to, whatever the range; absent where the host cannot tell. */
  readonly sizeBytes?: number
  /** Null at the end. */
  read(): Promise<VolumePart | null>
  finish(): Promise<void>
  abort(): Promise<void>
}

/** Images and files of the host, looked at and worked on with the host's own tools. `unsupported` where no command can be run. */
export interface ImageSession {
  image(path: string): Promise<ImageReport>
  imageMap(path: string): Promise<ImageMap>
  /** Can be cancelled; what it had begun to write is then removed or named. */
  imageAction(path: string, action: ImageAction, context: ActionContext): Promise<ImageResult>
  /** The equal qemu-img command. */
  imageCommand(path: string, action: ImageAction): string
  /** Images in pools that no VM, snapshot or other image uses. */
  orphans(): Promise<Orphans>

  folder(path: string): Promise<HostFolder>
  /** A part of a file, no more than a mebibyte; what lies behind its end is left out. */
  readBytes(path: string, offsetBytes: number, lengthBytes: number): Promise<Uint8Array>
  /** By which a file is told from another that comes to its path later. */
  fileId(path: string): Promise<string>
  /** Whether the user that runs VMs gets there. */
  pathAccess(path: string): Promise<PathAccess>
  /** Grants what `pathAccess` proposed, and nothing more. */
  grantAccess(path: string): Promise<void>
}
