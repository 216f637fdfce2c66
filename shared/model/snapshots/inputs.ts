import { z } from 'zod'
import { vmRef } from '../ids'
import { revertStarts } from './plan'

/**
 * libvirt makes file names of it: no slash, no dot at its beginning (qemuDomainSnapshotCreateXML refuses both). Control
 * characters cannot be in XML.
 */
export const snapshotName = z
  .string()
  .min(1, 'A snapshot needs a name')
  .max(200, 'That is too long for a name')
  .refine((name) => !name.includes('/'), 'A name cannot contain a slash, as files are named after it')
  .refine((name) => !name.startsWith('.'), 'A name cannot begin with a dot, as files are named after it')
  .refine((name) => name.trim() === name && name !== '', 'A name cannot begin or end with a space')
  // oxlint-disable-next-line no-control-regex -- these are what is refused
  .refine((name) => !/[\u0000-\u001f\u007f]/.test(name), 'A name cannot contain control characters')

/** Names of snapshots that are there may be anything that libvirt took. */
const existing = z.string().min(1).max(1024)
const description = z.string().max(10_000)
const hostPath = z.string().max(4096).regex(/^\//, 'A path on the host begins with a slash')

export const diskWish = z.object({
  target: z.string().min(1).max(64),
  kind: z.enum(['none', 'internal', 'external']),
  /** External: where the new file goes; the host names it after the snapshot unless told. */
  file: hostPath.optional(),
})

export const createSnapshotInput = vmRef.extend({
  name: snapshotName,
  description,
  kind: z.enum(['internal', 'external']),
  /** External, of a running guest: with its memory, into a file. Internal ones of a running guest always have it. */
  withMemory: z.boolean(),
  /** Absent: beside the first disk. */
  memoryFile: hostPath.optional(),
  /** File systems of the guest are frozen by its agent meanwhile. */
  quiesce: z.boolean(),
  /** With memory: the guest goes on while it is saved. */
  live: z.boolean(),
  /** External: the files are there already. */
  reuse: z.boolean(),
  /** Disks that are not named are as usual. */
  disks: z.array(diskWish).max(256),
  /** The snapshot that has this name now is deleted first. */
  replace: z.boolean().optional(),
})
export type CreateSnapshotInput = z.output<typeof createSnapshotInput>

export const snapshotRef = vmRef.extend({ name: existing })

/** With the time tells apart snapshots that had the same name one after the other. */
export const snapshotPictureRef = snapshotRef.extend({ createdAtMs: z.number().int() })

export const revertSnapshotInput = snapshotRef.extend({
  start: z.enum(revertStarts),
  /** Of the plan that the user saw. */
  stamp: z.string().max(200),
})
export type RevertSnapshotInput = z.output<typeof revertSnapshotInput>

export const deleteSnapshotsPlanInput = vmRef.extend({
  names: z.array(existing).min(1).max(500),
  withChildren: z.boolean(),
  /** Only what the host knows of them goes; files and what is in images stay. */
  metadataOnly: z.boolean(),
})
export const deleteSnapshotsInput = deleteSnapshotsPlanInput.extend({ stamp: z.string().max(200) })
export type DeleteSnapshotsInput = z.output<typeof deleteSnapshotsInput>

export const editSnapshotInput = snapshotRef.extend({
  newName: snapshotName.optional(),
  description: description.optional(),
})
export type EditSnapshotInput = z.output<typeof editSnapshotInput>
