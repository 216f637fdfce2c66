import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../e2e/lab/lab'
import { hostId, vmId } from '../../shared/model/ids'
import type { HardwareItem, HardwareView } from '../../shared/model/hardware/view'
import type { NewVmInput, NewVmPlan } from '../../shared/model/new-vm/new-vm'
import type { Task } from '../../shared/model/task'
import type { HypervisorSession } from '../backends/backend'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { calm } from '../backends/suite/expect-kind'
import { NewVmActions } from '../hosts/new-vm-actions'
import { OperatingSystems } from '../os-catalogue/operating-systems'
import { TaskWatch } from '../transfers/testing/task-watch'
import { testServer } from '../web/testing/test-server'
import { bootDisc, bootDisk, discGreeting, diskGreeting } from '../../e2e/lab/boot-media'
import { disk, existing, gib, wanted } from './testing/inputs'
import { Reader } from '../backends/suite/text-consoles.suite'
import { findTestGuestPlace } from './test-guest/test-guest'
import { definitionWriter } from './writer'

const name = 'new-vm-live'
const mib = 1024 ** 2
const pool = 'default'
const disc = 'new-vm-live.iso'
const image = 'new-vm-live-system.img'

/** New VMs on a real host, reached by ssh, from the plan to what the guest says when it runs. */
describe('a new VM on a real host', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher
  let session: HypervisorSession
  let actions: NewVmActions
  const tasks = new TaskWatch()

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    session = (await reacher.connect(uri, { keyFile: host.keyFile })).session
    const systems = new OperatingSystems({ hosts: { get: () => session } })
    actions = new NewVmActions({
      tasks: tasks.list,
      hosts: { get: () => session },
      writer: definitionWriter(
        async () => undefined,
        (url) => systems.detectTree(url),
      ),
    })
    await upload(disc, bootDisc())
    await upload(image, bootDisk())
  })

  afterEach(async () => {
    await host.removeGuest(name)
    for (const volume of await ownVolumes()) await host.virsh(['vol-delete', volume, '--pool', pool])
  })

  afterAll(async () => {
    for (const volume of [disc, image])
      await host?.virsh(['vol-delete', volume, '--pool', pool]).catch(() => undefined)
    await reacher?.stop()
    await lab?.stop()
  })

  async function upload(volume: string, bytes: Buffer): Promise<void> {
    await session.storage.prepareUpload({ pool, volume }, bytes.length, 'raw')
    const range = { offsetBytes: 0, lengthBytes: bytes.length, isSparse: false }
    const sink = await session.storage.openUpload({ pool, volume }, range, new AbortController().signal)
    await sink.write(bytes)
    await sink.finish()
  }

  const ownVolumes = async (): Promise<string[]> =>
    (await session.storage.volumeNames(pool)).volumes
      .map((one) => one.name)
      .filter((one) => one.startsWith(name) && one !== disc && one !== image)

  /** Guests are emulated here, and text is all that these tell. */
  const small = (more: Partial<NewVmInput>): NewVmInput =>
    wanted({
      host: hostId.parse('lab'),
      name,
      guest: { virtType: 'qemu', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
      vcpuCount: 1,
      memoryBytes: 64 * mib,
      disks: [disk({ sizeBytes: 8 * mib })],
      nics: [{ source: { kind: 'user' } }],
      ...more,
    })

  async function create(input: NewVmInput): Promise<{ plan: NewVmPlan; task: Task }> {
    const plan = await actions.plan(input)
    expect(plan.problems.filter(({ level }) => level === 'error')).toEqual([])
    const id = await actions.create(input)
    return { plan, task: await tasks.ended(id) }
  }

  async function viewOf(task: Task): Promise<HardwareView> {
    if (task.vm === undefined) throw new Error('The task does not name its VM')
    return session.hardware(task.vm)
  }

  /** What the guest's program says; the serial line is a terminal of the host. */
  async function said(text: string): Promise<string> {
    const xml = await host.virsh(['dumpxml', name])
    const tty = /<serial type='pty'>\s*<source path='([^']+)'/.exec(xml)?.[1] ?? 'no terminal'
    return host.exec(['timeout', '60', 'grep', '-a', '-m1', text, tty])
  }

  /** The serial line of the guest, as a terminal of the host. */
  async function terminal(): Promise<string> {
    const xml = await host.virsh(['dumpxml', name])
    return /<serial type='pty'>\s*<source path='([^']+)'/.exec(xml)?.[1] ?? 'no terminal'
  }

  /** Types a line in the guest's shell until it answers with a text. */
  async function typed(line: string, answer: string): Promise<string> {
    const script =
      '(while echo "$2" > "$1"; do sleep 1; done) & grep -a -m1 "^$3" "$1"; found=$?; kill $!; exit $found'
    return host.exec(['timeout', '50', 'sh', '-c', script, 'sh', await terminal(), line, answer])
  }

  it('from a disc: the disk is made, it starts, and it is as the plan said', async () => {
    const source: NewVmInput['source'] = {
      kind: 'iso',
      disc: { kind: 'volume', pool, volume: disc },
      second: [],
    }
    const { plan, task } = await create(small({ source, hasAutostart: true }))
    expect(task).toMatchObject({ state: 'succeeded', kind: 'vm.create' })
    expect(task.command).toMatch(/^virt-install --connect /)
    expect(await said(discGreeting)).toContain(discGreeting)
    expect(await ownVolumes()).toEqual([`${name}.qcow2`])
    expect((await session.listVms()).find((vm) => vm.name === name)).toMatchObject({
      id: task.vm,
      state: 'running',
      autostart: true,
      isPersistent: true,
      maxMemoryBytes: 64 * mib,
      vcpuCount: 1,
    })
    expectAsPlanned(await viewOf(task), plan)
  })

  it('from a disc in a home, which is copied into a pool first and stays there', async () => {
    const closed = `/home/ann/${name}-home.iso`
    const there = await host.virsh(['vol-path', disc, '--pool', pool])
    await host.exec(['cp', there.trim(), closed])
    try {
      const source = (copyTo?: string): NewVmInput['source'] => ({
        kind: 'iso',
        disc: { kind: 'path', path: closed, copyTo },
        second: [],
      })
      const { task, plan } = await create(small({ source: source(pool), disks: [] }))
      expect(task.error).toBeUndefined()
      expect(plan.files.map((file) => file.name)).toContain(`${pool}/${name}-home.iso`)
      expect(await ownVolumes()).toEqual([`${name}-home.iso`])
      expect(await host.virsh(['dumpxml', name])).toContain(`/${name}-home.iso'`)
      expect(await host.virsh(['dumpxml', name])).not.toContain(closed)
      expect(await said(discGreeting)).toContain(discGreeting)
    } finally {
      await host.exec(['rm', '-f', closed])
    }
  })

  it('from a disk that has a system: nothing is made for it', async () => {
    const { plan, task } = await create(
      small({ source: { kind: 'import' }, disks: [existing(`${pool}/${image}`)] }),
    )
    expect(task.state).toBe('succeeded')
    expect(await said(diskGreeting)).toContain(diskGreeting)
    expect(await ownVolumes()).toEqual([])
    expectAsPlanned(await viewOf(task), plan)
    const again = await actions.plan(small({ name: `${name}-2`, disks: [existing(`${pool}/${image}`)] }))
    expect(again.problems).toMatchObject([{ level: 'error', field: 'disks.0.image' }])
  })

  it('a test guest runs, echoes what is typed on its serial line, and goes off when it is asked to', async () => {
    const { disk: at } = await findTestGuestPlace(session)
    const task = await tasks.ended(await actions.createTest(hostId.parse('lab')))
    const { vm } = task
    expect(task.error).toBeUndefined()
    if (vm === undefined) throw new Error('The task does not name its VM')
    try {
      const device = (await session.textConsoles.textDevices(vm))[0]?.id ?? 'none'
      const wish = { device, isForced: false }
      const reader = new Reader(await session.textConsoles.openText(vm, wish, calm().signal))
      // the host drops what it said before anybody listened; what is typed comes back at any time
      const typing = setInterval(() => reader.type('Guten Tag '), 500)
      await reader.until(/Guten Tag /).finally(() => clearInterval(typing))
      await session.power(vm, 'shutdown', calm())
      await reader.ended()
      await expect
        .poll(async () => (await session.listVms()).find(({ id }) => id === vm)?.state)
        .toBe('shut-off')
    } finally {
      await host.removeGuest('test-guest')
      await session.storage.deleteVolume(at, true)
    }
  })

  it('from the network, without any medium', async () => {
    const { plan, task } = await create(small({ source: { kind: 'network-boot' }, disks: [] }))
    expect(task.state).toBe('succeeded')
    const view = await viewOf(task)
    expect(view.isRunning).toBe(true)
    expect(view.items.filter(({ ref }) => ref.kind === 'disk')).toEqual([])
    expectAsPlanned(view, plan)
  })

  it('from a folder on the web: it starts once with the fetched kernel, and from its disk from then on', async () => {
    const [kernel, initrd] = await Promise.all(
      ['vmlinux', 'initrd'].map((file) => readFile(join(stateDirectory, 'guest', file))),
    )
    const treeInfo = `[general]\nfamily = Lab Linux\nversion = 1\narch = x86_64\n
[images-x86_64]\nkernel = images/vmlinuz\ninitrd = images/initrd.img\n`
    const server = await testServer({
      '/os/.treeinfo': treeInfo,
      '/os/images/vmlinuz': kernel ?? '',
      '/os/images/initrd.img': initrd ?? '',
    })
    try {
      const source: NewVmInput['source'] = {
        kind: 'tree',
        url: `${server.url}/os`,
        kernelArgs: 'no_timer_check lab.name=new-vm-live',
        isTextConsole: true,
      }
      const { plan, task } = await create(
        small({ source, memoryBytes: 256 * mib, graphics: 'none', hasAutostart: true }),
      )
      expect(task.error).toBeUndefined()
      // the guest has read its line by itself, so it is the fetched kernel that runs
      expect(await typed('cat /proc/cmdline', 'inst.repo=')).toContain(plan.kernelLine)
      expect(await ownVolumes()).toEqual([`${name}.qcow2`])
      const running = await host.virsh(['dumpxml', name])
      expect(running).toContain(`${name}-kernel</kernel>`)
      expect(running).toContain('<on_reboot>destroy</on_reboot>')
      const stored = await host.virsh(['dumpxml', '--inactive', name])
      expect(stored).not.toContain('kernel>')
      expect(stored).toContain('<on_reboot>restart</on_reboot>')
      const card = (xml: string): string | undefined => /<mac address='([^']+)'/.exec(xml)?.[1]
      expect(card(running)).toMatch(/^52:54:00:/)
      expect(card(running)).toBe(card(stored))
      expect((await session.listVms()).find((vm) => vm.name === name)).toMatchObject({
        id: task.vm,
        state: 'running',
        autostart: true,
        isPersistent: true,
      })
      // an emulator takes what is typed only while somebody listens; the line ends with the guest
      await typed('reboot -f', 'nothing').catch(() => undefined)
      await expect.poll(() => host.guestState(name), { timeout: 60_000 }).toBe('shut off')
      await session.power(vmId.parse(task.vm), 'start', calm())
      expect(await host.guestState(name)).toBe('running')
      expect(await host.virsh(['dumpxml', name])).not.toContain('kernel>')
    } finally {
      await server.close()
    }
  })

  it('leaves no volume when the host does not take the definition', async () => {
    const twice = `<disk type='file' device='disk'><source file='/x'/><target dev='vda' bus='virtio'/></disk>`
    const { task } = await create(
      small({
        disks: [{ ...disk({ sizeBytes: 8 * mib }), bus: 'virtio' }],
        changes: [{ kind: 'add-xml', key: 'x', xml: twice }],
      }),
    )
    expect(task).toMatchObject({ state: 'failed' })
    expect(task.error?.detail).toContain('vda')
    expect(await ownVolumes()).toEqual([])
    expect(await host.guestState(name)).toBeUndefined()
  })

  it('is refused when the pool has no room for its disk', async () => {
    const full = disk({ sizeBytes: 90_000 * gib, isFull: true })
    await expect(actions.create(small({ disks: [full] }))).rejects.toMatchObject({
      kind: 'invalid',
      field: 'disks.0.sizeBytes',
    })
    expect(await ownVolumes()).toEqual([])
  })
})

/** The host adds to a definition; what was planned is all in it. */
function expectAsPlanned(view: HardwareView, plan: NewVmPlan): void {
  expect(view.guest).toMatchObject({ virtType: 'qemu', osType: 'hvm', architecture: 'x86_64' })
  const left = [...view.items]
  for (const planned of plan.view.items) {
    const at = left.findIndex((item) => item.ref.kind === planned.ref.kind && isIn(planned, item))
    expect(at, `${JSON.stringify(planned)} is not in ${JSON.stringify(view.items)}`).toBeGreaterThanOrEqual(0)
    left.splice(at, 1)
  }
}

/** Each VM has its own; the host writes a machine's versioned name for "q35". */
const own = ['uuid', 'mac', 'machine']

function isIn(planned: HardwareItem, found: HardwareItem): boolean {
  return Object.entries(planned.values).every(
    ([field, value]) => own.includes(field) || JSON.stringify(found.values[field]) === JSON.stringify(value),
  )
}
