import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostId } from '../../shared/model/ids'
import type { VmState } from '../../shared/model/vm'
import { idOf, vm } from '../hosts/testing/tiny-backend'
import { EventLog } from './event-log'

const host = hostId.parse('h')
const day = 24 * 60 * 60_000
const ref = { host, vm: idOf(1) }

let directory: string
let nowMs: number
let log: EventLog

const open = (): EventLog =>
  new EventLog({
    directory,
    now: () => nowMs,
    onError: (error) => {
      throw error
    },
  })
const saw = (state: VmState): void => log.saw([{ kind: 'put', vm: { ...vm(1, { state }), host } }])
const kinds = (of = log): string[] => of.between(ref, 0, nowMs).map(({ kind }) => kind)

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'event-log-'))
  nowMs = 100 * day
  log = open()
})
afterEach(async () => {
  await log.flush()
  await rm(directory, { recursive: true })
})

it('tells when a VM was started, paused, resumed and stopped', () => {
  for (const state of ['running', 'paused', 'running', 'shutting-down', 'shut-off', 'running'] as const)
    saw(state)
  expect(kinds()).toEqual(['paused', 'resumed', 'stopped', 'started'])
})

it('takes the first it hears of a VM for no event, also when it comes back', () => {
  saw('running')
  log.saw([{ kind: 'removed', ref }])
  saw('shut-off')
  expect(kinds()).toEqual([])
})

it('knows after a restart what happened in the last seven days', async () => {
  saw('running')
  saw('shut-off')
  nowMs += 6 * day
  saw('running')
  await log.flush()
  nowMs += 2 * day
  const second = open()
  await second.start()
  expect(kinds(second)).toEqual(['started'])
})

it('reads past a line that a crash cut off', async () => {
  saw('running')
  saw('shut-off')
  await log.flush()
  await appendFile(join(directory, 'vm-events.jsonl'), '["h/0000')
  const second = open()
  await second.start()
  expect(kinds(second)).toEqual(['stopped'])
})

it('forgets a host that was removed', () => {
  saw('running')
  saw('shut-off')
  log.forgetHost(host)
  expect(kinds()).toEqual([])
})
