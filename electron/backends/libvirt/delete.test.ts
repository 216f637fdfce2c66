import { expect, it } from 'vitest'
import type { ActionContext, DeleteRequest } from '../backend'
import { virDomainUndefineFlagsValues as flag } from '../../libvirt-rpc/index'
import { deleteVm } from './delete'
import { workOutDeletePlan } from './delete-plan'
import { deletionHost, diskXml, domainXml, type DeletionHost, type Setting } from './testing/deletion-host'

const calm: ActionContext = { signal: new AbortController().signal, onProgress: () => {} }
const everything = { keepParts: [], files: [] } satisfies DeleteRequest

function remove({ host, tools, ids }: DeletionHost, request: DeleteRequest, context = calm) {
  const [id] = Object.values(ids)
  if (!id) throw new Error('No VM to delete')
  return deleteVm(host, tools, id, request, context)
}

const withParts: Setting = {
  domains: { one: domainXml(`<tpm><backend type='emulator'/></tpm>`, '<nvram>/x</nvram>') },
  volumes: {},
}
const all =
  flag.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
  flag.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
  flag.VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA

it('undefines with the flags of what goes and of what stays', async () => {
  const go = deletionHost(withParts)
  await remove(go, everything)
  const stay = deletionHost(withParts)
  const { keptParts } = await remove(stay, { files: [], keepParts: ['nvram', 'tpm'] })
  expect(go.undefinedWith).toEqual([all | flag.VIR_DOMAIN_UNDEFINE_NVRAM | flag.VIR_DOMAIN_UNDEFINE_TPM])
  expect(stay.undefinedWith).toEqual([
    all | flag.VIR_DOMAIN_UNDEFINE_KEEP_NVRAM | flag.VIR_DOMAIN_UNDEFINE_KEEP_TPM,
  ])
  expect(keptParts).toEqual(['UEFI variables (/x)', 'TPM state'])
})

it('undefines with fewer flags where the host knows fewer', async () => {
  const host = deletionHost({ domains: { one: domainXml('') }, volumes: {}, knownUndefineFlags: 3 })
  await remove(host, everything)
  expect(host.undefinedWith).toEqual([3])
})

it('never gives up the wish that the state of the TPM stays', async () => {
  const old = deletionHost({ ...withParts, libVersion: 8_000_000 })
  await expect(remove(old, { files: [], keepParts: ['tpm'] })).rejects.toMatchObject({
    kind: 'unsupported',
    message: 'TPM state cannot be kept',
  })
  const refusing = deletionHost({ ...withParts, knownUndefineFlags: 0x1f })
  await expect(remove(refusing, { files: [], keepParts: ['tpm'] })).rejects.toMatchObject({
    message: 'This host cannot keep the state of the TPM',
  })
  expect([...old.undefinedWith, ...refusing.undefinedWith]).toEqual([])
})

it('keeps variables that another VM uses, whatever was asked for', async () => {
  const host = deletionHost({
    domains: { one: domainXml('', '<nvram>/x</nvram>'), two: domainXml('', '<nvram>/x</nvram>') },
    volumes: {},
  })
  await remove(host, everything)
  expect(host.undefinedWith).toEqual([
    all | flag.VIR_DOMAIN_UNDEFINE_KEEP_NVRAM | flag.VIR_DOMAIN_UNDEFINE_TPM,
  ])
})

it('deletes nothing at all, not even the definition, when another image is built on a chosen file', async () => {
  const base = '/pool/base.qcow2'
  const host = deletionHost({
    domains: { golden: domainXml(diskXml(base)), clone: domainXml(diskXml('/pool/clone.qcow2')) },
    volumes: { [base]: {}, '/pool/clone.qcow2': { backing: base } },
  })
  await expect(remove(host, { files: [base] })).rejects.toMatchObject({
    kind: 'busy',
    message: `"${base}" is also used by clone`,
  })
  expect({ deleted: host.deleted, undefinedWith: host.undefinedWith }).toEqual({
    deleted: [],
    undefinedWith: [],
  })
})

it('deletes nothing when what it touches is no longer what was shown', async () => {
  const setting: Setting = { domains: { one: domainXml(diskXml('/p/a')) }, volumes: { '/p/a': {} } }
  const before = deletionHost(setting)
  const [id] = Object.values(before.ids)
  if (!id) throw new Error('No VM')
  const { stamp } = (await workOutDeletePlan(before.host, before.tools, id)).plan
  const later = deletionHost({ ...setting, snapshots: { one: { new: '<domainsnapshot/>' } } })
  await expect(remove(later, { files: ['/p/a'], stamp })).rejects.toMatchObject({ field: 'plan' })
  expect([later.deleted, later.undefinedWith]).toEqual([[], []])
  await remove(before, { files: ['/p/a'], stamp })
  expect(before.deleted).toEqual(['/p/a'])
})

it('deletes overlays before their bases, and no base whose overlay is to stay', async () => {
  const setting: Setting = {
    domains: { one: domainXml(diskXml('/p/c')) },
    volumes: { '/p/a': {}, '/p/b': { backing: '/p/a' }, '/p/c': { backing: '/p/b' } },
  }
  const host = deletionHost(setting)
  await expect(remove(host, { files: ['/p/a', '/p/b'] })).rejects.toMatchObject({ kind: 'invalid' })
  expect(host.undefinedWith).toEqual([])
  await remove(host, { files: ['/p/a', '/p/b', '/p/c'] })
  expect(host.deleted).toEqual(['/p/c', '/p/b', '/p/a'])
})

it('tells of every file how it ended, and keeps what a file is built on that could not be deleted', async () => {
  const host = deletionHost({
    domains: { one: domainXml(diskXml('/p/b') + diskXml('/p/c') + diskXml('/p/d')) },
    volumes: { '/p/a': {}, '/p/b': { backing: '/p/a' }, '/p/c': {}, '/p/d': {} },
    undeletable: '/p/b',
  })
  const { isDeleted, files } = await remove(host, { files: ['/p/a', '/p/b', '/p/c'] })
  expect(isDeleted).toBe(true)
  expect(files).toEqual([
    {
      path: '/p/b',
      result: 'failed',
      why: expect.stringContaining('cannot unlink'),
      volume: { pool: '/p', volume: 'b' },
    },
    {
      path: '/p/a',
      result: 'failed',
      why: '/p/b is built on it and is still there',
      volume: { pool: '/p', volume: 'a' },
    },
    { path: '/p/c', result: 'deleted' },
    { path: '/p/d', result: 'kept', why: 'It was not chosen', volume: { pool: '/p', volume: 'd' } },
  ])
  expect(host.deleted).toEqual(['/p/c'])
})

it('tells which files are left when it is cancelled between them', async () => {
  const abort = new AbortController()
  const host = deletionHost({
    domains: { one: domainXml(diskXml('/p/a') + diskXml('/p/b')) },
    volumes: { '/p/a': {}, '/p/b': {} },
  })
  const onProgress = (fraction: number): void => {
    if (fraction > 0) abort.abort()
  }
  const { files } = await remove(host, { files: ['/p/a', '/p/b'] }, { signal: abort.signal, onProgress })
  expect(files.map(({ path, result }) => [path, result])).toEqual([
    ['/p/a', 'deleted'],
    ['/p/b', 'failed'],
  ])
})
