import { describe, expect, it } from 'vitest'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { onlyIn, wordsOf, type VmCommand } from '../../../shared/model/vm-command'
import type { Suite } from '../backend.suite'
import { calm, expectKind } from './expect-kind'

/** The command that runs a VM, where the host tells it. */
export function describeCommand(suite: Suite): void {
  const { host, testMs } = suite

  describe('command', () => {
    if (host.features.tellsCommand !== true) {
      it('is not told', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('stopped')
        const { session } = await suite.open()
        await expectKind(session.commands(vm.id), 'unsupported')
      })
      return
    }

    it('of a VM that is off is that of its next start', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const { running, next } = await session.commands(vm.id)
      expect(running).toBeUndefined()
      expect(next && 'command' in next ? wordsOf(next.command).join(' ') : '').toContain(vm.id)
    })

    it('of a running VM is what it was started with, and a change is in that of the next start only', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const read = async (): Promise<{ running: VmCommand; next: VmCommand }> => {
        const { running, next } = await session.commands(vm.id)
        if (!running || !next || 'error' in next) throw new Error('A command is missing')
        return { running, next: next.command }
      }
      const before = await read()
      expect(wordsOf(before.running)).toEqual(wordsOf(before.next))
      expect(before.running.parts.every(({ why, from }) => why !== '' && from !== '')).toBe(true)
      const { base } = await session.hardware(vm.id)
      await session.changeHardware(vm.id, { base, changes: [rng], when: 'next-start' }, calm())
      const after = await read()
      expect(after.running).toEqual(before.running)
      expect([...onlyIn(after.next, after.running)].map(({ item }) => item?.kind)).toContain('rng')
    })
  })
}

const rng = {
  kind: 'add',
  device: 'rng',
  key: 'new',
  values: { model: 'virtio', backend: 'random', device: '/dev/urandom' },
} satisfies HardwareChange
