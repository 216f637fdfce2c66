import { expect, it } from 'vitest'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import type { Task } from '../../../shared/model/task'
import { marksOf } from './marks'

const host = hostId.parse('h')
const vm = vmId.parse('00000000-0000-0000-0000-000000000001')
const task = (change: Partial<Task>): Task => ({
  id: taskId.parse('t'),
  kind: 'vm.migrate',
  title: 'Moving web-01',
  host,
  vm,
  state: 'running',
  startedAtMs: 100,
  canCancel: true,
  ...change,
})
const marks = (tasks: Task[], ref = { host, vm }) => marksOf(ref, [], tasks, { fromMs: 50, toMs: 500 }, 400)

it('marks what happened and what worked on the VM, in the order of time', () => {
  const all = marksOf(
    { host, vm },
    [{ atMs: 200, kind: 'stopped' }],
    [task({})],
    { fromMs: 50, toMs: 500 },
    400,
  )
  expect(all.map(({ text, fromMs, toMs }) => [text, fromMs, toMs])).toEqual([
    ['Moving web-01', 100, 400],
    ['Stopped', 200, undefined],
  ])
})

it('says how work ended, and leaves out what is over or of others', () => {
  expect(marks([task({ state: 'failed', endedAtMs: 150 })])[0]?.text).toBe('Moving web-01, failed')
  expect(marks([task({ startedAtMs: 1, endedAtMs: 20, state: 'succeeded' })])).toEqual([])
  expect(marks([task({ kind: 'power.start' })])).toEqual([])
  expect(marks([task({ vm: vmId.parse('00000000-0000-0000-0000-000000000002') })])).toEqual([])
})

it('shows a move at the host to which the VM has moved as well', () => {
  const there = hostId.parse('there')
  expect(marks([task({ movesTo: there })], { host: there, vm })).toHaveLength(1)
})
