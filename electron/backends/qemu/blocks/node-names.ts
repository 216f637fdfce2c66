/** Nodes of a disk begin with what the command that started it calls it. */
export function isNodeOf(target: string, name: string): boolean {
  return name === `drive-${target}` || name.startsWith(`drive-${target}-`)
}
