/** The part, each of whose methods runs within `around`. */
export function wrapped<Part extends object>(
  part: Part,
  around: (call: () => Promise<unknown>) => Promise<unknown>,
): Part {
  const methods = Object.entries(part).map(([name, method]) => [
    name,
    (...input: unknown[]): Promise<unknown> =>
      around(async () => (method as (...all: unknown[]) => unknown).apply(part, input)),
  ])
  return Object.fromEntries(methods) as Part
}
