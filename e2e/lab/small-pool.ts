/** A pool with little room, on a file system of its own. */
import type { LabHost } from './lab-host'

export interface SmallPool {
  readonly folder: string
  /** Leaves only so much room, whoever else needs some; the daemon hears of it when the pool is refreshed. */
  leave(bytes: number): Promise<void>
  /** Gives it more room. */
  grow(sizeBytes: number): Promise<void>
  remove(): Promise<void>
}

const filler = '.filler'

export async function makeSmallPool(host: LabHost, name: string, sizeBytes: number): Promise<SmallPool> {
  const folder = `/var/lib/libvirt/${name}`
  await host.exec(['mkdir', '-p', folder])
  await host.exec(['mount', '-t', 'tmpfs', '-o', `size=${sizeBytes},mode=711`, name, folder])
  await host.virsh(['pool-define-as', name, 'dir', '--target', folder])
  await host.virsh(['pool-start', name])
  return {
    folder,
    leave: async (bytes) => {
      const script = `
        rm -f "$1"
        free=$(df --output=avail -B1 "$2" | tail -n 1)
        [ "$free" -le "$3" ] || fallocate -l $((free - $3)) "$1"`
      await host.exec(['bash', '-ec', script, '-', `${folder}/${filler}`, folder, String(bytes)])
    },
    grow: async (bytes) => {
      await host.exec(['mount', '-o', `remount,size=${bytes}`, folder])
    },
    remove: async () => {
      await host.virsh(['pool-destroy', name]).catch(() => '')
      await host.virsh(['pool-undefine', name]).catch(() => '')
      await host.exec(['umount', folder])
      await host.exec(['rmdir', folder])
    },
  }
}
