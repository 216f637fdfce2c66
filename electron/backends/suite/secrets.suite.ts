import { describe, expect, it } from 'vitest'
import type { Suite } from '../backend.suite'
import { expectKind } from './expect-kind'

/** Stands nowhere but in the call that hands it over. */
const marker = 'marker-6f0e1c-never-shown'

export function describeSecrets(suite: Suite): void {
  const { testMs } = suite
  const wanted = {
    usageType: 'iscsi',
    usageId: 'suite-target',
    description: 'Of the suite',
    isEphemeral: false,
    isPrivate: false,
    value: { encoding: 'text', value: marker },
  } as const

  describe('secrets', () => {
    it('are kept, given another value and deleted, and never come back', { timeout: testMs }, async () => {
      const { session, watch } = await suite.open()
      const { items, error } = await session.secrets.secrets()
      if (error) {
        // a driver without secrets says so, and no more
        expect(error.kind).toBe('unsupported')
        await expectKind(session.secrets.createSecret(wanted), 'unsupported')
        return
      }
      for (const one of items)
        if (one.usageId === 'suite-target') await session.secrets.deleteSecret(one.uuid)
      const uuid = await session.secrets.createSecret(wanted)
      await watch.until(
        'the secret is told',
        (event) => event.kind === 'resource-changed' && event.resource === 'secret' && event.name === uuid,
      )
      const read = async () => (await session.secrets.secrets()).items.find((one) => one.uuid === uuid)
      expect(await read()).toEqual({
        uuid,
        usageType: 'iscsi',
        usageId: 'suite-target',
        description: 'Of the suite',
        isEphemeral: false,
        isPrivate: false,
        hasValue: true,
        usedBy: [],
      })
      await session.secrets.setSecretValue(uuid, {
        encoding: 'base64',
        value: Buffer.from(`${marker}-2`).toString('base64'),
      })
      const told = JSON.stringify([
        await session.secrets.secrets(),
        await session.hostChoices(),
        watch.events,
      ])
      expect(told).not.toContain('marker-6f0e1c')
      expect(told).not.toContain(Buffer.from(marker).toString('base64').slice(0, 20))
      // one use, one secret; the refusal does not repeat what it was given
      const refused = await expectKind(
        session.secrets.createSecret(wanted),
        'already-exists',
        'invalid',
        'internal',
      )
      expect(`${refused.message} ${refused.detail ?? ''} ${refused.cure ?? ''}`).not.toContain('marker')
      await session.secrets.deleteSecret(uuid)
      expect(await read()).toBeUndefined()
      await expectKind(session.secrets.deleteSecret(uuid), 'not-found')
      await expectKind(session.secrets.setSecretValue(uuid, wanted.value), 'not-found')
    })

    it('of which nobody may know the value tell not even whether they have one', {
      timeout: testMs,
    }, async () => {
      const { session } = await suite.open()
      if ((await session.secrets.secrets()).error) return
      const uuid = await session.secrets.createSecret({
        usageType: 'ceph',
        usageId: 'suite-private',
        isEphemeral: true,
        isPrivate: true,
        value: wanted.value,
      })
      const secret = (await session.secrets.secrets()).items.find((one) => one.uuid === uuid)
      expect(secret).toMatchObject({ isEphemeral: true, isPrivate: true })
      expect(secret).not.toHaveProperty('hasValue')
      await session.secrets.deleteSecret(uuid)
    })
  })
}
