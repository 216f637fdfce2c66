import { expect, test } from 'vitest'
import { hostId } from '../../shared/model/ids'
import type { FromDefinitionInput } from '../../shared/model/new-vm/from-definition'
import { NewVmActions } from '../hosts/new-vm-actions'
import { Revisions } from '../hosts/revisions'
import { TaskList } from '../tasks/task-list'
import { secretMark } from '../domain-xml/secrets'
import { workOutDefinition } from './from-definition'
import { demo, failing } from './testing/demo'
import { standIn } from './testing/stand-in-writer'
import { definitionWriter } from './writer'
import { paravirtual, xenHost } from './xen/testing/definitions'

const uuid = '6f1e0b8a-0c52-4f0e-9a53-0d4f9d3c1a77'
const text = `<domain type='kvm' id='7'>
  <name>restored</name>
  <uuid>${uuid}</uuid>
  <memory unit='MiB'>512</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type><nvram>/var/lib/libvirt/qemu/nvram/restored_VARS.fd</nvram></os>
  <!-- from the backup -->
  <devices>
    <disk type='file' device='disk'><source file='/srv/gone.qcow2'/><target dev='vda'/></disk>
    <interface type='network'><mac address='52:54:00:aa:bb:cc'/><source network='default'/></interface>
  </devices>
</domain>
`
const asked = (more: Partial<FromDefinitionInput> = {}): FromDefinitionInput => ({
  host: hostId.parse('h'),
  xml: text,
  identity: 'keep',
  startsNow: false,
  ...more,
})

test('a definition is taken as it is, and what it lacks here is told before', async () => {
  const { session } = await demo()
  const { plan, ready } = await workOutDefinition(session, asked())
  expect(plan).toMatchObject({ name: 'restored', hasUuid: true })
  expect(plan.problems).toMatchObject([
    { level: 'warning', field: 'xml', message: expect.stringContaining('There is no /srv/gone.qcow2') },
  ])
  const stored = ready?.worked.definitionWith(new Map()) ?? ''
  expect(stored).toBe(text.replace(" id='7'", ''))
  // what only the start needs stands against starting it
  const started = await workOutDefinition(session, asked({ startsNow: true }))
  expect([started.ready, started.plan.problems[0]?.level]).toEqual([undefined, 'error'])
})

test('a definition with the mark of a template becomes one, and is not started', async () => {
  const { session } = await demo()
  const marked = text.replace(
    '<!-- from',
    "<metadata><own:template xmlns:own='urn:innkeeper:template:1'/></metadata><!-- from",
  )
  const xml = marked.replace(/<disk[^]*<\/disk>/, '')
  const stored = await workOutDefinition(session, asked({ xml }))
  expect(stored.plan.problems).toMatchObject([
    { level: 'warning', message: expect.stringContaining('becomes a template') },
  ])
  expect(stored.ready).toBeDefined()
  const started = await workOutDefinition(session, asked({ xml, startsNow: true }))
  expect(started.plan.problems).toMatchObject([
    { level: 'error', field: 'xml', message: expect.stringContaining('templates are not started') },
  ])
  expect(started.ready).toBeUndefined()
})

test('a name or UUID that a VM of the host has is told, with the way out', async () => {
  const { session, host } = await demo()
  const web = host.byName('web-01')
  const clashing = text.replace(uuid, web?.definition.id ?? '')
  const { plan } = await workOutDefinition(session, asked({ xml: clashing, name: 'web-01' }))
  const errors = plan.problems.filter(({ level }) => level === 'error')
  expect(errors.map(({ field }) => field)).toEqual(['identity', 'name'])
  expect(errors[0]?.message).toContain('web-01')
  const other = await workOutDefinition(session, asked({ xml: clashing, name: 'web-09', identity: 'new' }))
  const stored = other.ready?.worked.definitionWith(new Map()) ?? ''
  expect(stored).toContain('<name>web-09</name>')
  expect(stored).toContain(`<uuid>${other.ready?.worked.uuid}</uuid>`)
  expect(stored).not.toContain(web?.definition.id ?? uuid)
  // what belongs to the one before is not shared
  expect(stored).not.toContain('nvram')
  expect(stored).toContain('<!-- from the backup -->')
})

