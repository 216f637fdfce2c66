import { expect, test } from 'vitest'
import { OperatingSystems } from '../os-catalogue/operating-systems'
import { workOutNewVm } from './plan'
import { planSeries } from './series'
import { demo } from './testing/demo'
import { disk, existing, gib, wanted } from './testing/inputs'
import { standIn } from './testing/stand-in-writer'
import { definitionWriter } from './writer'

test('a plan shows definition, pages, files and command, and nothing of it has happened', async () => {
  const { session, host } = await demo()
  const files = [...host.files.keys()]
  const plan = await planSeries(
    session,
    wanted({
      source: { kind: 'iso', disc: { kind: 'path', path: '/srv/x.iso' }, second: [] },
      disks: [disk(), existing('default/old-fileserver.qcow2')],
    }),
    standIn,
  )
  expect(plan.xml).toContain("file='/var/lib/libvirt/images/new-01.qcow2'")
  expect(plan.view).toMatchObject({ name: 'new-01', isRunning: false, isPersistent: true })
  expect(plan.view.items.filter(({ ref }) => ref.kind === 'disk')).toHaveLength(2)
  expect(plan.files).toEqual([
    {
      action: 'create',
      what: 'disk',
      name: 'default/new-01.qcow2',
      path: '/var/lib/libvirt/images/new-01.qcow2',
      sizeBytes: 20 * gib,
      freeBytes: expect.any(Number),
    },
    {
      action: 'use',
      what: 'disk',
      name: 'default/old-fileserver.qcow2',
      path: '/var/lib/libvirt/images/old-fileserver.qcow2',
      sizeBytes: 20 * gib,
    },
    { action: 'use', what: 'disc', name: '/srv/x.iso', path: '/srv/x.iso' },
  ])
  expect(plan.command).toBe('virt-install --name new-01')
  expect(plan.commandNotes).toEqual(['In short.'])
  expect([...host.files.keys()]).toEqual(files)
  expect(host.byName('new-01')).toBeUndefined()
})

test('what was changed on the hardware pages is in the definition, and not in the command', async () => {
  const { session } = await demo()
  const change = {
    kind: 'set',
    item: { kind: 'general', key: '' },
    values: { title: 'Mine' },
    unset: [],
  } as const
  const plan = await planSeries(session, wanted({ changes: [change] as never }), standIn)
  expect(plan.xml).toContain('<title>Mine</title>')
  expect(plan.commandNotes).toHaveLength(2)
})

