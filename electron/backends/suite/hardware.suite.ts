import { describe, expect, it } from 'vitest'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { HypervisorSession } from '../backend'
import type { VmId } from '../../../shared/model/ids'
import type { Suite } from '../backend.suite'
import { calm, expectKind } from './expect-kind'

const rng = {
  kind: 'add',
  device: 'rng',
  key: 'new',
  values: { model: 'virtio', backend: 'random', device: '/dev/urandom' },
} satisfies HardwareChange
const title = (text: string): HardwareChange => ({
  kind: 'set',
  item: { kind: 'general', key: '' },
  values: { title: text },
})

export function describeHardware(suite: Suite): void {
  const { testMs } = suite

  const change = async (session: HypervisorSession, id: VmId, ...changes: HardwareChange[]) => {
    const { base } = await session.hardware(id)
    return session.changeHardware(id, { base, changes, when: 'next-start' }, calm())
  }

  describe('hardware', () => {
    for (const role of ['stopped', 'running'] as const) {
      it(`of a ${role} VM is listed with its values`, { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare(role)
        const { session } = await suite.open()
        const view = await session.hardware(vm.id)
        expect(view.isRunning).toBe(role === 'running')
        expect(view.isPersistent).toBe(true)
        const nics = view.items.filter((item) => item.ref.kind === 'nic')
        expect(nics.map((item) => item.values['mac'])).toEqual(vm.macs)
        expect(JSON.stringify(view)).not.toContain(vm.secrets[0] ?? 'no secret here')
      })
    }

    it('is changed in what is stored, and only there', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const before = await session.definition(vm.id, 'stored')
      const outcome = await change(session, vm.id, title('A title & more'))
      expect(outcome).toMatchObject({ kind: 'applied', results: [{ when: 'next-start' }] })
      const after = await session.definition(vm.id, 'stored')
      expect(after.xml).toContain('<title>A title &amp; more</title>')
      expect(without(after.xml, '<title>')).toEqual(without(before.xml, '<title>'))
    })

    it('is tried out without touching anything', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const { base } = await session.hardware(vm.id)
      const preview = await session.previewHardware(vm.id, { base, changes: [rng], when: 'now' })
      expect(preview.after).toContain('<rng')
      expect(preview.before).not.toContain('<rng')
      expect(preview.effects).toEqual([{ when: 'next-start' }])
      expect(preview.commands.join('\n')).toContain(vm.name)
      expect((await session.hardware(vm.id)).base).toBe(base)
    })

    it('loses no trace of a device that was added and removed again', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      // the first change lets the host number and sort everything
      await change(session, vm.id, title('x'))
      const before = await session.definition(vm.id, 'stored')
      await change(session, vm.id, rng)
      const added = (await session.hardware(vm.id)).items.find((item) => item.ref.kind === 'rng')
      expect(added?.values).toMatchObject(rng.values)
      if (!added) throw new Error('It was not added')
      await change(session, vm.id, { kind: 'remove', item: added.ref })
      expect((await session.definition(vm.id, 'stored')).xml).toBe(before.xml)
    })

    it('is not overwritten when somebody else changed it meanwhile', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const { base } = await session.hardware(vm.id)
      const other = await suite.open()
      await change(other.session, vm.id, title('theirs'))
      const outcome = await session.changeHardware(
        vm.id,
        { base, changes: [title('ours')], when: 'now' },
        calm(),
      )
      if (outcome.kind !== 'conflict') throw new Error('Nothing was noticed')
      expect(outcome.theirs).toContain('theirs')
      expect(outcome.before).not.toContain('theirs')
      expect(outcome.ours).toContain('<title>ours</title>')
      expect((await session.definition(vm.id, 'stored')).xml).toContain('<title>theirs</title>')
    })

    it('of a running VM waits for the next start when asked to, and is reverted', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      await change(session, vm.id, rng)
      const waiting = await session.hardware(vm.id)
      expect(waiting.pending.map(({ item, what }) => [item.kind, what.kind])).toContainEqual(['rng', 'added'])
      expect((await session.definition(vm.id, 'running')).xml).not.toContain('<rng')
      await change(session, vm.id, { kind: 'as-running' })
      const reverted = await session.hardware(vm.id)
      expect(reverted.pending).toEqual([])
      expect((await session.definition(vm.id, 'stored')).xml).not.toContain('<rng')
    })

    it('of a running VM changes at once, or it is said why it waits', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const { base } = await session.hardware(vm.id)
      const outcome = await session.changeHardware(vm.id, { base, changes: [rng], when: 'now' }, calm())
      if (outcome.kind !== 'applied') throw new Error(`The outcome was ${outcome.kind}`)
      const [result] = outcome.results
      const { pending } = await session.hardware(vm.id)
      const running = (await session.definition(vm.id, 'running')).xml
      expect((await session.definition(vm.id, 'stored')).xml).toContain('<rng')
      if (result?.when === 'now') {
        expect(running).toContain('<rng')
        expect(pending).toEqual([])
      } else {
        expect(running).not.toContain('<rng')
        expect(pending.map(({ item }) => item.kind)).toContain('rng')
        expect(result?.whyNotNow ?? '').not.toBe('')
      }
    })

    it('refuses values that cannot be, names the field, and changes nothing', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const { base, items } = await session.hardware(vm.id)
      const nic = items.find((item) => item.ref.kind === 'nic')
      if (!nic) throw new Error('The VM has no network card')
      const set = (values: Extract<HardwareChange, { kind: 'set' }>['values']): HardwareChange => ({
        kind: 'set',
        item: nic.ref,
        values,
      })
      for (const [changes, field] of [
        [[set({ mac: 'nonsense' })], 'mac'],
        [[set({ mac: '01:00:5e:00:00:01' })], 'mac'],
        [[set({ nothing: 'x' })], undefined],
      ] as const) {
        const error = await expectKind(
          session.changeHardware(vm.id, { base, changes: [...changes], when: 'now' }, calm()),
          'invalid',
        )
        expect(error.field).toBe(field)
      }
      await expectKind(
        session.changeHardware(
          vm.id,
          { base, changes: [{ kind: 'remove', item: { kind: 'disk', key: 'vdz' } }], when: 'now' },
          calm(),
        ),
        'not-found',
      )
      await expectKind(
        session.changeHardware(
          vm.id,
          { base, changes: [{ kind: 'definition', xml: '<domain><unclosed></domain>' }], when: 'now' },
          calm(),
        ),
        'invalid',
      )
      expect((await session.hardware(vm.id)).base).toBe(base)
    })

    it('is edited as text without showing or losing a password', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const password = await session.consolePassword(vm.id)
      const { xml } = await session.definition(vm.id, 'stored')
      for (const secret of vm.secrets) expect(xml).not.toContain(secret)
      await change(session, vm.id, {
        kind: 'definition',
        xml: xml.replace('</uuid>', '</uuid>\n  <title>by hand</title>'),
      })
      expect((await session.definition(vm.id, 'stored')).xml).toContain('<title>by hand</title>')
      expect(await session.consolePassword(vm.id)).toBe(password)
    })

    it('refuses a definition of another VM', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const { xml, base } = await session.definition(vm.id, 'stored')
      const other = xml.replace(vm.id, '99999999-0000-4000-8000-000000000001')
      const error = await expectKind(
        session.changeHardware(
          vm.id,
          { base, changes: [{ kind: 'definition', xml: other }], when: 'now' },
          calm(),
        ),
        'invalid',
      )
      expect(error.field).toBe('uuid')
    })
  })
}

function without(xml: string, line: string): string[] {
  return xml.split('\n').filter((one) => !one.includes(line))
}
