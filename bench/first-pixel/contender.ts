/** One way of getting from nothing to a new guest's screen. */
export interface Contender {
  readonly name: string
  /** All that comes before the click. */
  prepare(): Promise<void>
  /** Clicks, or starts the command; tells when that was, by this process's clock. */
  begin(): Promise<number>
  /** The guest with all that was made for it, and whatever shows it. */
  clear(): Promise<void>
}