test('MAC addresses are kept, but for those that somebody has', async () => {
  const { session } = await demo()
  const mine = await workOutDefinition(session, asked())
  expect(mine.plan.xml).toContain('52:54:00:aa:bb:cc')
  const [used] = (await session.hostChoices()).macs.items
  const clash = text.replace('52:54:00:aa:bb:cc', used?.mac.toUpperCase() ?? '')
  const { plan, ready } = await workOutDefinition(session, asked({ xml: clash }))
  expect(plan.problems.map(({ message }) => message).join('\n')).toContain(used?.vmName ?? 'nobody')
  expect(ready?.worked.definitionWith(new Map())).not.toContain('<mac')
})

test('secrets do not come back, and marks that stand for them are refused', async () => {
  const { session } = await demo()
  const withSecret = text.replace('</devices>', "<graphics type='vnc' passwd='tiger'/></devices>")
  const { plan, ready } = await workOutDefinition(session, asked({ xml: withSecret }))
  expect(plan.xml).not.toContain('tiger')
  expect(ready?.worked.definitionWith(new Map())).toContain('tiger')
  const marked = withSecret.replace('tiger', secretMark)
  const refused = await workOutDefinition(session, asked({ xml: marked }))
  expect(refused.ready).toBeUndefined()
  expect(refused.plan.problems[0]).toMatchObject({ level: 'error', field: 'xml' })
})

test('what is no definition says so', async () => {
  const { session } = await demo()
  const messageOf = async (xml: string): Promise<string | undefined> =>
    (await workOutDefinition(session, asked({ xml }))).plan.problems[0]?.message
  expect(await messageOf('<domain><name>x</nam>')).toBe('This is not well-formed XML')
  expect(await messageOf('<network><name>x</name></network>')).toContain('<network>')
  expect(await messageOf('<domain type="kvm"><name>x</name></domain>')).toContain('does not say')
  expect(await messageOf(text.replace('<name>restored</name>', ''))).toBeTruthy()
})

test('what was made for Xen is refused with the way out, and taken once it is converted', async () => {
  const { session } = await demo()
  const xml = paravirtual.replace(/<interface[^]*<\/interface>/, '').replace(/<disk[^]*<\/disk>/, '')
  const { plan, ready } = await workOutDefinition(session, asked({ xml }))
  expect(plan.conversion).toEqual({ from: 'pv', to: 'kvm', isNeeded: true })
  expect(plan.problems.filter(({ level }) => level === 'error')).toMatchObject([
    { field: 'xml', message: expect.stringContaining('made for Xen'), cure: expect.stringContaining('KVM') },
  ])
  expect(ready).toBeUndefined()
  const actions = new NewVmActions({
    hosts: { get: () => session },
    tasks: new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() }),
    writer: definitionWriter(async () => undefined, standIn.tree),
  })
  const wanted = { host: hostId.parse('h'), xml, to: 'kvm', devices: 'virtio' } as const
  const converted = await actions.convertDefinition(wanted)
  const after = await workOutDefinition(session, asked({ xml: converted.xml }))
  expect(after.plan.problems.filter(({ level }) => level === 'error')).toEqual([])
  expect(after.plan.conversion).toBeUndefined()
  expect(after.ready?.worked.definitionWith(new Map())).toContain(
    `<type arch='x86_64' machine='q35'>hvm</type>`,
  )
})

test('on a Xen host a paravirtual guest is taken as it is, and may become a fully virtual one', async () => {
  const { session } = await demo()
  const xen = failing(session, { capabilities: async () => xenHost })
  const { plan } = await workOutDefinition(xen, asked({ xml: paravirtual }))
  expect(plan.conversion).toEqual({ from: 'pv', to: 'xen-hvm', isNeeded: false })
  expect(plan.problems.map(({ message }) => message).join()).not.toMatch(/made for Xen|does not run/)
})
