/** A bundle on this computer: found from the one path that the user chose, nothing in it is believed before its sum fits. */
import { AppError } from '../../../shared/errors'
import type { BundleSummary } from '../../../shared/model/new-vm/bundle'
import {
  manifestName,
  readManifest,
  type BundleFile,
  type BundleManifest,
} from '../../packages/bundle-manifest'
import { withFiles, type PackedFiles } from '../foreign/package/files'
import { isDigestOf } from '../foreign/package/manifest'
import type { Member } from '../foreign/package/package'

export interface Bundle {
  readonly manifest: BundleManifest
  /** The definition. */
  readonly xml: string
}

/** Undefined for what is no bundle. */
export async function readBundle(path: string): Promise<Bundle | undefined> {
  return withFiles(path, async (files) => {
    const manifest = await manifestIn(files)
    if (!manifest) return undefined
    const { definition } = manifest
    const bytes = await files.read(definition.file)
    if (!isDigestOf({ algorithm: 'sha256', hex: definition.sha256 }, bytes)) throw changed(definition.file)
    for (const { file } of [...manifest.disks, ...(manifest.variables ? [manifest.variables] : [])])
      if (!(await files.has(file)))
        throw new AppError('invalid', `${file} is missing in the bundle`, {
          cure: 'Copy or export it again.',
        })
    return { manifest, xml: bytes.toString('utf8') }
  })
}

/** To be closed by whoever opened it; its sum is checked while it is read. */
export async function openBundleFile(path: string, member: string): Promise<Member> {
  return withFiles(path, async (files) => {
    const manifest = await manifestIn(files)
    const told: BundleFile | undefined = [
      ...(manifest?.disks ?? []),
      ...(manifest?.variables ? [manifest.variables] : []),
    ].find(({ file }) => file === member)
    // nothing but what the manifest speaks of, whoever asks
    if (!told) throw new AppError('invalid', `${member.slice(0, 100)} is not in the bundle`)
    const found = await files.open(member)
    if (found.sizeBytes !== told.sizeBytes) {
      await found.close()
      throw changed(member)
    }
    return { ...found, digest: { algorithm: 'sha256', hex: told.sha256 } }
  })
}

export function summaryOf({ name, exportedAt, disks, variables }: BundleManifest): BundleSummary {
  return {
    name,
    exportedAtMs: Date.parse(exportedAt),
    disks: disks.map(({ target, device, file, format, capacityBytes, sizeBytes }) => ({
      target,
      device,
      file,
      format,
      capacityBytes,
      sizeBytes,
    })),
    hasVariables: variables !== undefined,
  }
}

async function manifestIn(files: PackedFiles): Promise<BundleManifest | undefined> {
  const isThere = files.names ? files.names.includes(manifestName) : files.chosen === manifestName
  return isThere ? readManifest((await files.read(manifestName)).toString('utf8')) : undefined
}

function changed(file: string): AppError {
  return new AppError(
    'invalid',
    `${file} is not what its manifest says: it was changed, or damaged on the way`,
    { cure: 'Copy or export the bundle again.' },
  )
}
