import { beforeEach, describe, expect, it } from 'vitest'
import type { CloneDisk, CloneInput } from '../../shared/model/clone'
import { hostId, vmId } from '../../shared/model/ids'
import type { ImageAction } from '../../shared/model/storage/image'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import type { SnapshotWish } from '../backends/snapshot-session'
import { demo, failing } from '../new-vm/testing/demo'
import { makeClones } from './clone'
import { planClone, workOutClones } from './plan'

const gib = 1024 ** 3
const images = '/var/lib/libvirt/images'
const calm: ActionContext = { signal: new AbortController().signal, onProgress: () => undefined }
const id = vmId.parse('12345678-1234-4234-8234-123456789abc')

let session: HypervisorSession
/** What the host's tools were asked for. */
let asked: { readonly path: string; readonly action: ImageAction }[]

const diskXml = (target: string): string =>
  `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${images}/web-${target}.qcow2'/><target dev='${target}' bus='virtio'/></disk>`

/** A VM with two disks, which runs. */
beforeEach(async () => {
  const { session: own } = await demo()
  asked = []
  session = failing(own, {
    images: failing(own.images, {
      imageAction: (path, action, context) => {
        asked.push({ path, action })
        return own.images.imageAction(path, action, context)
      },
    }),
  })
  for (const target of ['vda', 'vdb'])
    await session.storage.createVolume(
      'default',
      { name: `web-${target}.qcow2`, format: 'qcow2', capacityBytes: gib, allocation: 'sparse' },
      calm,
    )
  await session.creation.define(
    `<domain type='kvm'><name>web</name><uuid>${id}</uuid><memory unit='MiB'>512</memory><vcpu>1</vcpu>
      <os><type arch='x86_64' machine='q35'>hvm</type></os><devices>${diskXml('vda')}${diskXml('vdb')}</devices></domain>`,
  )
  await session.power(id, 'start', calm)
})

const take = (more: Partial<SnapshotWish>): Promise<void> =>
  session.snapshots.createSnapshot(
    id,
    {
      name: 'before',
      description: '',
      kind: 'external',
      withMemory: false,
      quiesce: false,
      live: false,
      reuse: false,
      disks: [],
      ...more,
    },
    calm,
  )
const input = (disks: readonly CloneDisk[] = []): CloneInput => ({
  host: hostId.parse('demo'),
  vm: id,
  name: 'copy',
  count: 1,
  disks: [...disks],
  snapshot: 'before',
})
const errorsOf = async (wish: CloneInput): Promise<string[]> =>
  (await planClone(session, wish)).problems.flatMap(({ level, message }) =>
    level === 'error' ? [message] : [],
  )

describe('clones of a snapshot', () => {
  it('inside the images are read out of these by the tools of the host, while the VM runs', async () => {
    await take({ kind: 'internal' })
    const worked = await workOutClones(session, input())
    expect(worked.plan.problems.map(({ level, message }) => [level, message])).toEqual([
      ['warning', 'The memory of the snapshot is not in the clone: it starts as after a power failure.'],
    ])
    await makeClones(session, worked, calm)
    expect(asked.map(({ path, action }) => [path, action])).toEqual(
      ['vda', 'vdb'].map((target) => [
        `${images}/web-${target}.qcow2`,
        {
          kind: 'convert',
          to: `${images}/${target === 'vda' ? 'copy' : 'copy-vdb'}.qcow2`,
          format: 'qcow2',
          isCompressed: false,
          options: {},
          snapshot: 'before',
        },
      ]),
    )
    const vms = await session.listVms()
    expect(vms.find(({ name }) => name === 'copy')).toMatchObject({ state: 'shut-off' })
  })

  it('inside the images cannot be built on these', async () => {
    await take({ kind: 'internal' })
    expect(await errorsOf(input([{ target: 'vda', how: 'linked' }]))).toEqual([
      'vda cannot be linked: The snapshot is inside an image, which a layer cannot be built on.',
    ])
  })

  it('beside the images are those that the VM does not write to any more', async () => {
    await take({})
    const { clones, problems } = await planClone(session, input([{ target: 'vda', how: 'linked' }]))
    expect(clones[0]?.disks.map(({ how, from, format }) => [how, from, format])).toEqual([
      ['linked', `${images}/web-vda.qcow2`, 'qcow2'],
      ['copy', `${images}/web-vdb.qcow2`, 'qcow2'],
    ])
    expect(problems).toMatchObject([
      {
        level: 'warning',
        field: 'disks.vda',
        cure: 'Leave the snapshot where it is as long as the clone is needed. Innkeeper does not merge into this file then.',
      },
      { level: 'warning', field: 'snapshot' },
    ])
  })

  it('have no disk that the snapshot has nothing of, and say so', async () => {
    await take({ disks: [{ target: 'vdb', kind: 'none' }] })
    const { clones, problems } = await planClone(session, input())
    expect(clones[0]?.disks.map(({ target, how }) => [target, how])).toEqual([
      ['vda', 'copy'],
      ['vdb', 'skip'],
    ])
    expect(problems.map(({ message }) => message)).toContain(
      'The clone has no vdb: The snapshot keeps nothing of it.',
    )
  })

  it('that is gone are refused, and show no command that would clone the VM as it is', async () => {
    await expect(planClone(session, input())).rejects.toMatchObject({
      kind: 'not-found',
      message: 'There is no snapshot “before” any more',
    })
    await take({})
    expect(await planClone(session, input())).not.toHaveProperty('command')
  })
})
