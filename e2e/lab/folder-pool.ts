/** A pool of the host that is a folder of its own. */
import type { LabHost } from './lab-host'

export interface FolderPool {
  readonly name: string
  readonly folder: string
  /** Of a file in it. */
  path(file: string): string
  files(): Promise<string[]>
  /** With all that is in it. */
  remove(): Promise<void>
}

export async function makeFolderPool(host: LabHost, name: string): Promise<FolderPool> {
  const folder = `/var/lib/libvirt/${name}`
  await host.virsh(['pool-define-as', name, 'dir', '--target', folder])
  await host.virsh(['pool-build', name])
  await host.virsh(['pool-start', name])
  return {
    name,
    folder,
    path: (file) => `${folder}/${file}`,
    files: async () => (await host.exec(['ls', folder])).split('\n').filter((file) => file !== ''),
    remove: async () => {
      await host.virsh(['pool-destroy', name]).catch(() => '')
      await host.virsh(['pool-undefine', name]).catch(() => '')
      await host.exec(['rm', '-rf', folder])
    },
  }
}
