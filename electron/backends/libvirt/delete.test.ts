import { expect, it } from 'vitest'
import type { VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import type { ActionContext } from '../backend'
import { deleteVm } from './delete'
import { workOutDeletePlan } from './delete-plan'
import type { LibvirtHost } from './host'
import { fakeRpc, hostError, type FakeRpc } from './testing/fake-rpc'

const uuid = '6a1c0f3e-9a55-4c0e-8a1b-000000000001' as VmId
const record: VmRecord = {
  id: uuid,
  name: 'golden',
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: true,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
}
const self = { name: 'golden', uuid, id: -1 }
const other = { name: 'clone', uuid: '6a1c0f3e-9a55-4c0e-8a1b-000000000002', id: -1 }
const disk = (path: string, more = ''): string =>
  `<disk type='file' device='disk'><source file='${path}'/><target dev='vda'/>${more}</disk>`
const domain = (devices: string, os = ''): string =>
  `<domain><os>${os}</os><devices>${devices}</devices></domain>`

interface Setting {
  /** Definitions by the VM's name. */
  readonly domains: Readonly<Record<string, string>>
  /** Volumes of the pool "default", with the image each is built on. */
  readonly volumes: Readonly<Record<string, { backing?: string }>>
  readonly undeletable?: string
  readonly knownUndefineFlags?: number
}

function hostWith(
  setting: Setting,
): FakeRpc & { host: LibvirtHost; deleted: string[]; undefinedWith: number[] } {
  const deleted: string[] = []
  const undefinedWith: number[] = []
  const volume = (path: string) => ({ pool: 'default', name: path.split('/').pop() ?? '', key: path })
  const rpc = fakeRpc({
    CONNECT_LIST_ALL_DOMAINS: ({ flags }: { flags: number }) => ({
      domains: flags === 0 ? [self, other] : [],
      ret: 0,
    }),
    DOMAIN_GET_XML_DESC: ({ dom }: { dom: { uuid: string } }) => ({
      xml: setting.domains[dom.uuid === uuid ? 'golden' : 'clone'] ?? '<domain/>',
    }),
    DOMAIN_LIST_ALL_SNAPSHOTS: () => ({
      snapshots: ['clean', 'before-upgrade'].map((name) => ({ name, dom: self })),
      ret: 2,
    }),
    STORAGE_VOL_LOOKUP_BY_PATH: ({ path }: { path: string }) => {
      if (!setting.volumes[path]) throw hostError('VIR_ERR_NO_STORAGE_VOL')
      return { vol: volume(path) }
    },
    STORAGE_VOL_GET_INFO: () => ({ type: 0, capacity: 10, allocation: 5 }),
    STORAGE_VOL_GET_XML_DESC: ({ vol }: { vol: { key: string } }) => {
      const backing = setting.volumes[vol.key]?.backing
      const store = backing === undefined ? '' : `<backingStore><path>${backing}</path></backingStore>`
      return {
        xml: `<volume><target><path>${vol.key}</path><format type='qcow2'/></target>${store}</volume>`,
      }
    },
    STORAGE_POOL_LOOKUP_BY_NAME: ({ name }: { name: string }) => ({ pool: { name, uuid } }),
    STORAGE_POOL_LIST_ALL_VOLUMES: () => ({ vols: Object.keys(setting.volumes).map(volume), ret: 0 }),
    STORAGE_VOL_DELETE: ({ vol }: { vol: { key: string } }) => {
      if (vol.key === setting.undeletable) throw hostError('VIR_ERR_OPERATION_FAILED', 'cannot unlink')
      deleted.push(vol.key)
    },
    DOMAIN_UNDEFINE_FLAGS: ({ flags }: { flags: number }) => {
      if (flags & ~(setting.knownUndefineFlags ?? 0xff)) throw hostError('VIR_ERR_INVALID_ARG')
      undefinedWith.push(flags)
    },
  })
  const inventory = { nameOf: () => 'golden', refresh: async () => record, settle: async () => undefined }
  const host = { rpc: rpc.session, inventory } as unknown as LibvirtHost
  return { ...rpc, host, deleted, undefinedWith }
}

const calm: ActionContext = { signal: new AbortController().signal, onProgress: () => {} }
const base = '/pool/base.qcow2'

it('names the VM whose disk is built on an image, though its definition does not mention it', async () => {
  const { host } = hostWith({
    domains: { golden: domain(disk(base)), clone: domain(disk('/pool/clone.qcow2')) },
    volumes: { [base]: {}, '/pool/clone.qcow2': { backing: base } },
  })
  const { plan } = await workOutDeletePlan(host, uuid)
  expect(plan.files).toEqual([
    {
      path: base,
      target: 'vda',
      sizeBytes: 10,
      allocationBytes: 5,
      format: 'qcow2',
      usedBy: ['clone'],
      isSuggested: false,
    },
  ])
})

it('keeps a file outside of every pool and says why', async () => {
  const { host } = hostWith({ domains: { golden: domain(disk('/srv/a.img')) }, volumes: {} })
  const { plan } = await workOutDeletePlan(host, uuid)
  expect(plan.files).toEqual([
    {
      path: '/srv/a.img',
      target: 'vda',
      keep: expect.stringContaining('no active storage pool'),
      usedBy: [],
      isSuggested: false,
    },
  ])
  await expect(deleteVm(host, uuid, ['/srv/a.img'], calm)).rejects.toMatchObject({ kind: 'invalid' })
})

it('lists what goes along with the definition', async () => {
  const { host } = hostWith({
    domains: { golden: domain(`<tpm><backend type='emulator'/></tpm>`, '<nvram>/x</nvram>') },
    volumes: {},
  })
  const { plan } = await workOutDeletePlan(host, uuid)
  expect(plan.goesAlong).toEqual([
    'saved state',
    '2 snapshots (clean, before-upgrade)',
    'UEFI variables (/x)',
    'TPM state',
  ])
})

it('undefines with fewer flags where the host knows fewer', async () => {
  const { host, undefinedWith } = hostWith({ domains: {}, volumes: {}, knownUndefineFlags: 3 })
  await deleteVm(host, uuid, [], calm)
  expect(undefinedWith).toEqual([3])
})

it('deletes nothing at all, not even the definition, when another image is built on a chosen file', async () => {
  const { host, deleted, undefinedWith } = hostWith({
    domains: { golden: domain(disk(base)), clone: domain(disk('/pool/clone.qcow2')) },
    volumes: { [base]: {}, '/pool/clone.qcow2': { backing: base } },
  })
  await expect(deleteVm(host, uuid, [base], calm)).rejects.toMatchObject({
    kind: 'busy',
    message: `"${base}" is also used by clone`,
  })
  expect({ deleted, undefinedWith }).toEqual({ deleted: [], undefinedWith: [] })
})

it('says which files are left when one cannot be deleted, and deletes the others', async () => {
  const { host, deleted } = hostWith({
    domains: { golden: domain(disk('/pool/a') + disk('/pool/b') + disk('/pool/c')) },
    volumes: { '/pool/a': {}, '/pool/b': {}, '/pool/c': {} },
    undeletable: '/pool/b',
  })
  const deletion = deleteVm(host, uuid, ['/pool/a', '/pool/b', '/pool/c'], calm)
  await expect(deletion).rejects.toMatchObject({
    message: 'The VM was deleted, but not all of its files',
    detail: expect.stringMatching(/^Still there: \/pool\/b\n\/pool\/b: (.|\n)*cannot unlink/),
  })
  expect(deleted).toEqual(['/pool/a', '/pool/c'])
})
