/** New VMs from snapshots of a real guest that runs and writes on; what is in them a guest says itself. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { inGuest } from '../../e2e/lab/guest-agent'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import { until } from '../../e2e/lab/run'
import type { CloneDisk, CloneInput, ClonePlan } from '../../shared/model/clone'
import { hostId, type VmId } from '../../shared/model/ids'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { makeClones } from './clone'
import { workOutClones } from './plan'

const name = 'of-snapshots'
const copy = 'of-snapshots-copy'
const folder = '/var/lib/libvirt/images'
const calm: ActionContext = { signal: new AbortController().signal, onProgress: () => undefined }
/** All of the disk is written to over and over. */
const load =
  'touch /run/load; (while [ -e /run/load ]; do yes load | head -c 8388608 | dd of=/dev/vda bs=64k seek=64 conv=fsync,notrunc; done) >/dev/null 2>&1 &'

describe('clones of snapshots of a running guest', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher
  let session: HypervisorSession
  let vm: VmId

  const write = (word: string): Promise<string> =>
    inGuest(host, name, `yes ${word} | head -c 65536 | dd of=/dev/vda bs=65536 conv=fsync,notrunc`)
  const read = (of: string, piece = 0): Promise<string> =>
    inGuest(
      host,
      of,
      `sync; echo 3 >/proc/sys/vm/drop_caches; dd if=/dev/vda bs=65536 skip=${piece} count=1 | head -n 1 | tr -d '\\000'`,
    )
  const agentAnswers = (of: string): Promise<unknown> =>
    until(
      'the guest agent to answer',
      120_000,
      async () => (await inGuest(host, of, 'echo up').catch(() => '')) === 'up',
    )
  const take = (snapshot: string, kind: 'internal' | 'external'): Promise<void> =>
    session.snapshots.createSnapshot(
      vm,
      {
        name: snapshot,
        description: '',
        kind,
        withMemory: false,
        quiesce: false,
        live: false,
        reuse: false,
        disks: [],
      },
      calm,
    )
  const clone = async (snapshot: string, disks: readonly CloneDisk[] = []): Promise<ClonePlan> => {
    const input: CloneInput = {
      host: hostId.parse('lab'),
      vm,
      name: copy,
      count: 1,
      disks: [...disks],
      snapshot,
    }
    const worked = await workOutClones(session, input)
    expect(worked.plan.problems.filter(({ level }) => level === 'error')).toEqual([])
    await makeClones(session, worked, calm)
    return worked.plan
  }
  /** The copy says what is on its disk. */
  const wordOfCopy = async (piece = 0): Promise<string> => {
    await host.virsh(['start', copy])
    await agentAnswers(copy)
    return read(copy, piece)
  }

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    session = (await reacher.connect(uri, { keyFile: host.keyFile })).session
    await host.startGuest({ name, disk: true, graphics: 'none' })
    vm = (await host.virsh(['domuuid', name])).trim() as VmId
    await agentAnswers(name)
  }, 180_000)

  afterEach(() => host.removeGuest(copy))

  afterAll(async () => {
    await host.virsh(['destroy', name]).catch(() => '')
    await host.virsh(['undefine', name, '--snapshots-metadata']).catch(() => '')
    await host.exec(['sh', '-c', `rm -f ${folder}/${name}*`])
    await host.virsh(['pool-refresh', 'default'])
    await reacher.stop()
    await lab.stop()
  }, 120_000)

  it('have what a snapshot inside the image kept, while the guest goes on writing to that image', async () => {
    await write('before')
    await take('in, side=1', 'internal')
    await write('after')
    await inGuest(host, name, load)
    const { clones, problems, command } = await clone('in, side=1')
    await inGuest(host, name, 'rm /run/load')
    expect(command).toBeUndefined()
    expect(problems.map(({ message }) => message)).toContain(
      'The memory of the snapshot is not in the clone: it starts as after a power failure.',
    )
    expect(clones[0]?.disks).toMatchObject([
      { how: 'copy', whyNot: { linked: expect.stringContaining('inside an image') } },
    ])
    expect(await wordOfCopy()).toBe('before')
    // where the guest has written all the time the snapshot has nothing
    expect(await read(copy, 64)).toBe('')
    expect(await read(name)).toBe('after')
    expect(await host.exec(['qemu-img', 'check', '-U', `${folder}/${copy}.qcow2`])).toContain('No errors')
  })

  it('have what is below a snapshot beside the image, as copies that stand alone', async () => {
    await write('second')
    await take('beside', 'external')
    await write('third')
    await clone('beside')
    expect(await wordOfCopy()).toBe('second')
    expect(await read(name)).toBe('third')
    const told = await host.exec(['qemu-img', 'info', '-U', `${folder}/${copy}.qcow2`])
    expect(told).not.toContain('backing file')
  })

  it('are built on that file where it is wanted, and keep it from being merged into', async () => {
    await clone('beside', [{ target: 'vda', how: 'linked' }])
    expect(await wordOfCopy()).toBe('second')
    const wish = { names: ['beside'], withChildren: false, metadataOnly: false }
    await expect(session.snapshots.snapshotDeletePlan(vm, wish)).rejects.toMatchObject({
      kind: 'unsupported',
      message: `${folder}/${name}.qcow2, which “beside” needs, is also the base of others`,
    })
  })

  it('of one that is gone are refused', async () => {
    await expect(clone('never there')).rejects.toMatchObject({ kind: 'not-found' })
  })
})
