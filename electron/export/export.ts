/** Writes what was planned to this computer. What there is of it goes again when it fails or is cancelled. */
import { basename } from 'node:path'
import { AppError, errorData, isKind } from '../../shared/errors'
import type { ExportInput } from '../../shared/model/export'
import { isActive } from '../../shared/model/vm'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { manifestName, writeManifest, type BundleManifest } from '../packages/bundle-manifest'
import { FolderWriter } from '../packages/folder-writer'
import type { PackageWriter, WrittenFile } from '../packages/package-writer'
import { TarWriter } from '../packages/tar-writer'
import { cancelled } from '../transfers/unless-aborted'
import { fileStem, type WorkedOutDisk } from './disks'
import { fetchDisk } from './fetch-disk'
import { ovfFacts } from './ovf/facts'
import type { OvfDisk } from './ovf/items'
import { writeOvf } from './ovf/write'
import type { WorkedOutExport } from './plan'

export interface ExportJob {
  readonly input: ExportInput
  readonly worked: WorkedOutExport
  readonly path: string
  readonly nowMs: number
}

type FetchedDisk = { readonly disk: WorkedOutDisk; readonly written: WrittenFile }

export async function exportVm(
  session: HypervisorSession,
  job: ExportJob,
  context: ActionContext,
): Promise<void> {
  const { input, path, nowMs } = job
  const writer = input.as === 'folder' ? await FolderWriter.create(path) : await TarWriter.create(path, nowMs)
  try {
    await (input.kind === 'bundle' ? bundle : ovf)(session, job, writer, context)
    await refuseStarted(session, input)
    if (context.signal.aborted) throw cancelled()
    await writer.finish()
  } catch (error) {
    throw afterFailure(error, path, writer, await writer.discard())
  }
}

async function bundle(
  session: HypervisorSession,
  job: ExportJob,
  writer: PackageWriter,
  context: ActionContext,
): Promise<void> {
  const { around, variables } = job.worked
  const definition = await put(writer, 'domain.xml', Buffer.from(around.original.toString()))
  const nvram =
    variables && (await put(writer, 'nvram.fd', await readAll(session, variables.path, context.signal)))
  const fetched = await fetchDisks(session, job, writer, context)
  const manifest: BundleManifest = {
    format: 'innkeeper-bundle',
    version: 1,
    name: around.vm.name,
    exportedAt: new Date(job.nowMs).toISOString(),
    definition: sumOf(definition),
    ...(variables && nvram
      ? { variables: { ...sumOf(nvram), format: variables.format === 'qcow2' ? 'qcow2' : 'raw' } }
      : {}),
    disks: fetched.map(({ disk, written }) => ({
      target: disk.planned.target,
      device: disk.planned.device,
      ...sumOf(written),
      format: disk.planned.format === 'qcow2' ? 'qcow2' : 'raw',
      capacityBytes: disk.planned.sizeBytes ?? written.sizeBytes,
    })),
  }
  await put(writer, manifestName, writeManifest(manifest))
}

async function ovf(
  session: HypervisorSession,
  job: ExportJob,
  writer: PackageWriter,
  context: ActionContext,
): Promise<void> {
  const { around } = job.worked
  const facts = ovfFacts(around.original.root)
  const stem = fileStem(around.vm.name)
  const text = (sizeOf: (disk: WorkedOutDisk) => number): Buffer =>
    Buffer.from(
      writeOvf(
        facts,
        included(job).map((disk) => ovfDisk(job.input, disk, sizeOf(disk))),
      ),
    )
  // it comes first, and speaks of sizes that are known at the end
  const room = text(() => Number.MAX_SAFE_INTEGER).length
  const reserved = await writer.reserve(`${stem}.ovf`, room)
  const fetched = await fetchDisks(session, job, writer, context)
  const exact = text((disk) => fetched.find((one) => one.disk === disk)?.written.sizeBytes ?? 0)
  const descriptor = await reserved.fill(
    job.input.as === 'file' ? Buffer.concat([exact, Buffer.alloc(room - exact.length, '\n')]) : exact,
  )
  const lines = [descriptor, ...fetched.map(({ written }) => written)].map(
    ({ name, sha256 }) => `SHA256(${name})= ${sha256}\n`,
  )
  await put(writer, `${stem}.mf`, Buffer.from(lines.join('')))
}

