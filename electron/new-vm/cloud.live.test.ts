import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { inGuest } from '../../e2e/lab/guest-agent'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../e2e/lab/lab'
import { hostId } from '../../shared/model/ids'
import type { InstallSource, NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { HypervisorSession } from '../backends/backend'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { NewVmActions } from '../hosts/new-vm-actions'
import { TaskWatch } from '../transfers/testing/task-watch'
import { wanted } from './testing/inputs'
import { standIn } from './testing/stand-in-writer'
import { definitionWriter } from './writer'

const name = 'cloud-live'
const pool = 'default'
const raw = 'cloud-live-raw.img'
const base = 'cloud-live-base.qcow2'
const mib = 1024 ** 2
const marker = 'made from the cloud image'
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8vDkLqvXyLfFqGJ0Ue3k9Ylnqh6f3oYgWm3c9s1a2b ann@desk'
const password = 'correct horse battery'

/**
 * VMs from a cloud image on a real host. The guest is the lab's, whose kernel is given as on the hardware pages: it looks at
 * its disk, and reads the disc as cloud-init would.
 */
describe('a VM from a cloud image on a real host', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher
  let session: HypervisorSession
  let actions: NewVmActions
  const tasks = new TaskWatch()
  const context = { signal: new AbortController().signal, onProgress: () => undefined }

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    session = (await reacher.connect(uri, { keyFile: host.keyFile })).session
    actions = new NewVmActions({
      tasks: tasks.list,
      hosts: { get: () => session },
      writer: definitionWriter(async () => undefined, standIn.tree),
    })
    const bytes = Buffer.alloc(4 * mib)
    bytes.write(marker)
    await session.storage.prepareUpload({ pool, volume: raw }, bytes.length, 'raw')
    const range = { offsetBytes: 0, lengthBytes: bytes.length, isSparse: false }
    const sink = await session.storage.openUpload({ pool, volume: raw }, range, context.signal)
    await sink.write(bytes)
    await sink.finish()
    await session.storage.cloneVolume(
      { pool, volume: raw, toPool: pool, name: base, format: 'qcow2' },
      context,
    )
  })

  const own = async (): Promise<string[]> =>
    (await session.storage.volumeNames(pool)).volumes
      .map((one) => one.name)
      .filter((one) => one.startsWith(name) && one !== raw && one !== base)
      .toSorted()

  afterEach(async () => {
    await host.removeGuest(name)
    for (const volume of await own()) await host.virsh(['vol-delete', volume, '--pool', pool])
  })

  afterAll(async () => {
    for (const volume of [raw, base])
      await host?.virsh(['vol-delete', volume, '--pool', pool]).catch(() => undefined)
    await reacher?.stop()
    await lab?.stop()
  })

  const input = (more: Partial<Extract<InstallSource, { kind: 'cloud' }>>): NewVmInput =>
    wanted({
      host: hostId.parse('lab'),
      name,
      guest: { virtType: 'qemu', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
      source: {
        kind: 'cloud',
        base: { kind: 'volume', pool, volume: base },
        how: 'copy',
        pool,
        sizeBytes: 64 * mib,
        init: {
          hostname: 'web-01.example.org',
          user: { name: 'ann', sshKeys: [key], password, isAdmin: true },
          packages: ['nginx'],
          network: { kind: 'static', address: '192.0.2.10/24', gateway: '192.0.2.1', dns: [] },
        },
        ...more,
      },
      vcpuCount: 1,
      memoryBytes: 192 * mib,
      disks: [],
      nics: [{ source: { kind: 'user' } }],
      changes: [
        {
          kind: 'set',
          item: { kind: 'boot', key: '' },
          values: {
            kernel: join(stateDirectory, 'guest/vmlinux'),
            initrd: join(stateDirectory, 'guest/initrd'),
            cmdline: 'console=ttyS0 quiet no_timer_check',
          },
          unset: [],
        },
      ],
    })

  async function create(wish: NewVmInput): Promise<string> {
    const plan = await actions.plan(wish)
    expect(plan.problems).toEqual([])
    const task = await tasks.ended(await actions.create(wish))
    expect(task.error).toBeUndefined()
    const shown = JSON.stringify([plan, task])
    expect(shown).not.toContain(password)
    expect(shown).not.toContain('$6$')
    await expect
      .poll(() => inGuest(host, name, 'echo up').catch(() => 'not yet'), { timeout: 180_000, interval: 500 })
      .toBe('up')
    return task.vm ?? ''
  }

  const mountDisc = (): Promise<string> =>
    inGuest(
      host,
      name,
      `exec 2>&1; modprobe -a sr_mod isofs; mkdir /tmp/seed; mount -t iso9660 -o ro /dev/sr0 /tmp/seed
       dd if=/dev/sr0 bs=2048 skip=16 count=1 2>/dev/null | tail -c +41 | head -c 32`,
    )
  const onDisc = (file: string): Promise<string> => inGuest(host, name, `exec 2>&1; cat /tmp/seed/${file}`)

  it('has a copy that has grown, and finds user, host name and address on the disc', async () => {
    const id = await create(input({}))
    expect(await own()).toEqual([`${name}-seed.iso`, `${name}.qcow2`])
    expect(await inGuest(host, name, `head -c ${marker.length} /dev/vda`)).toBe(marker)
    expect(await inGuest(host, name, 'blockdev --getsize64 /dev/vda')).toBe(String(64 * mib))
    // where programs look for a label (ECMA-119, 8.4.7)
    expect(await mountDisc()).toBe('cidata')
    const userData = await onDisc('user-data')
    expect(userData).toMatch(/^#cloud-config\n/)
    expect(userData).toContain(`- "${key}"`)
    expect(userData).toContain('hostname: "web-01"\nfqdn: "web-01.example.org"')
    expect(userData).toContain('packages:\n  - "nginx"')
    expect(userData).toMatch(/passwd: "\$6\$[^"]+"/)
    expect(userData).not.toContain(password)
    expect(await onDisc('meta-data')).toBe(`instance-id: "iid-${id}"\nlocal-hostname: "web-01.example.org"`)
    const mac = await inGuest(host, name, 'cat /sys/class/net/e*/address')
    expect(await onDisc('network-config')).toContain(`macaddress: "${mac}"`)
    expect(await onDisc('network-config')).toContain('- "192.0.2.10/24"')
  })

  it('or a layer on the image, of which the host knows the format', async () => {
    await create(input({ how: 'overlay' }))
    expect(await inGuest(host, name, `head -c ${marker.length} /dev/vda`)).toBe(marker)
    expect(await inGuest(host, name, 'blockdev --getsize64 /dev/vda')).toBe(String(64 * mib))
    const { volumes } = await session.storage.volumeDetails(pool, [`${name}.qcow2`, base])
    const baseVolume = volumes.find((one) => one.name === base)
    expect(volumes.find((one) => one.name === `${name}.qcow2`)).toMatchObject({
      backingPath: baseVolume?.path,
      backingFormat: 'qcow2',
    })
    // whoever wants it as a disk from now on is told
    const again = await actions.plan({
      ...input({}),
      name: `${name}-2`,
      source: { kind: 'import' },
      disks: [{ kind: 'existing', image: { kind: 'volume', pool, volume: base } }],
    })
    expect(again.problems).toMatchObject([{ level: 'error', field: 'disks.0.image' }])
  })

  it('leaves no volume when the host does not take the definition', async () => {
    const wish = input({})
    const twice = `<disk type='file' device='disk'><source file='/x'/><target dev='vda' bus='virtio'/></disk>`
    const id = await actions.create({ ...wish, changes: [{ kind: 'add-xml', key: 'x', xml: twice }] })
    expect(await tasks.ended(id)).toMatchObject({ state: 'failed' })
    expect(await own()).toEqual([])
    expect(await host.guestState(name)).toBeUndefined()
  })
})
