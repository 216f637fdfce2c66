/** One way of getting from nothing to a new guest's screen. */
export interface Contender {
  readonly name: string
  /** All that comes before the click. */
  prepare(): Promise<void>
  /** Ends when the click or the command was given. */
  begin(): Promise<void>
  /** The guest with all that was made for it, and whatever shows it. */
  clear(): Promise<void>
}
