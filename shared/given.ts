/** `{ key: value }`, or nothing for undefined: optional fields are absent rather than undefined across the border. */
export function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
