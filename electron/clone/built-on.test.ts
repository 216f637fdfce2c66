import { expect, it } from 'vitest'
import { vmId } from '../../shared/model/ids'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { demo } from '../new-vm/testing/demo'
import { builtOn } from './built-on'

const images = '/var/lib/libvirt/images'
const context: ActionContext = { signal: new AbortController().signal, onProgress: () => undefined }

/** Images, each with the one it is built on. */
async function layers(
  session: HypervisorSession,
  chain: readonly (readonly [name: string, base?: string])[],
): Promise<void> {
  for (const [name, base] of chain)
    await session.storage.createVolume(
      'default',
      {
        name: `${name}.qcow2`,
        format: 'qcow2',
        capacityBytes: 1024 ** 3,
        allocation: 'sparse',
        ...(base === undefined ? {} : { backingPath: `${images}/${base}.qcow2`, backingFormat: 'qcow2' }),
      },
      context,
    )
}

it('names the VMs that are built on the disks of one, and images that no VM has', async () => {
  const { session } = await demo()
  const id = (at: number) => vmId.parse(`12345678-1234-4234-8234-12345678900${at}`)
  const define = (name: string, at: number): Promise<unknown> =>
    session.creation.define(
      `<domain type='kvm'><name>${name}</name><uuid>${id(at)}</uuid><memory unit='MiB'>512</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type></os><devices><disk type='file' device='disk'>
        <driver name='qemu' type='qcow2'/><source file='${images}/${name}.qcow2'/><target dev='vda'/></disk></devices></domain>`,
    )
  await layers(session, [['golden'], ['one', 'golden'], ['two', 'one'], ['loose', 'golden']])
  await define('golden', 1)
  expect(await builtOn(session, id(1))).toEqual([`${images}/loose.qcow2`, `${images}/one.qcow2`])
  await define('one', 2)
  await define('two', 3)
  expect(await builtOn(session, id(1))).toEqual([`${images}/loose.qcow2`, 'one', 'two'])
  expect(await builtOn(session, id(3))).toEqual([])
})

it('finds that bases are neither deleted nor resized under what is built on them', async () => {
  const { session } = await demo()
  await layers(session, [['golden'], ['one', 'golden']])
  const golden = { pool: 'default', volume: 'golden.qcow2' }
  const larger = { capacityBytes: 2 * 1024 ** 3, allocate: false, shrink: false }
  await expect(session.storage.deleteVolume(golden, false)).rejects.toMatchObject({ kind: 'busy' })
  await expect(session.storage.resizeVolume(golden, larger)).rejects.toMatchObject({ kind: 'busy' })
})
