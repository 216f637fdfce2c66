/**
 * What is in a bundle, with the size and the SHA-256 sum of each file. The definition is the host's own, byte for byte; the disks
 * are found by what it calls them.
 */
import { z } from 'zod'
import { AppError } from '../../shared/errors'

export const manifestName = 'innkeeper-bundle.json'

/** A name is no way to anywhere else. */
const name = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/, 'A file has an odd name')
const size = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const file = z.object({ file: name, sizeBytes: size, sha256: z.string().regex(/^[0-9a-f]{64}$/) })
const format = z.enum(['raw', 'qcow2'])

export const bundleManifest = z.object({
  format: z.literal('innkeeper-bundle'),
  version: z.literal(1),
  name: z.string().min(1).max(255),
  exportedAt: z.iso.datetime(),
  definition: file,
  variables: file.extend({ format }).optional(),
  disks: z
    .array(
      file.extend({
        target: z.string().min(1).max(64),
        device: z.string().min(1).max(32),
        format,
        capacityBytes: size,
      }),
    )
    .max(128),
})
export type BundleManifest = z.output<typeof bundleManifest>
export type BundleFile = z.output<typeof file>

export function writeManifest(manifest: BundleManifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
}

export function readManifest(text: string): BundleManifest {
  const told = parsed(text)
  const version = z.object({ format: z.literal('innkeeper-bundle'), version: z.number() }).safeParse(told)
  if (!version.success) throw bad('it does not say that it is one')
  if (version.data.version !== 1)
    throw new AppError('unsupported', 'This bundle was written by a newer Innkeeper', {
      cure: 'Update Innkeeper, then try again.',
    })
  const found = bundleManifest.safeParse(told)
  if (!found.success) {
    const [issue] = found.error.issues
    throw bad(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  }
  const { definition, variables, disks } = found.data
  const names = [definition, ...(variables ? [variables] : []), ...disks].map((one) => one.file)
  if (new Set(names).size !== names.length) throw bad('it has two files of one name')
  if (new Set(disks.map(({ target }) => target)).size !== disks.length) throw bad('it has one disk twice')
  return found.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw bad('it is no JSON')
  }
}

function bad(why: string): AppError {
  return new AppError('invalid', `The manifest of the bundle cannot be used: ${why}`, {
    cure: 'Export the VM again, or copy the bundle again from where it comes from.',
  })
}
