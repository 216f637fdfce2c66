/** A host in memory for tests of deletions: VMs, pools of images built on images, snapshots. */
import type { VmId } from '../../../../shared/model/ids'
import type { VmRecord } from '../../../../shared/model/vm'
import type { LibvirtHost } from '../host'
import type { HostCommands } from '../../images/host-commands'
import { readWholeUses } from '../storage/usage-whole'
import type { DeleteTools } from '../delete-plan'
import { fakeRpc, hostError, type FakeRpc } from './fake-rpc'

interface TestVolume {
  readonly backing?: string
  /** The pool learns of it only when it is read anew. */
  readonly isNew?: true
}

export interface Setting {
  /** Definitions by the VM's name; the first is the one to be deleted. */
  readonly domains: Readonly<Record<string, string>>
  /** By path; each folder is a pool. */
  readonly volumes: Readonly<Record<string, TestVolume>>
  /** Of which VM, by name: their descriptions. */
  readonly snapshots?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly undeletable?: string
  readonly knownUndefineFlags?: number
  readonly libVersion?: number
  readonly unreadable?: string
  /** What `qemu-img info` says, by path. */
  readonly infos?: Readonly<Record<string, object>>
}

export interface DeletionHost extends FakeRpc {
  readonly host: LibvirtHost
  readonly tools: DeleteTools
  readonly ids: Readonly<Record<string, VmId>>
  readonly deleted: string[]
  readonly undefinedWith: number[]
}

const poolOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const idAt = (at: number): VmId => `6a1c0f3e-9a55-4c0e-8a1b-00000000000${at + 1}` as VmId

export function deletionHost(setting: Setting): DeletionHost {
  const deleted: string[] = []
  const undefinedWith: number[] = []
  const refreshed = new Set<string>()
  const names = Object.keys(setting.domains)
  const ids = Object.fromEntries(names.map((name, at) => [name, idAt(at)]))
  const records = names.map((name, at) => record(name, idAt(at)))
  const nameAt = (uuid: string): string => names.find((name) => ids[name] === uuid) ?? ''
  const pools = [...new Set(Object.keys(setting.volumes).map(poolOf))]
  const handle = (path: string) => ({ pool: poolOf(path), name: nameOf(path), key: path })
  const known = (path: string): boolean => {
    const volume = setting.volumes[path]
    return volume !== undefined && (volume.isNew !== true || refreshed.has(poolOf(path)))
  }
  const rpc = fakeRpc({
    CONNECT_LIST_ALL_STORAGE_POOLS: () => ({
      pools: pools.map((name) => ({ name, uuid: idAt(0) })),
      ret: 0,
    }),
    STORAGE_POOL_GET_XML_DESC: ({ pool }: { pool: { name: string } }) => ({
      xml: `<pool type='dir'><target><path>${pool.name}</path></target></pool>`,
    }),
    STORAGE_POOL_REFRESH: ({ pool }: { pool: { name: string } }) => void refreshed.add(pool.name),
    STORAGE_POOL_LIST_ALL_VOLUMES: ({ pool }: { pool: { name: string } }) => ({
      vols: Object.keys(setting.volumes)
        .filter((path) => poolOf(path) === pool.name && known(path))
        .map(handle),
      ret: 0,
    }),
    STORAGE_VOL_LOOKUP_BY_PATH: ({ path }: { path: string }) => {
      if (!known(path)) throw hostError('VIR_ERR_NO_STORAGE_VOL')
      return { vol: handle(path) }
    },
    STORAGE_VOL_GET_INFO: () => ({ type: 0, capacity: 10, allocation: 5 }),
    STORAGE_VOL_GET_XML_DESC: ({ vol }: { vol: { pool: string; name: string } }) => {
      const path = `${vol.pool}/${vol.name}`
      const backing = setting.volumes[path]?.backing
      const store = backing === undefined ? '' : `<backingStore><path>${backing}</path></backingStore>`
      return { xml: `<volume><target><path>${path}</path><format type='qcow2'/></target>${store}</volume>` }
    },
    DOMAIN_GET_XML_DESC: ({ dom }: { dom: { uuid: string } }) => {
      const name = nameAt(dom.uuid)
      if (name === setting.unreadable) throw hostError('VIR_ERR_OPERATION_FAILED', 'no lock')
      return { xml: setting.domains[name] ?? '<domain/>' }
    },
    DOMAIN_LIST_ALL_SNAPSHOTS: ({ dom }: { dom: { uuid: string } }) => ({
      snapshots: Object.keys(setting.snapshots?.[nameAt(dom.uuid)] ?? {}).map((name) => ({ name, dom })),
      ret: 2,
    }),
    DOMAIN_SNAPSHOT_GET_XML_DESC: ({ snap }: { snap: { name: string; dom: { uuid: string } } }) => ({
      xml: setting.snapshots?.[nameAt(snap.dom.uuid)]?.[snap.name] ?? '<domainsnapshot/>',
    }),
    STORAGE_VOL_DELETE: ({ vol }: { vol: { key: string } }) => {
      if (vol.key === setting.undeletable) throw hostError('VIR_ERR_OPERATION_FAILED', 'cannot unlink')
      deleted.push(vol.key)
    },
    DOMAIN_UNDEFINE_FLAGS: ({ flags }: { flags: number }) => {
      if (flags & ~(setting.knownUndefineFlags ?? 0xff)) throw hostError('VIR_ERR_INVALID_ARG')
      undefinedWith.push(flags)
    },
  })
  const inventory = {
    nameOf: nameAt,
    refresh: async (id: string) => records.find((one) => one.id === id),
    readAll: async () => records,
    settle: async () => undefined,
  }
  const host = { rpc: rpc.session, inventory } as unknown as LibvirtHost
  const commands: HostCommands = {
    async run(argv) {
      const info = setting.infos?.[argv.at(-1) ?? '']
      if (!info) return { stdout: '', stderr: 'qemu-img: permission denied', code: 1 }
      return { stdout: JSON.stringify(info), stderr: '', code: 0 }
    },
    start: () => Promise.reject(new Error('Nothing is started here')),
  }
  return {
    ...rpc,
    host,
    tools: {
      readUses: (near) => readWholeUses(host, commands, near),
      libVersion: setting.libVersion ?? 9_000_000,
    },
    ids,
    deleted,
    undefinedWith,
  }
}

function record(name: string, id: VmId): VmRecord {
  return {
    id,
    name,
    state: 'shut-off',
    isPersistent: true,
    hasSavedState: name === 'golden',
    autostart: false,
    vcpuCount: 1,
    memoryBytes: 1,
    maxMemoryBytes: 1,
  }
}

export const diskXml = (path: string, more = '', format = 'qcow2'): string =>
  `<disk type='file' device='disk'><driver name='qemu' type='${format}'/><source file='${path}'/><target dev='vda'/>${more}</disk>`

export const domainXml = (devices: string, os = ''): string =>
  `<domain><os>${os}</os><devices>${devices}</devices></domain>`
