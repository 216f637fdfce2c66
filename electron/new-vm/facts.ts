/** What must be known of a host to write the definition of a new VM: read before, so that the writing is pure. */
import type { GuestCapabilities, GuestKind } from '../../shared/model/host-details'
import type { DetectedTree } from '../../shared/model/new-vm/install-tree'

/** An image as a definition names it. */
export interface ResolvedImage {
  /** `volume`: by pool and name, for pools whose volumes have no path of their own. */
  readonly source:
    | { readonly kind: 'file' | 'block'; readonly path: string }
    | { readonly kind: 'volume'; readonly pool: string; readonly volume: string }
  /** Of the contents: "qcow2", "raw". */
  readonly format: string
}

export interface CreationFacts {
  readonly uuid: string
  /** Of what the user chose among HostCapabilities.guests. */
  readonly guestKind: GuestKind
  readonly capabilities: GuestCapabilities
  /** In the order of the input's disks. */
  readonly disks: readonly ResolvedImage[]
  /** The medium of the installation first; none for sources without one. */
  readonly discs: readonly ResolvedImage[]
  /** What a cloud image reads at its first start. */
  readonly seed?: ResolvedImage
  /** The image that the first disk is a copy of, or a layer on. */
  readonly base?: { readonly image: ResolvedImage; readonly how: 'copy' | 'overlay' }
  /** Of all VMs of the host, in lower case. */
  readonly usedMacs?: ReadonlySet<string>
  /** The folder on a web server that is installed from, as far as it could be looked at. */
  readonly tree?: DetectedTree
}
