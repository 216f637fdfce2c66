import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import type { LabHost } from '../../e2e/lab/lab'
import type { FolderPool } from '../../e2e/lab/folder-pool'
import { testDisk } from '../../electron/new-vm/test-guest/test-guest'
import type { Contender } from './contender'

const vm = 'bench-peer'

/** virt-install, which opens virt-viewer by itself, with the same disk, memory and screen. The disk is there beforehand. */
export async function byVirtInstall(
  host: LabHost,
  pool: FolderPool,
  scratch: string,
  env: NodeJS.ProcessEnv,
): Promise<Contender> {
  const image = `${scratch}/test-guest.img`
  await writeFile(image, testDisk())
  const volume = `${vm}.img`
  await host.virsh(['vol-create-as', pool.name, volume, String(testDisk().length), '--format', 'raw'])
  await host.virsh(['vol-upload', volume, image, '--pool', pool.name])
  let child: ChildProcess | undefined
  return {
    name: 'virt-install',
    prepare: async () => undefined,
    async begin() {
      // the display is handed over by the daemon: its network is not this computer's
      const words = [
        ...['--connect', host.uri(), '--name', vm, '--memory', '64', '--vcpus', '1', '--import'],
        // it would try KVM wherever there is the device, and give up where that cannot set up a guest
        ...['--virt-type', 'qemu'],
        ...['--osinfo', 'detect=on,require=off', '--disk', `vol=${pool.name}/${volume}`, '--network', 'none'],
        ...['--graphics', 'vnc,listen=none', '--autoconsole', 'graphical'],
      ]
      const beganMs = performance.now()
      child = spawn('virt-install', words, { env, stdio: ['ignore', 'ignore', 'inherit'], detached: true })
      await once(child, 'spawn')
      return beganMs
    },
    async clear() {
      await host.virsh(['destroy', vm]).catch(() => '')
      await host.virsh(['undefine', vm, '--nvram']).catch(() => '')
      if (child?.pid === undefined) return
      // the viewer is a child of it and goes with its group
      const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve()
      try {
        process.kill(-child.pid)
      } catch {
        // over by itself
      }
      await ended
    },
  }
}
