/** Storage that several hosts of the lab share: a Gluster volume that one of them serves. */
import type { LabHost } from './lab-host'

export interface GlusterVolume {
  /** As a mount wants it: "/moves". */
  readonly exportPath: string
  remove(): Promise<void>
}

export async function startGluster(host: LabHost, name: string): Promise<GlusterVolume> {
  const brick = `/var/lib/libvirt/brick-${name}`
  const script = `
    mkdir -p "$1"
    mount -t tmpfs none /var/lib/glusterd
    glusterd
    until gluster pool list >/dev/null 2>&1; do sleep 0.2; done
    gluster --mode=script volume create "$2" "$3:$1" force
    gluster --mode=script volume start "$2"`
  await host.exec(['bash', '-ec', script, '-', brick, name, host.address], { timeoutMs: 120_000 })
  return {
    exportPath: `/${name}`,
    remove: async () => {
      const end = 'pkill gluster; umount -l /var/lib/glusterd; rm -rf "$1"'
      await host.exec(['bash', '-c', end, '-', brick])
    },
  }
}
