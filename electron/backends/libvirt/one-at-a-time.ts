const last = new WeakMap<object, Promise<unknown>>()

/** Runs what is given for the same `of` in turn, each when the one before has ended, however that ended. */
export function oneAtATime<T>(of: object, work: () => Promise<T>): Promise<T> {
  const mine = (last.get(of) ?? Promise.resolve()).then(work)
  last.set(
    of,
    mine.catch(() => {}),
  )
  return mine
}
