import { beforeEach, describe, expect, it } from 'vitest'
import type { VmId } from '../../../shared/model/ids'
import type { HypervisorSession } from '../backend'
import { calm, expectKind, recordOf } from '../suite/expect-kind'
import { SessionWatch } from '../suite/session-watch'
import { systemClock } from './clock'
import { fakeBackend } from './fake-backend'
import { connectTo, idOf } from './test-session'

describe('the agent inside a guest of the demo host', () => {
  let session: HypervisorSession
  let id: VmId

  beforeEach(async () => {
    const hasty = fakeBackend({ delay: (ms, signal) => systemClock.delay(ms / 50, signal) })
    session = await connectTo(hasty, 'demo://local/')
    id = await idOf(session, 'mail')
  })

  const state = async (): Promise<string> => (await recordOf(session, id)).state

  it('puts it to sleep, from which it is woken and not resumed', async () => {
    await session.power(id, 'sleep', calm())
    expect(await state()).toBe('suspended')
    await expectKind(session.power(id, 'resume', calm()), 'invalid')
    await session.power(id, 'wakeUp', calm())
    expect(await state()).toBe('running')
    await session.power(id, 'hybridSleep', calm())
    expect(await state()).toBe('suspended')
  })

  it('hibernates it, which to the host is switching off', async () => {
    await session.power(id, 'hibernate', calm())
    expect(await state()).toBe('shut-off')
  })

  it('reboots it, and shuts it down', async () => {
    await session.power(id, 'rebootByAgent', calm())
    expect(await state()).toBe('running')
    const watch = new SessionWatch(session, 5000)
    await session.power(id, 'shutdownByAgent', calm())
    await watch.untilState(id, 'shut-off')
  })
})
