import type { HostUri } from '../../shared/model/host-uri'
import type { ConnectRequest } from '../backends/backend'
import type { Link } from '../link/link'
import type { TlsFiles } from '../link/tls-files'
import type { HostFacts } from './probes/host-facts'
import type { ShownServer } from './probes/ssh-server'
import type { SshWay } from './probes/ssh-way'
import type { ShownTls } from './probes/tls-server'

/** What the steps of one diagnosis learn and hand on to the later ones; each is set by the step that finds it. */
export interface RunState {
  readonly uri: HostUri
  readonly request: ConnectRequest
  /** Where the connection goes: the name of the URI, or what the ssh configuration makes of it. */
  host: string
  port: number
  user: string
  /** Set when the host is not reached directly but over this. */
  jump?: string
  sshWay?: SshWay
  /** Those that accept connections on the port. */
  addresses: readonly string[]
  shownSsh?: ShownServer
  tlsFiles?: TlsFiles
  shownTls?: ShownTls
  link?: Link
  facts?: HostFacts
  /** The socket is there, but nobody listens. */
  isSocketDead?: boolean
}
