import { describe, expect, it } from 'vitest'

import { AppError, errorData } from '../../shared/errors'
import type { InstallSource, NewVmInput, NewVmPlan } from '../../shared/model/new-vm/new-vm'
import type { HypervisorSession } from '../backends/backend'
import { createVm } from './create'
import { workOutNewVm } from './plan'
import { planSeries } from './series'
import { demo, failing, type Demo } from './testing/demo'
import { disk, existing, gib, wanted } from './testing/inputs'
import { standIn } from './testing/stand-in-writer'
import { definitionWriter } from './writer'

type CloudSource = Extract<InstallSource, { kind: 'cloud' }>

const writer = definitionWriter(async () => undefined, standIn.tree)
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8vDkLqvXyLfFqGJ0Ue3k9Ylnqh6f3oYgWm3c9s1a2b ann@desk'
const folder = '/var/lib/libvirt/images'
const base = `${folder}/debian-12-genericcloud-amd64.qcow2`
const password = 'correct horse battery'

function cloud(more: Partial<CloudSource> = {}, init: Partial<CloudSource['init']> = {}): NewVmInput {
  return wanted({
    disks: [],
    source: {
      kind: 'cloud',
      base: { kind: 'volume', pool: 'default', volume: 'debian-12-genericcloud-amd64.qcow2' },
      how: 'copy',
      pool: 'default',
      sizeBytes: 10 * gib,
      init: {
        user: { name: 'debian', sshKeys: [key], isAdmin: true },
        packages: [],
        network: { kind: 'dhcp' },
        ...init,
      },
      ...more,
    },
  })
}

