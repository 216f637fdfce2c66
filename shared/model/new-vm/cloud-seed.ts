/** A new disc for cloud-init in a VM that has one: with another instance-id, so that it does its first steps once more. */
import { z } from 'zod'
import { vmRef } from '../ids'
import { cloudInit } from './cloud'

export interface CloudSeed {
  readonly name: string
  readonly isRunning: boolean
  /** Of the definition that this was read from. */
  readonly base: string
  /** The drive that has the disc now. */
  readonly drive: string
  /** Of the disc: path, or pool/volume. */
  readonly place: string
  readonly pool: string
  /** The volume that the new disc becomes. */
  readonly newVolume: string
  /** The old one was made for this VM: its file goes when the new disc is in its place, unless somebody uses it. */
  readonly replaces: boolean
  /** Who the system's images let in: "debian". */
  readonly user?: string
}

export const seedInput = vmRef.extend({ init: cloudInit })
export type SeedInput = z.output<typeof seedInput>

export const writeSeedInput = seedInput.extend({ base: z.string().max(200) })
export type WriteSeedInput = z.output<typeof writeSeedInput>
