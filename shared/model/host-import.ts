import { z } from 'zod'
import type { ErrorData } from '../errors'
import { addHostInput } from './host'
import type { HostId } from './ids'

/** Where hosts can be taken over from. */
export type ImportSource = 'ssh-config' | 'virt-manager' | 'libvirt-aliases'

/** A host another program on this computer knows. */
export interface ImportableHost {
  readonly source: ImportSource
  readonly uri: string
  /** What it is called there, or a name made from the URI. */
  readonly label: string
  readonly autoconnect: boolean
  /** In the host list already. */
  readonly isAdded: boolean
  /** Set when Innkeeper cannot manage it, with the reason. */
  readonly problem?: ErrorData
}

export interface FoundHosts {
  readonly hosts: readonly ImportableHost[]
  /** What the user should know: a list that could not be read, and how to get at it. One sentence each. */
  readonly notes: readonly string[]
}

/** Text of `dconf dump /org/virt-manager/` or of `gsettings list-recursively`. */
export const importTextInput = z.object({ text: z.string().max(1_000_000) })

export const addManyInput = z.object({ hosts: z.array(addHostInput).min(1).max(500) })

export interface AddedHosts {
  readonly added: readonly HostId[]
  readonly skipped: readonly { readonly uri: string; readonly error: ErrorData }[]
}
