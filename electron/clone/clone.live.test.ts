/** Clones on a real host, reached by ssh, with real images: every byte of its files is watched. */
import { dirname } from 'node:path'
import { startLab } from '../../e2e/lab/lab'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { describeClones } from './testing/clone.suite'

const pool = 'clone-live'
const folder = '/var/lib/libvirt/clone-live'
const nvram = '/var/lib/libvirt/clone-live-nvram'

describeClones('clones on a real host', async () => {
  const lab = await startLab({ hosts: ['labA'] })
  const host = lab.host('labA')
  const reacher = new Reacher(lab, host)
  const { session } = await reacher.connect(
    `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`,
    { keyFile: host.keyFile },
  )
  await host.virsh(['pool-define-as', pool, 'dir', '--target', folder])
  await host.virsh(['pool-build', pool])
  await host.virsh(['pool-start', pool])
  await host.exec(['mkdir', '-p', nvram])
  const formatOf = (path: string): string => (path.endsWith('.qcow2') ? 'qcow2' : 'raw')
  return {
    session,
    pool,
    folder,
    nvram,
    async contents() {
      const sums = await host.exec(['find', folder, nvram, '-type', 'f', '-exec', 'sha256sum', '{}', '+'])
      return new Map(
        sums
          .trim()
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => [line.slice(66), line.slice(0, 64)]),
      )
    },
    async fill(path, format, layer) {
      const write = `write -P ${layer + 1} ${layer}M 2M`
      await host.exec(['qemu-io', '-f', format, '-c', write, path])
    },
    async put(path, text) {
      await host.exec(['mkdir', '-p', dirname(path)])
      await host.exec(['sh', '-c', 'printf %s "$1" >"$2"', 'put', text, path])
    },
    isSame: (one, other) =>
      host
        .exec(['qemu-img', 'compare', '-U', '-f', formatOf(one), '-F', formatOf(other), one, other])
        .then((told) => told.includes('identical')),
    async clear(prefix) {
      await host.exec(['find', folder, nvram, '-type', 'f', '-name', `${prefix}*`, '-delete'])
    },
    async tearDown() {
      await reacher.stop()
      await host.virsh(['pool-destroy', pool]).catch(() => undefined)
      await host.virsh(['pool-undefine', pool]).catch(() => undefined)
      await host.exec(['rm', '-rf', folder, nvram])
      await lab.stop()
    },
  }
})
