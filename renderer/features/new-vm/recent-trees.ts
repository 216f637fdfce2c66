/** Addresses that VMs were installed from, newest first, as long as the window is open. */
const mostKept = 8
let recent: readonly string[] = []

export function recentTrees(): readonly string[] {
  return recent
}

export function rememberTree(url: string): void {
  recent = [url, ...recent.filter((one) => one !== url)].slice(0, mostKept)
}
