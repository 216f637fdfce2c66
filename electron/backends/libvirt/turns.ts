/**
 * Long work in small pieces, one piece per turn of the main loop for the whole app: pieces of fifty hosts that are all
 * due at once would add up to the stall that cutting was to avoid.
 */
let last: Promise<void> = Promise.resolve()

/** Ends when it is the caller's turn; what it then does until its next await is one piece. */
export function turn(): Promise<void> {
  const mine = last.then(() => new Promise<void>((resolve) => setImmediate(resolve)))
  last = mine
  return mine
}
