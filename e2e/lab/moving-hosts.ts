/** What moves between both hosts of the lab need: storage that they share, and images whose copies can be compared. */
import { join } from 'node:path'
import { startGluster } from './gluster'
import { stateDirectory, type LabHost } from './lab'

const images = '/var/lib/libvirt/images'

/** Where both hosts have the pool "share" mounted. */
export const sharePath = '/var/lib/libvirt/share'

/** Serves a volume from one host and makes a pool of it on both; returns what takes it away. */
export async function shareStorage(server: LabHost, other: LabHost): Promise<() => Promise<void>> {
  const volume = await startGluster(server, 'moves')
  const hosts = [server, other]
  for (const host of hosts) {
    const source = ['--source-host', server.address, '--source-path', volume.exportPath]
    const kind = ['netfs', '--source-format', 'glusterfs', '--target', sharePath]
    await host.virsh(['pool-define-as', 'share', ...kind, ...source])
    await host.virsh(['pool-build', 'share'])
    await host.virsh(['pool-start', 'share'])
  }
  return async () => {
    for (const host of hosts) {
      await host.virsh(['pool-destroy', 'share']).catch(() => host.exec(['umount', '-l', sharePath]))
      await host.virsh(['pool-undefine', 'share'])
    }
    await volume.remove()
  }
}

/** An image in the pool "default" of a host, with something in it to compare. */
export async function patternedImage(
  host: LabHost,
  volume: string,
  base: readonly string[] = [],
): Promise<string> {
  const path = `${images}/${volume}`
  await host.virsh(['vol-create-as', 'default', volume, '64M', '--format', 'qcow2', ...base])
  await host.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 7 1M 30M', path])
  return path
}

/** The path outside of the hosts. */
export function imageOf(host: LabHost, volume: string): string {
  return join(stateDirectory, host.name, 'lib/images', volume)
}

/** What a guest sees in both; a base is found at the same path, so it is that of the first host. Fails where they differ. */
export async function sameImage(one: LabHost, other: LabHost, volume: string): Promise<void> {
  await one.exec(['qemu-img', 'compare', '-U', imageOf(one, volume), imageOf(other, volume)])
}

/** The names in a pool, looked at anew. */
export async function volumesOf(host: LabHost, pool: string): Promise<string[]> {
  await host.virsh(['pool-refresh', pool])
  return (await host.virsh(['vol-list', pool]))
    .split('\n')
    .flatMap((line) => line.trim().split(/\s+/)[0] || [])
}
