/** Clones on a real host of a VM whose disk lies on four layers that another VM is built on too. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../e2e/lab/lab'
import type { CloneDisk } from '../../shared/model/clone'
import { hostId, type VmId } from '../../shared/model/ids'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { openSession } from '../backends/libvirt/testing/suite-host'
import { makeClones } from './clone'
import { workOutClones } from './plan'

const pool = 'clone-live'
const folder = '/var/lib/libvirt/clone-live'
const names = ['clone-live', 'clone-live-other', 'clone-live-2']
const context: ActionContext = { signal: new AbortController().signal, onProgress: () => undefined }
const step = { timeout: 120_000 }

describe('a clone on a real host', () => {
  let lab: Lab
  let host: LabHost
  let session: HypervisorSession

  const image = (name: string): string => `${folder}/${name}.qcow2`
  const qemuImg = (...words: string[]): Promise<string> => host.exec(['qemu-img', ...words])
  const define = async (name: string, disk: string): Promise<void> => {
    const file = join(stateDirectory, `${name}.xml`)
    await writeFile(
      file,
      `<domain type='qemu'><name>${name}</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>
        <devices><disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
          <source file='${image(disk)}'/><target dev='vda' bus='virtio'/></disk>
          <interface type='user'><mac address='52:54:00:12:34:56'/></interface></devices></domain>`,
    )
    await host.virsh(['define', file])
  }
  const idOf = async (name: string): Promise<VmId> => {
    const found = (await session.listVms()).find((vm) => vm.name === name)
    if (!found) throw new Error(`There is no ${name}`)
    return found.id
  }
  /** Of every file in the pool, so that a byte written to any of them is seen. */
  const sums = async (): Promise<string[]> =>
    (await host.exec(['bash', '-c', `cd ${folder} && sha256sum *.qcow2`])).trim().split('\n')
  const clone = async (disks: CloneDisk[] = []): Promise<VmId> => {
    const worked = await workOutClones(session, {
      host: hostId.parse('lab'),
      vm: await idOf('clone-live'),
      name: 'clone-live-2',
      count: 1,
      disks,
    })
    expect(worked.plan.problems.filter(({ level }) => level === 'error')).toEqual([])
    await makeClones(session, worked, context)
    return idOf('clone-live-2')
  }
  const isSame = (one: string, other: string): Promise<string> =>
    qemuImg('compare', '-U', '-f', 'qcow2', '-F', 'qcow2', image(one), image(other))

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    session = await openSession(host.uri())
  })

  beforeEach(async () => {
    await host.virsh(['pool-define-as', pool, 'dir', '--target', folder])
    await host.virsh(['pool-build', pool])
    await qemuImg('create', '-f', 'qcow2', image('deep-0'), '16M')
    for (const [at, base] of ['deep-0', 'deep-1', 'deep-2'].entries())
      await qemuImg('create', '-f', 'qcow2', '-b', image(base), '-F', 'qcow2', image(`deep-${at + 1}`))
    await qemuImg('create', '-f', 'qcow2', '-b', image('deep-2'), '-F', 'qcow2', image('other'))
    // each layer has something of its own, and hides a part of what is below
    for (const at of [0, 1, 2, 3])
      await host.exec(['qemu-io', '-f', 'qcow2', '-c', `write -P ${at + 1} ${at}M 2M`, image(`deep-${at}`)])
    await host.virsh(['pool-start', pool])
    await define('clone-live', 'deep-3')
    await define('clone-live-other', 'other')
  }, 60_000)

  afterEach(async () => {
    for (const name of names) {
      await host.virsh(['destroy', name]).catch(() => '')
      await host.virsh(['undefine', name]).catch(() => '')
    }
    await host.virsh(['pool-destroy', pool])
    await host.virsh(['pool-undefine', pool])
    await host.exec(['rm', '-rf', folder])
  }, 60_000)

  afterAll(async () => {
    await session?.close()
    await lab?.stop()
  })

  it('has all that the original’s disk has, alone of its four layers, and starts', step, async () => {
    const before = await sums()
    const id = await clone()
    await isSame('deep-3', 'clone-live-2')
    expect(await qemuImg('info', image('clone-live-2'))).not.toContain('backing file')
    expect(await sums()).toEqual(expect.arrayContaining(before))
    const xml = await host.virsh(['dumpxml', 'clone-live-2'])
    expect(xml).toContain(image('clone-live-2'))
    expect(xml).not.toContain('52:54:00:12:34:56')
    await session.power(id, 'start', context)
    expect((await host.virsh(['domstate', 'clone-live-2'])).trim()).toBe('running')
  })

  it('that is linked reads all four layers, and goes without anything that others use', step, async () => {
    const before = await sums()
    const id = await clone([{ target: 'vda', how: 'linked' }])
    await isSame('deep-3', 'clone-live-2')
    expect(await qemuImg('info', image('clone-live-2'))).toContain(`backing file: ${image('deep-3')}`)
    await session.power(id, 'start', context)
    await session.power(id, 'forceOff', context)
    expect(await sums()).toEqual(expect.arrayContaining(before))

    const original = await session.deletePlan(await idOf('clone-live'))
    expect(original.files[0]).toMatchObject({
      path: image('deep-3'),
      usedBy: ['clone-live-2'],
      isSuggested: false,
    })
    const plan = await session.deletePlan(id)
    expect(plan.files[0]).toMatchObject({ path: image('clone-live-2'), usedBy: [], isSuggested: true })
    await session.delete(id, { files: [image('clone-live-2')] }, context)
    expect(await sums()).toEqual(before)
  })
})
