/**
 * What is shown as "the same as a command" is run by a shell on a twin of the VM and must make the same definition: for
 * each kind of hardware a change of several settings, a removal and an addition, and for each other kind of change.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import { hardwareKinds, kindOf } from '../../../../shared/model/hardware/kinds'
import type { HardwareView } from '../../../../shared/model/hardware/view'
import type { HypervisorSession } from '../../backend'
import { qemuBySocket } from '../testing/lab-qemu'
import type { QemuUnderTest } from '../testing/qemu-suite'
import { openSession } from '../testing/suite-host'
import { comesBack, refusedByHost, twinCases } from '../testing/twin-cases'
import { Twins, type Outcome } from '../testing/twins'
import { Virsh } from '../testing/virsh'

/** virt-xml takes most of a processor for a second. */
const lanes = 2

describe('the command shown for a change', () => {
  let host: QemuUnderTest
  let session: HypervisorSession
  let virsh: Virsh | undefined
  let folder = ''
  let pairs: Twins[] = []

  beforeAll(async () => {
    host = await qemuBySocket()
    session = await openSession(host.uri)
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-twins-'))
    virsh = new Virsh(host.virshUri)
    const client = virsh
    pairs = Array.from({ length: lanes }, (_, number) => new Twins(session, client, folder, number))
  })

  afterAll(async () => {
    await Promise.all(pairs.map((pair) => pair.remove()))
    await virsh?.try('vol-delete', volume, '--pool', 'default')
    await session?.close()
    await host?.stop()
    if (folder !== '') await rm(folder, { recursive: true })
  })

  it('makes the same definition of a twin, for every kind of hardware', { timeout: 600_000 }, async () => {
    const left = hardwareKinds.map(({ id }) => id)
    const outcomes = new Map<string, Outcome>()
    await Promise.all(
      pairs.map(async (pair) => {
        for (let kind = left.shift(); kind !== undefined; kind = left.shift())
          for (const [what, outcome] of await walk(pair, kind)) outcomes.set(what, outcome)
      }),
    )
    const of = (kind: Outcome['kind']): string[] =>
      [...outcomes].filter(([, outcome]) => outcome.kind === kind).map(([what]) => what)
    process.stdout.write(`${of('same').length} changes made the same, ${of('refused').length} refused\n`)
    expect([...outcomes].filter(([, { kind }]) => kind === 'unequal')).toEqual([])
    const refused = Object.fromEntries(
      [...outcomes].flatMap(([what, one]) => (one.kind === 'refused' ? [[what, one.why]] : [])),
    )
    expect(Object.keys(refused).toSorted(), JSON.stringify(refused, undefined, 2)).toEqual(
      Object.keys(refusedByHost).toSorted(),
    )
    for (const [kind, words] of Object.entries(refusedByHost)) expect(refused[kind], kind).toMatch(words)
    expect(of('same').filter((what) => what.startsWith('set '))).toHaveLength(
      hardwareKinds.length - Object.keys(refusedByHost).length - noSettings.length,
    )
  })

  it('makes the same definition of a twin, for every other kind of change', {
    timeout: 300_000,
  }, async () => {
    const [twins] = pairs
    await virsh?.try('vol-create-as', 'default', volume, '1M', '--format', 'raw')
    if (!twins) throw new Error('There are no twins')
    expect(await twins.define(vmWith('', `${sharedDisk}${card(1)}${card(2)}${drive}`))).toBeUndefined()
    const take = async (
      of: (view: HardwareView) => readonly HardwareChange[],
      when: 'now' | 'next-start' = 'next-start',
    ): Promise<void> => {
      const changes = of(await twins.view())
      const outcome = await twins.change(changes, when)
      expect(outcome, JSON.stringify(changes)).toMatchObject({ kind: 'same' })
      expect(outcome.kind === 'same' && outcome.commands, JSON.stringify(changes)).not.toEqual([])
    }
    await take((view) => [{ kind: 'boot-order', order: [itemOf(view, 'nic'), itemOf(view, 'disk')] }])
    await take(() => [{ kind: 'add-xml', key: 'copied', xml: copied }])
    const text = await twins.definition()
    const written = text.replace(
      '<vcpu',
      `<description>Written &amp; stored</description>\n  ${metadata}\n  <vcpu`,
    )
    await take(() => [{ kind: 'definition', xml: written }])
    await take((view) => [
      { kind: 'set', item: itemOf(view, 'cpu'), values: { maximum: 3 } },
      { kind: 'remove', item: itemOf(view, 'nic') },
      { kind: 'add', device: 'rng', key: 'new', values: { model: 'virtio', backend: 'builtin' } },
      { kind: 'set', item: itemOf(view, 'disk'), values: { serial: 'AB-1' } },
    ])

    await twins.start()
    await take((view) => [
      { kind: 'set', item: itemOf(view, 'vcpu-tuning'), values: { shares: 300, period: 50_000 } },
      { kind: 'remove', item: itemOf(view, 'rng') },
    ])
    await take((view) => [{ kind: 'as-running', item: itemOf(view, 'vcpu-tuning'), field: 'shares' }])
    await take(() => [{ kind: 'as-running' }])
    await take((view) => [{ kind: 'set', item: itemOf(view, 'disk'), values: { totalIopsSec: 250 } }], 'now')
    await take((view) => [{ kind: 'set', item: itemOf(view, 'vcpu-tuning'), values: { shares: 700 } }], 'now')
    await take((view) => [{ kind: 'set', item: itemOf(view, 'nic'), values: { linkUp: false } }], 'now')
  })
})

