/** How the files of a backup are called: its images after it, and a manifest beside them. */
const ending = '.backup.json'

export const manifestName = (id: string): string => `${id}${ending}`
export const isManifest = (volume: string): boolean => volume.endsWith(ending)
export const imageName = (id: string, target: string): string => `${id}-${target}.qcow2`

/** "web-01-20261129T150203Z": sorted by name they are sorted by time. */
export function backupId(vmName: string, atMs: number): string {
  const stamp = new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '')
  const stem = vmName.replace(/[^A-Za-z0-9_.+-]+/g, '-').slice(0, 180) || 'vm'
  return `${stem}-${stamp}`
}

/** Whether a volume is a file of a backup, going by the names of all in its pool. No VM uses one, and yet it is needed. */
export function backupFileCheck(volumes: readonly string[]): (volume: string) => boolean {
  const manifests = new Set(volumes.filter(isManifest))
  return (volume) => {
    if (manifests.has(volume)) return true
    const [, id] = /^(.+-\d{8}T\d{6}Z)-[^-]+\.qcow2$/.exec(volume) ?? []
    return id !== undefined && manifests.has(manifestName(id))
  }
}