test('a graphics card of the host, a shared folder and a disk’s cache are chosen before there is a VM', async () => {
  const { session } = await demo()
  const systems = new OperatingSystems({ hosts: { get: () => session } })
  const writer = definitionWriter(
    (id) => systems.get(id),
    (url) => systems.detectTree(url),
  )
  const changes = [
    {
      kind: 'add',
      device: 'pci-device',
      key: 'new-1',
      values: { address: '0000:01:00.0', managed: true },
    },
    {
      kind: 'add',
      device: 'filesystem',
      key: 'new-2',
      values: { type: 'mount', driver: 'path', directory: '/srv/share', target: 'share' },
    },
    { kind: 'set', item: { kind: 'disk', key: 'vda' }, values: { cache: 'none' }, unset: [] },
  ]
  const { xml, problems } = await planSeries(
    session,
    wanted({ firmware: 'efi', graphics: 'spice', changes: changes as never }),
    writer,
  )
  expect(problems).toEqual([])
  for (const part of [
    /machine=['"]q35/,
    /firmware=['"]efi/,
    /<graphics type=['"]spice/,
    /<hostdev mode=['"]subsystem['"] type=['"]pci/,
    /<filesystem type=['"]mount/,
    /<source dir=['"]\/srv\/share/,
    /cache=['"]none/,
  ])
    expect(xml).toMatch(part)
})

test('changes that do not fit any longer are a problem like others', async () => {
  const { session } = await demo()
  const change = { kind: 'remove', item: { kind: 'disk', key: 'vdz' } } as const
  const plan = await planSeries(session, wanted({ changes: [change] as never }), standIn)
  expect(plan.problems).toMatchObject([{ level: 'error', field: 'changes' }])
  expect(plan.xml).toContain('<name>new-01</name>')
})

test('a definition that was changed as a text still fits when the VM is made', async () => {
  const { session, host } = await demo()
  const { xml } = await planSeries(session, wanted(), standIn)
  const text = xml.replace('<vcpu>2</vcpu>', '<vcpu>3</vcpu>')
  const again = await planSeries(session, wanted({ changes: [{ kind: 'definition', xml: text }] }), standIn)
  expect([again.xml, again.problems]).toEqual([text, []])
  // the UUID is another one for another VM, also when the first was made and renamed
  expect((await planSeries(session, wanted({ name: 'new-02' }), standIn)).xml).not.toContain(uuidIn(xml))
  await session.creation.define(xml)
  const made = host.byName('new-01')
  if (made) host.change(made, { definition: { ...made.definition, name: 'renamed' } })
  expect(uuidIn((await planSeries(session, wanted(), standIn)).xml)).not.toBe(uuidIn(xml))
})

test('pages begin with what was written last as a text, and changes of fields come on top of it', async () => {
  const { session } = await demo()
  const first = await planSeries(session, wanted(), standIn)
  const text = first.xml.replace('<vcpu>2</vcpu>', '<vcpu>3</vcpu>')
  const title = { kind: 'set' as const, item: { kind: 'general', key: '' }, values: { title: 'Mine' } }
  const both = wanted({ changes: [{ kind: 'definition', xml: text }, title], changesBase: first.base })
  const plan = await planSeries(session, both, standIn)
  expect([plan.problems, plan.base]).toEqual([[], first.base])
  expect(plan.xml).toContain('<vcpu>3</vcpu>')
  expect(plan.xml).toContain('<title>Mine</title>')
  const page = (kind: string): unknown => plan.view.items.find(({ ref }) => ref.kind === kind)?.values
  expect(page('cpu')).toMatchObject({ maximum: 3 })
  expect(page('general')).not.toHaveProperty('title')
})

test('a text does not silently undo what was chosen after it was written', async () => {
  const { session } = await demo()
  const { xml, base } = await planSeries(session, wanted(), standIn)
  const changes = { changes: [{ kind: 'definition' as const, xml }], changesBase: base }
  const plan = await planSeries(session, wanted({ ...changes, vcpuCount: 5 }), standIn)
  expect(plan.problems).toMatchObject([{ level: 'error', field: 'changes' }])
  expect(plan.problems[0]?.message).toContain('Other choices were made after')
  expect(plan.xml).toContain('<vcpu>5</vcpu>')
})

test('a password never comes back in the text, and stays when the text is edited', async () => {
  const { session } = await demo()
  const secret = {
    kind: 'add' as const,
    device: 'graphics',
    key: 'new-1',
    values: { type: 'vnc', password: 'tiger' },
  }
  const first = await planSeries(session, wanted({ changes: [secret] }), standIn)
  expect(first.problems).toEqual([])
  expect(first.xml).not.toContain('tiger')
  const text = first.xml.replace('<vcpu>2</vcpu>', '<vcpu>3</vcpu>')
  const both = wanted({ changes: [secret, { kind: 'definition', xml: text }], changesBase: first.base })
  const worked = await workOutNewVm(session, both, standIn)
  expect(worked.plan.xml).not.toContain('tiger')
  const stored = worked.definitionWith(new Map())
  expect(stored).toContain("passwd='tiger'")
  expect(stored).toContain('<vcpu>3</vcpu>')
})

test('an edited text names the volumes that were made, wherever they came to be', async () => {
  const { session } = await demo()
  const { xml, base } = await planSeries(session, wanted({ disks: [disk()] }), standIn)
  const text = xml.replace('<vcpu>2</vcpu>', '<vcpu>3</vcpu>')
  const input = wanted({
    disks: [disk()],
    changes: [{ kind: 'definition', xml: text }],
    changesBase: base,
  })
  const worked = await workOutNewVm(session, input, standIn)
  const volume = {
    name: 'other.qcow2',
    path: '/elsewhere/other.qcow2',
    type: 'file' as const,
    format: 'qcow2',
    capacityBytes: 20 * gib,
    allocationBytes: 0,
    isEncrypted: false,
    key: '/elsewhere/other.qcow2',
  }
  const stored = worked.definitionWith(new Map([[0, volume]]))
  expect(stored).toContain("file='/elsewhere/other.qcow2'")
  expect(stored).toContain('<vcpu>3</vcpu>')
})

function uuidIn(xml: string): string {
  return /<uuid>([^<]+)</.exec(xml)?.[1] ?? ''
}