/** Kinds of which nothing can be set. */
const noSettings = Object.entries(twinCases).filter(([, { set }]) => set === undefined)

const card = (number: number): string =>
  `<interface type='user'><mac address='52:54:00:aa:01:0${number}'/><model type='virtio'/></interface>`
const volume = 'innkeeper-twins.img'
const sharedDisk = `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/var/lib/libvirt/images/${volume}'/><target dev='vdb' bus='virtio'/><shareable/></disk>`
const drive = `<disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>`
const copied = `<rng model='virtio'><rate period='2000' bytes='512'/><backend model='random'>/dev/random</backend></rng>`
const metadata = `<metadata><own:note xmlns:own='https://example.org/own'>kept</own:note></metadata>`

async function walk(twins: Twins, id: string): Promise<[string, Outcome][]> {
  const one = twinCases[id]
  const kind = kindOf(id)
  if (!one || !kind) throw new Error(`There is no case for ${id}`)
  const refused = await twins.define(vmWith(one.vm ?? '', `${one.beside ?? ''}${one.device ?? ''}`))
  if (refused !== undefined) return [[id, { kind: 'refused', why: refused }]]
  const done: [string, Outcome][] = []
  const take = async (what: string, of: (view: HardwareView) => HardwareChange): Promise<void> => {
    const outcome = await twins.change([of(await twins.view())])
    if (outcome.kind === 'same') expect(outcome.commands, `${what} ${id}`).not.toEqual([])
    done.push([`${what} ${id}`, outcome])
  }
  const { set, add } = one
  if (set) await take('set', (view) => ({ kind: 'set', item: itemOf(view, id), values: set as never }))
  if (kind.role === 'page') return done
  await take('remove', (view) => ({ kind: 'remove', item: itemOf(view, id) }))
  const isThere = (await twins.view()).items.some(({ ref }) => ref.kind === id)
  if (comesBack.includes(id)) {
    expect(isThere, id).toBe(true)
    return done
  }
  await take('add', (view) => {
    const values = { ...kind.defaults?.({ ...view.guest, isRunning: false, items: view.items }), ...add }
    return { kind: 'add', device: id, key: 'new', values: values as never }
  })
  return done
}

function itemOf(view: HardwareView, kind: string) {
  const found = view.items.find(({ ref }) => ref.kind === kind)
  if (!found) throw new Error(`There is no ${kind}`)
  return found.ref
}

function vmWith(more: string, devices: string): string {
  return `<domain type='qemu'>
  <name>twin</name>
  <uuid>7c1d0000-0000-4000-8000-000000000000</uuid>
  <memory unit='MiB'>256</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  ${more}
  <devices>
    ${devices}
  </devices>
</domain>`
}
