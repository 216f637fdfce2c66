/** What a disc or a tree to install from is, told by its own header and the catalogue of operating systems. */
import { z } from 'zod'
import { hostId } from '../ids'
import { placeOnHost } from '../new-vm/new-vm'

export const mediumRef = z.object({ host: hostId, place: placeOnHost })
export type MediumRef = z.output<typeof mediumRef>

/** A disc's header was found. What it says of itself is untrusted text. */
export interface DetectedMedium {
  /** As the disc names itself: "Debian 12.5.0 amd64 n". */
  readonly label: string
  readonly sizeBytes: number
  /** What a firmware finds to start; neither: the disc does not start anything. */
  readonly startsBios: boolean
  readonly startsEfi: boolean
  /** Absent for a disc the catalogue does not know. */
  readonly os?: DetectedOs
}

export interface DetectedOs {
  readonly id: string
  readonly shortId: string
  /** Of the variant where it is known: "Fedora Server 41". */
  readonly name: string
  /** "x86_64"; absent for media for several. */
  readonly arch?: string
  readonly variant?: string
  readonly isInstaller: boolean
  readonly isLive: boolean
  readonly kernel?: string
  readonly initrd?: string
  /** The catalogue knows releases like it, not this disc. */
  readonly isGuess?: true
  /** Others that look just the same, "Windows Server 2022" beside 2025: the user has to tell. */
  readonly others: readonly { readonly id: string; readonly name: string }[]
}