async function create(session: HypervisorSession, input: NewVmInput): Promise<NewVmPlan> {
  const worked = await workOutNewVm(session, input, writer)
  await createVm(session, input, worked, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  return worked.plan
}

/** What a guest would find on its disc; only this looks into the image as text. */
function seedText({ host }: Demo, name = 'new-01-seed.iso'): string {
  const file = host.files.get(`${folder}/${name}`)
  const read = file?.content?.read(0, file.sizeBytes)
  return Buffer.from(read?.bytes ?? []).toString('utf8')
}

const mine = ({ host }: Demo): string[] =>
  [...host.files.keys()].filter((path) => path.includes('new-01')).toSorted()
const errors = (plan: NewVmPlan): string[] =>
  plan.problems.flatMap(({ level, field }) => (level === 'error' ? [field ?? ''] : []))

describe('a VM from a cloud image', () => {
  it('gets a copy of the image that has grown, and the disc that cloud-init reads', async () => {
    const one = await demo()
    const plan = await create(one.session, cloud())
    expect(mine(one)).toEqual([`${folder}/new-01-seed.iso`, `${folder}/new-01.qcow2`])
    expect(one.host.files.get(`${folder}/new-01.qcow2`)).toMatchObject({
      sizeBytes: 10 * gib,
      allocationBytes: 446_693_376,
      format: 'qcow2',
    })
    const vm = one.host.byName('new-01')
    expect(vm?.state).toBe('running')
    expect(vm?.definition.disks.map(({ source, device }) => [source, device])).toEqual([
      [`${folder}/new-01.qcow2`, 'disk'],
      [`${folder}/new-01-seed.iso`, 'cdrom'],
    ])
    const text = seedText(one)
    expect(text).toContain(`- "${key}"`)
    expect(text).toContain(`instance-id: "iid-${vm?.definition.id}"`)
    expect(plan.files.map(({ action, what, name }) => [action, what, name])).toEqual([
      ['create', 'disk', 'default/new-01.qcow2'],
      ['create', 'seed', 'default/new-01-seed.iso'],
      ['use', 'original', 'default/debian-12-genericcloud-amd64.qcow2'],
    ])
  })

  it('or a layer on the image, which says the format of what is below it', async () => {
    const one = await demo()
    await create(one.session, cloud({ how: 'overlay' }))
    expect(one.host.files.get(`${folder}/new-01.qcow2`)).toMatchObject({
      sizeBytes: 10 * gib,
      backingPath: base,
      backingFormat: 'qcow2',
    })
  })

  it('knows its card by the address that cloud-init was told', async () => {
    const one = await demo()
    const plan = await create(one.session, cloud())
    const mac = /<mac address=["']([^"']+)/.exec(plan.xml)?.[1] ?? 'none'
    expect(mac).toMatch(/^52:54:00:/)
    expect(seedText(one)).toContain(`macaddress: "${mac}"`)
    // the same in each plan, as what is changed on the card goes by it
    const two = await demo()
    expect((await planSeries(two.session, cloud(), writer)).xml).toContain(mac)
  })

  it('never has the address of another VM of the host', async () => {
    const one = await demo()
    const macIn = (xml: string): string => /<mac address=["']([^"']+)/.exec(xml)?.[1] ?? 'none'
    const first = macIn((await planSeries(one.session, cloud(), writer)).xml)
    const choices = await one.session.hostChoices()
    const session = failing(one.session, {
      hostChoices: async () => ({ ...choices, macs: { items: [{ mac: first, vmName: 'other' }] } }),
    })
    const other = macIn((await planSeries(session, cloud(), writer)).xml)
    expect(other).toMatch(/^52:54:00:/)
    expect(other).not.toBe(first)
  })

  it('keeps the password to itself: it is a hash on the disc, and nowhere else', async () => {
    const one = await demo()
    const input = cloud({}, { user: { name: 'debian', sshKeys: [], password, isAdmin: true } })
    const plan = await create(one.session, input)
    const text = seedText(one)
    expect(text).toMatch(/passwd: "\$6\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{86}"/)
    expect(text).not.toContain(password)
    expect(JSON.stringify(plan)).not.toContain(password)
    expect(JSON.stringify(plan)).not.toContain('$6$')
    expect(plan.cloudInit?.[0]?.text).toContain('passwd: "(a hash of the password)"')
  })

  it('leaves nothing behind when a step fails', async () => {
    for (const step of ['resizeVolume', 'openUpload', 'define'] as const) {
      const one = await demo()
      const fail = (): Promise<never> => Promise.reject(new AppError('invalid', `No ${step}`))
      const { storage, creation } = one.session
      const session = failing(one.session, {
        storage: failing(storage, step === 'define' ? {} : { [step]: fail }),
        creation: failing(creation, step === 'define' ? { define: fail } : {}),
      })
      const error = await create(session, cloud()).then(
        () => undefined,
        (reason: unknown) => errorData(reason),
      )
      expect(error?.message).toBe(`No ${step}`)
      expect([mine(one), one.host.byName('new-01')]).toEqual([[], undefined])
    }
  })

  it('has a disc of another name when there is one, and further disks behind the image', async () => {
    const one = await demo()
    one.host.files.set(`${folder}/new-01-seed.iso`, { sizeBytes: 1, allocationBytes: 1, format: 'iso' })
    const input = { ...cloud(), disks: [disk()] }
    const plan = await planSeries(one.session, input, writer)
    expect(plan.files.map(({ name }) => name)).toEqual([
      'default/new-01.qcow2',
      'default/new-01-2.qcow2',
      'default/new-01-seed-2.iso',
      'default/debian-12-genericcloud-amd64.qcow2',
    ])
  })

  it('shows a command that makes the same, and says what it needs before', async () => {
    const { session } = await demo()
    const overlay = await planSeries(session, cloud({ how: 'overlay' }), writer)
    expect(overlay.command).toContain('--import')
    expect(overlay.command).toContain(`backing_store=${base},backing_format=qcow2`)
    expect(overlay.command).toContain(`path=${folder}/new-01-seed.iso,device=cdrom,target.bus=scsi`)
    expect(overlay.commandNotes.join(' ')).toContain('"cidata"')
    const copy = await planSeries(session, cloud(), writer)
    expect(copy.command).not.toContain('size=')
    expect(copy.commandNotes.join(' ')).toContain(`${folder}/new-01.qcow2 has to be there before`)
  })
})

describe('several of one image', () => {
  it('have each a disk, a disc, an address and a name of their own', async () => {
    const { session } = await demo()
    const plan = await planSeries(session, { ...cloud(), name: 'farm', count: 2 }, writer)
    expect(plan.problems).toEqual([])
    expect(plan.files.map(({ name }) => name).toSorted()).toEqual([
      'default/debian-12-genericcloud-amd64.qcow2',
      'default/farm-01-seed.iso',
      'default/farm-01.qcow2',
      'default/farm-02-seed.iso',
      'default/farm-02.qcow2',
    ])
    expect(plan.cloudInit?.[0]?.text).toContain('hostname: "farm-01"')
  })

  it('cannot share a name or an address', async () => {
    const { session } = await demo()
    const network = { kind: 'static', address: '192.0.2.9/24', dns: [] } as const
    const input = cloud({}, { hostname: 'farm', network: { ...network, dns: [] } })
    expect(errors(await planSeries(session, { ...input, count: 2 }, writer))).toEqual([
      'source.init.hostname',
      'source.init.network.address',
    ])
  })
})

describe('what stands against it', () => {
  it('nothing, when all is well', async () => {
    const { session } = await demo()
    expect((await planSeries(session, cloud(), writer)).problems).toEqual([])
  })

  it.each<[string, NewVmInput, string[]]>([
    ['nobody could log in', cloud({}, { user: undefined }), ['source.init.user.sshKeys']],
    ['the disk is smaller than the image', cloud({ sizeBytes: 2 * gib }), ['source.sizeBytes']],
    ['the pool has no files', cloud({ pool: 'vg0' }), ['source.pool']],
    ['there is no such pool', cloud({ pool: 'gone' }), ['source.pool']],
    [
      'there is no such image',
      cloud({ base: { kind: 'volume', pool: 'default', volume: 'gone.qcow2' } }),
      ['source.base'],
    ],
    [
      'a VM writes to what the disk would be built on',
      cloud({
        how: 'overlay',
        sizeBytes: 100 * gib,
        base: { kind: 'volume', pool: 'default', volume: 'web-01.qcow2' },
      }),
      ['source.base'],
    ],
    [
      'a copy is wanted of what is in no pool',
      cloud({ base: { kind: 'path', path: '/srv/images/cloud.qcow2' } }),
      ['source.base'],
    ],
    [
      'the address has no card',
      { ...cloud({}, { network: { kind: 'static', address: '192.0.2.9/24', dns: [] } }), nics: [] },
      ['source.init.network'],
    ],
    [
      'another disk is wrong, at its own place',
      { ...cloud(), disks: [existing('default/gone.qcow2')] },
      ['disks.0.image'],
    ],
  ])('%s', async (_, input, fields) => {
    const { session } = await demo()
    expect(errors(await planSeries(session, input, writer))).toEqual(fields)
  })

  it('a copy of a disk that is being written to is warned of', async () => {
    const { session } = await demo()
    const plan = await planSeries(
      session,
      cloud({ sizeBytes: 100 * gib, base: { kind: 'volume', pool: 'default', volume: 'web-01.qcow2' } }),
      writer,
    )
    expect(plan.problems).toMatchObject([{ level: 'warning', field: 'source.base' }])
  })

  it('own user-data needs no user', async () => {
    const { session } = await demo()
    const input = cloud({}, { user: undefined, userData: '#cloud-config\n{}\n' })
    expect(errors(await planSeries(session, input, writer))).toEqual([])
  })
})
