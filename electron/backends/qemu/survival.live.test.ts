import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VmId } from '../../../shared/model/ids'
import type { HypervisorSession } from '../backend'
import { calm, recordOf } from '../suite/expect-kind'
import { SessionWatch } from '../suite/session-watch'
import { Reader } from '../suite/text-consoles.suite'
import { bySsh } from './testing/by-ssh'
import { SuiteStore, type Reach } from './testing/suite-store'

const id = '5717e000-0000-4000-8000-00000000cafe' as VmId
const name = 'suite-survivor'
const patienceMs = 90_000

describe.each([
  ['on this computer', async (): Promise<Reach> => ({ uri: 'qemu-direct:///' })],
  ['by ssh', (): Promise<Reach> => bySsh()],
])('a guest that was started %s', (_, reach) => {
  let store: SuiteStore
  const opened: HypervisorSession[] = []
  const open = async (): Promise<HypervisorSession> => {
    const session = await store.open()
    opened.push(session)
    return session
  }

  beforeEach(async () => {
    store = await SuiteStore.make(await reach())
    await store.define(name, store.guestXml(name, id))
  })

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((session) => session.close()))
    await store.tearDown()
  })

  it('goes on when its app is killed, and is found and under control afterwards', async () => {
    const app = spawn(
      process.execPath,
      [
        ...['--import', 'tsx', new URL('testing/start-until-killed.ts', import.meta.url).pathname],
        JSON.stringify({ ...store.address(), vm: id }),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [said] = (await once(app.stdout, 'data')) as [Buffer]
    expect(said.toString()).toBe('started\n')
    const pid = await store.pidOf(id)
    expect(pid).toBeTypeOf('number')
    const ended = once(app, 'exit')
    app.kill('SIGKILL')
    await ended

    const session = await open()
    const watch = new SessionWatch(session, patienceMs)
    expect(await recordOf(session, id)).toMatchObject({ name, state: 'running', isPersistent: true })
    expect(await store.pidOf(id)).toBe(pid)
    await store.booted(name)
    const [line] = await session.textConsoles.textDevices(id)
    const stream = await session.textConsoles.openText(
      id,
      { device: line?.id ?? '', isForced: false },
      calm().signal,
    )
    const reader = new Reader(stream)
    await prompted(reader)
    reader.type('echo still-$((40+2))\r')
    await reader.until(/still-42/)
    await session.power(id, 'pause', calm())
    await watch.untilState(id, 'paused')
    await session.power(id, 'resume', calm())
    await watch.untilState(id, 'running')
    await session.power(id, 'shutdown', calm())
    await watch.untilState(id, 'shut-off')
    expect(await store.pidOf(id)).toBeUndefined()
  })

  it('goes on where its memory was saved, also for the session after that', async () => {
    const first = await open()
    await first.power(id, 'start', calm())
    await store.booted(name)
    const run = (await recordOf(first, id)).runId
    await first.power(id, 'save', calm())
    await first.close()

    const session = await open()
    expect(await recordOf(session, id)).toMatchObject({ state: 'shut-off', hasSavedState: true })
    await session.power(id, 'restore', calm())
    const restored = await recordOf(session, id)
    expect(restored).toMatchObject({ state: 'running', hasSavedState: false })
    expect(restored.runId).not.toBe(run)
    const [line] = await session.textConsoles.textDevices(id)
    const wish = { device: line?.id ?? '', isForced: false }
    const reader = new Reader(await session.textConsoles.openText(id, wish, calm().signal))
    // the shell that was there, and no system that boots
    const { input } = await prompted(reader)
    expect(input).not.toContain('LAB-GUEST-READY')
    reader.type('echo alive-$((40+2))\r')
    await reader.until(/alive-42/)
  })

  it('is not started twice by two sessions at once', async () => {
    const [one, other] = [await open(), await open()]
    const outcomes = await Promise.allSettled(
      [one, other].map((session) => session.power(id, 'start', calm())),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = outcomes.find((outcome) => outcome.status === 'rejected')
    expect(refused).toMatchObject({ reason: { kind: expect.stringMatching(/^(invalid|busy)$/) } })
    expect(await recordOf(one, id)).toMatchObject({ state: 'running' })
  })
})

/** The shell begins a moment after the guest says that it is ready, and what is typed before that is nobody's. */
async function prompted(reader: Reader): Promise<RegExpExecArray> {
  const typing = setInterval(() => reader.type('\r'), 500)
  try {
    return await reader.until(/# /)
  } finally {
    clearInterval(typing)
  }
}
