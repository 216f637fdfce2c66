import { describe, expect, it } from 'vitest'
import { diagnosisReport, type Diagnosis } from '../../shared/model/diagnosis'
import type { Host } from '../../shared/model/host'
import type { HostId } from '../../shared/model/ids'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import { fakeBackend } from '../backends/fake/fake-backend'
import { Diagnoses } from './diagnoses'

const id = 'host-1' as HostId

function host(uri: string): Host {
  return {
    id,
    uri,
    label: 'web',
    autoconnect: false,
    sshEngine: 'builtin',
    readOnly: false,
    hasKeptSecrets: false,
    isDemo: true,
    status: { kind: 'disconnected', sinceMs: 0 },
  }
}

interface Started {
  readonly diagnoses: Diagnoses
  readonly told: Diagnosis[]
  readonly asked: Prompt[]
  /** The diagnosis once it is as wanted. */
  until(isWanted: (diagnosis: Diagnosis) => boolean): Promise<Diagnosis>
}

function start(uri: string, answer: (prompt: Prompt) => PromptAnswer = () => null): Started {
  const told: Diagnosis[] = []
  const asked: Prompt[] = []
  const waiting = new Set<() => void>()
  const diagnoses = new Diagnoses({
    backends: [fakeBackend()],
    emit: {
      hosts: {
        changed: () => undefined,
        reordered: () => undefined,
        resourceChanged: () => undefined,
        diagnosisChanged: (diagnosis) => {
          told.push(diagnosis)
          for (const wake of waiting) wake()
        },
      },
    },
    host: (wanted) => (wanted === id ? host(uri) : undefined),
    ask: async (_, prompt) => {
      asked.push(prompt)
      return answer(prompt)
    },
  })
  const until: Started['until'] = (isWanted) =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = told.find(isWanted)
        if (!found) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  diagnoses.start(id)
  return { diagnoses, told, asked, until }
}

const ended = ({ state }: Diagnosis): boolean => state !== 'running'
const states = ({ steps }: Diagnosis): string => steps.map(({ state }) => state).join(' ')

describe('diagnoses of hosts', () => {
  it('walk the stages of connecting where nothing finer is known', async () => {
    const { until, diagnoses } = start('demo://local/')
    const diagnosis = await until(ended)
    expect(states(diagnosis)).toBe('ok ok ok ok')
    expect(diagnosis).toMatchObject({ host: id, uri: 'demo://local/', state: 'ended' })
    expect(diagnoses.get(id)).toEqual(diagnosis)
  })

  it('name the stage that fails with its cure and the words of the host', async () => {
    const diagnosis = await start('demo://denied/').until(ended)
    const failed = diagnosis.steps.find(({ state }) => state === 'failed')
    expect(failed?.found).toBe('You may not manage virtual machines on this host')
    expect(failed?.cure).toContain('group "libvirt"')
    expect(failed?.detail).toContain('org.libvirt.unix.manage')
    expect(diagnosis.steps.at(-1)?.state).toBe('skipped')
  })

  it('ask what connecting asks', async () => {
    const { until, asked } = start('demo://wrong-password/', () => ({ kind: 'text', values: ['inn'] }))
    expect(states(await until(ended))).toBe('ok ok ok ok')
    expect(asked).toHaveLength(1)
  })

  it('end at once when they are cancelled, and say so', async () => {
    const { until, diagnoses } = start('demo://stuck/')
    await until(({ steps }) => steps.some(({ state }) => state === 'running'))
    diagnoses.cancel(id)
    const diagnosis = await until(ended)
    expect(diagnosis.state).toBe('cancelled')
    expect(states(diagnosis)).not.toContain('running')
  })

  it('run once at a time per host', async () => {
    const { until, diagnoses, told } = start('demo://stuck/')
    await until(({ steps }) => steps.some(({ state }) => state === 'running'))
    const before = told.length
    diagnoses.start(id)
    expect(told).toHaveLength(before)
    diagnoses.cancel(id)
    await until(ended)
  })

  it('are not told of once their host is removed', async () => {
    const { until, diagnoses, told } = start('demo://stuck/')
    await until(({ steps }) => steps.some(({ state }) => state === 'running'))
    const before = told.length
    diagnoses.forget(id)
    expect(diagnoses.get(id)).toBe(undefined)
    await new Promise((resolve) => setImmediate(resolve))
    expect(told).toHaveLength(before)
  })

  it('are refused for a host that is not in the list', () => {
    const { diagnoses } = start('demo://local/')
    expect(() => diagnoses.start('gone' as HostId)).toThrow('no longer in the list')
  })
})

describe('the report', () => {
  it('has every step with cause, cure, commands and the words of the host', () => {
    const text = diagnosisReport(
      {
        host: id,
        uri: 'qemu+ssh://web/system',
        startedAtMs: 0,
        state: 'ended',
        steps: [
          { id: 'a', title: 'The name', state: 'ok', found: 'web is 10.0.0.1', facts: ['10.0.0.1'] },
          {
            id: 'b',
            title: 'The port',
            state: 'failed',
            found: 'refused',
            cause: 'sshd is down',
            cure: 'Start it',
            commands: [{ where: 'host', text: 'systemctl start ssh' }],
            detail: 'ECONNREFUSED',
          },
          { id: 'c', title: 'The rest', state: 'skipped', found: 'Not looked at' },
        ],
      },
      'web',
    )
    expect(text).toBe(
      `Diagnosis of web
URI: qemu+ssh://web/system
Begun: 1970-01-01T00:00:00.000Z

[OK] The name: web is 10.0.0.1
    10.0.0.1
[Failed] The port: refused
    Cause: sshd is down
    Cure: Start it
    On the host:
      systemctl start ssh
    | ECONNREFUSED
[Skipped] The rest: Not looked at
`,
    )
  })
})
