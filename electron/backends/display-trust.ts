import type { Reach } from '../../shared/model/host-details'
import type { TlsPaths } from '../link/tls-files'

/** What tells whether a display is the host's: who it should be, and what this computer has to check that with. */
export interface DisplayTrust {
  readonly reach: Reach
  /** How the host may be called in a certificate; the first is what the user calls it. */
  readonly names: readonly string[]
  /** Where certificates for its screens may be, best first. */
  readonly places: readonly TlsPaths[]
}
