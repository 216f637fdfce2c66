/** Clones on the demo host, as on a real one. */
import { demo } from '../new-vm/testing/demo'
import { describeClones } from './testing/clone.suite'

describeClones('clones on the demo host', async () => {
  const { host, session } = await demo()
  const folder = '/var/lib/libvirt/images'
  const nvram = '/var/lib/libvirt/qemu/nvram'
  const ours = (): string[] =>
    [...host.files.keys()].filter((path) => path.startsWith(folder) || path.startsWith(nvram))
  return {
    session,
    pool: 'default',
    folder,
    nvram,
    contents: async () =>
      new Map(ours().map((path) => [path, JSON.stringify({ ...host.files.get(path), modifiedAtMs: 0 })])),
    async fill(path, _format, layer) {
      const file = host.files.get(path)
      if (!file) throw new Error(`There is no ${path}`)
      host.files.set(path, { ...file, allocationBytes: file.allocationBytes + layer * 4096 })
    },
    async put(path, text) {
      host.files.set(path, {
        sizeBytes: text.length,
        allocationBytes: text.length,
        format: 'raw',
        modifiedAtMs: 0,
      })
    },
    // images of the demo host have sizes only
    isSame: async (one, other) => host.files.get(one)?.sizeBytes === host.files.get(other)?.sizeBytes,
    async clear(prefix) {
      for (const path of ours()) if (path.includes(`/${prefix}`)) host.files.delete(path)
    },
    tearDown: () => session.close(),
  }
})
