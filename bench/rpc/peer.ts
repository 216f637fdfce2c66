/** What one measured step cost a client. */
export interface Cost {
  readonly wallMs: number
  /** CPU of the client's own processes, user and system. */
  readonly cpuMs: number
}

/** One client under measurement: opens a connection, then polls it. All do the same work: list all, statistics of all. */
export interface Peer {
  readonly name: string
  /** A fresh connection with its first list and statistics, from nothing to answer. The connection stays open. */
  connect(): Promise<Cost>
  /** List and statistics on the open connection. Clients without one (virsh per query) start over. */
  tick(): Promise<Cost>
  /** Domains seen by the last step, to prove that the same work was done. */
  readonly seen: number
  close(): Promise<void>
}
