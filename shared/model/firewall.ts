/** The packet filter of a host, as its own tools print it: read, never changed. */
export interface FirewallRules {
  /** None: nothing is filtered. */
  readonly lists: readonly {
    /** The command that printed it. */
    readonly command: string
    readonly text: string
  }[]
}
