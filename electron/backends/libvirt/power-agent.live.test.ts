import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inGuest } from '../../../e2e/lab/guest-agent'
import { startLab, type Lab, type LabHost } from '../../../e2e/lab/lab'
import { until } from '../../../e2e/lab/run'
import { vmId, type VmId } from '../../../shared/model/ids'
import type { HypervisorSession } from '../backend'
import { calm, expectKind, recordOf } from '../suite/expect-kind'
import { SessionWatch } from '../suite/session-watch'
import { Reacher } from './testing/reacher'

const name = 'agent-power'
const eventMs = 60_000
const bootId = 'cat /proc/sys/kernel/random/boot_id'

/** A real guest with a real agent. */
describe('power by the agent inside a guest', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher
  let session: HypervisorSession
  let watch: SessionWatch
  let id: VmId

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    session = (await reacher.connect(uri, { keyFile: host.keyFile })).session
  })

  beforeEach(async () => {
    await host.startGuest({ name })
    id = vmId.parse((await host.virsh(['domuuid', name])).trim())
    watch = new SessionWatch(session, eventMs)
    await agentAnswers()
  })

  afterEach(async () => {
    await host.removeGuest(name)
  })

  afterAll(async () => {
    await reacher?.stop()
    await lab?.stop()
  })

  const agentAnswers = (): Promise<unknown> =>
    until('the agent to answer', eventMs, () =>
      host.virsh(['qemu-agent-command', name, '{"execute":"guest-ping"}']).then(
        () => true,
        () => false,
      ),
    )

  // whether it then goes on where it was is not asked: QEMU writes a kernel that it was given itself anew when it wakes
  it('a guest falls asleep, and is not resumed but woken', async () => {
    await session.power(id, 'sleep', calm())
    await watch.untilState(id, 'suspended')
    await expectKind(session.power(id, 'resume', calm()), 'invalid')
    await expectKind(session.power(id, 'sleep', calm()), 'invalid')
    expect((await recordOf(session, id)).state).toBe('suspended')
    await session.power(id, 'wakeUp', calm())
    await watch.untilState(id, 'running')
  })

  it('a guest reboots, and then shuts down', async () => {
    const before = await inGuest(host, name, bootId)
    await session.power(id, 'rebootByAgent', calm())
    await until('another boot', eventMs, () =>
      inGuest(host, name, bootId).then(
        (after) => after !== before,
        () => false,
      ),
    )
    await session.power(id, 'shutdownByAgent', calm())
    await watch.untilState(id, 'shut-off')
  })

  it('what the guest cannot do is its refusal, told with the words of its agent, and it stays on', async () => {
    const error = await expectKind(session.power(id, 'hibernate', calm()), 'unsupported')
    expect(error).toMatchObject({
      message: 'The guest refuses',
      detail: expect.stringContaining('guest-suspend-disk') as string,
    })
    await expectKind(session.power(id, 'hybridSleep', calm()), 'unsupported')
    expect((await recordOf(session, id)).state).toBe('running')
  })

  it('an agent that has ended is called silent before anything is asked', async () => {
    await inGuest(host, name, 'killall qemu-ga').catch(() => undefined)
    await until(
      'the channel to be closed',
      eventMs,
      async () => (await session.overview(id)).isAgentSilent === true,
    )
    const error = await expectKind(session.power(id, 'shutdownByAgent', calm()), 'invalid')
    expect(error.message).toBe('The guest agent does not answer')
    expect((await recordOf(session, id)).state).toBe('running')
  })
})