function ovfDisk(
  { diskFormat = 'vmdk' }: ExportInput,
  { planned }: WorkedOutDisk,
  sizeBytes: number,
): OvfDisk {
  return { file: planned.file ?? '', format: diskFormat, capacityBytes: planned.sizeBytes ?? 0, sizeBytes }
}

function included({ worked }: ExportJob): WorkedOutDisk[] {
  return worked.disks.filter(({ planned }) => planned.isIncluded)
}

async function fetchDisks(
  session: HypervisorSession,
  job: ExportJob,
  writer: PackageWriter,
  { signal, onProgress }: ActionContext,
): Promise<FetchedDisk[]> {
  const { plan, around } = job.worked
  const place = around.pools.find(({ name }) => name === plan.pool)
  const pool = place?.path === undefined ? undefined : { name: place.name, path: place.path }
  const disks = included(job)
  const weights = disks.map(({ planned }) => (planned.neededBytes ?? 0) + 1_000_000)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const fetched: FetchedDisk[] = []
  let before = 0
  for (const [at, disk] of disks.entries()) {
    if (signal.aborted) throw cancelled()
    const weight = weights[at] ?? 0
    const start = before
    const sentBytes = fetched.reduce((sum, { written }) => sum + written.sizeBytes, 0)
    const written = await fetchDisk({ session, writer, vmName: around.vm.name, pool }, disk, {
      signal,
      onProgress: (share, amount) =>
        onProgress(
          (start + share * weight) / total,
          amount && {
            doneBytes: sentBytes + amount.doneBytes,
            totalBytes: sentBytes + amount.totalBytes + rest(disks.slice(at + 1)),
          },
        ),
    })
    fetched.push({ disk, written })
    before += weight
    onProgress(before / total)
  }
  return fetched
}

function rest(disks: readonly WorkedOutDisk[]): number {
  return disks.reduce((sum, { planned }) => sum + (planned.neededBytes ?? 0), 0)
}

async function put(writer: PackageWriter, name: string, bytes: Buffer): Promise<WrittenFile> {
  const file = await writer.begin(name)
  await file.write(bytes)
  return file.finish()
}

function sumOf({ name, sizeBytes, sha256 }: WrittenFile) {
  return { file: name, sizeBytes, sha256 }
}

const partBytes = 1024 * 1024
/** Of UEFI variables, which have 64 MiB on Arm. */
const mostBytes = 256 * partBytes

async function readAll(session: HypervisorSession, path: string, signal: AbortSignal): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for (let at = 0; at < mostBytes; at += partBytes) {
    if (signal.aborted) throw cancelled()
    const part = await session.images.readBytes(path, at, partBytes)
    parts.push(part)
    if (part.byteLength < partBytes) return Buffer.concat(parts)
  }
  throw new AppError('invalid', `${path} is too large for UEFI variables`, {
    cure: 'Look at the firmware of the VM on its hardware page.',
  })
}

/** Somebody else may have done so while its disks were read. */
async function refuseStarted(session: HypervisorSession, { vm }: ExportInput): Promise<void> {
  const found = (await session.listVms()).find(({ id }) => id === vm)
  if (!found || !isActive(found.state)) return
  throw new AppError(
    'busy',
    `${found.name} was started while its disks were read, so they may not fit together`,
    {
      cure: 'Shut it down, then export it again.',
    },
  )
}

function afterFailure(error: unknown, path: string, writer: PackageWriter, isDiscarded: boolean): unknown {
  const { kind, message, cure, detail } = errorData(error)
  if (!isDiscarded)
    return new AppError(
      kind === 'cancelled' ? 'busy' : kind,
      `${message}; ${writer.partName} could not be removed`,
      {
        cure: [cure, `Delete ${writer.partName} by hand.`].filter(Boolean).join(' '),
        detail,
        cause: error,
      },
    )
  if (cure !== undefined || !isKind(error, 'unreachable', 'timed-out')) return error
  return new AppError('unreachable', `The connection was lost while ${basename(path)} was written`, {
    cure: 'Once the host is connected again, export the VM again.',
    detail: detail ?? message,
    cause: error,
  })
}
