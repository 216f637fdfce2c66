const mostNames = 5

/** "2 snapshots (before-upgrade, clean)". */
export function counted(what: string, found: readonly { readonly name: string }[] = []): string[] {
  if (found.length === 0) return []
  const names = found.slice(0, mostNames).map(({ name }) => name)
  if (found.length > mostNames) names.push(`${found.length - mostNames} more`)
  return [`${found.length} ${what}${found.length === 1 ? '' : 's'} (${names.join(', ')})`]
}
