import type { Duplex } from 'node:stream'
import type { ShellOffer } from '../../shared/model/host-shell'

export interface ShellSize {
  readonly columns: number
  readonly rows: number
}

/** A shell on a host: no business of the hypervisor, but it goes by the same link. */
export interface ShellSession {
  shellOffer(): Promise<ShellOffer>
  /** The caller destroys the stream, which ends the shell. `unsupported` where the link leads to no shell. */
  openShell(size: ShellSize, signal: AbortSignal): Promise<HostShell>
}

export interface HostShell {
  readonly stream: Duplex
  resize(size: ShellSize): void
}
