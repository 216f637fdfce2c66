/** Hosts that the lab does not have, by what libvirt tells of them: for virt-install and for the wizard alike. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { readHostCapabilities } from '../../backends/libvirt/xml/capabilities'
import { readGuestCapabilities } from '../../backends/libvirt/xml/domain-capabilities'
import { parseXml } from '../../domain-xml/document'
import { readSurroundings, type Surroundings } from '../surroundings'
import { demo } from './demo'

export interface RecordedHost {
  /** Has virt-install take the files' words for those of libvirt's test driver. */
  readonly uri: string
  surroundings(input: NewVmInput): Promise<Surroundings>
}

export type RecordedName = 'kvm' | 'arm64' | 'xen' | 'lxc'

/** `folder`: of its pool "default". */
export async function recordedHost(name: RecordedName, folder: string): Promise<RecordedHost> {
  const path = (what: string): string =>
    fileURLToPath(new URL(`recorded/${name}.${what}.xml`, import.meta.url))
  const read = async (what: string) => parseXml(await readFile(path(what), 'utf8')).root
  const capabilities = readHostCapabilities(await read('capabilities'))
  // LXC's driver does not tell what guests can have
  const hasMore = name !== 'lxc'
  const guest = hasMore ? readGuestCapabilities(await read('domain-capabilities')) : undefined
  const more = hasMore ? `,domcaps=${path('domain-capabilities')}` : ''
  const { session } = await demo()
  return {
    uri: `__virtinst_test__test:///default,caps=${path('capabilities')}${more},fakeuri=${fakeUris[name]}`,
    surroundings: async (input) => {
      const around = await readSurroundings(session, input)
      const pool = around.pools.byName.get('default')
      if (!pool) throw new Error('The demo host has no pool "default"')
      return {
        ...around,
        capabilities,
        guest,
        pools: { byName: new Map([[pool.name, { ...pool, path: folder }]]), isComplete: true },
        volumeNames: new Map(),
      }
    },
  }
}

const fakeUris: Readonly<Record<RecordedName, string>> = {
  kvm: 'qemu:///system',
  arm64: 'qemu:///system',
  xen: 'xen:///system',
  lxc: 'lxc:///system',
}
