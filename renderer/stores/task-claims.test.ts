import { afterAll, afterEach, expect, it } from 'vitest'
import { hostId, taskId, vmId } from '../../shared/model/ids'
import type { Task } from '../../shared/model/task'
import { claimTask, onUnclaimedTaskEnd } from './task-claims'
import { putTask, useTasks } from './tasks'

let nextId = 0
function task(state: Task['state'] = 'running'): Task {
  nextId += 1
  return {
    id: taskId.parse(`task-${nextId}`),
    kind: 'vm.rename',
    title: 'Renaming web',
    host: hostId.parse('a'),
    vm: vmId.parse('00000000-0000-0000-0000-000000000001'),
    state,
    startedAtMs: 1,
    canCancel: false,
    ...(state === 'failed' ? { error: { kind: 'busy', message: 'No' } } : {}),
  }
}
const failed = (running: Task): Task => ({
  ...running,
  state: 'failed',
  error: { kind: 'busy', message: 'No' },
})

const told: string[] = []
const stop = onUnclaimedTaskEnd(({ id }) => told.push(id))
afterAll(stop)
afterEach(() => {
  told.length = 0
  useTasks.setState({ byId: {}, runningByVm: {} })
})

it('tells of a task nobody waits for, once', () => {
  const running = task()
  putTask(running)
  putTask(failed(running))
  putTask(failed(running))
  expect(told).toEqual([running.id])
})

it('does not tell of a task a dialog waits for, even when it ends before its id is known', async () => {
  const running = task()
  const claim = await claimTask(async () => {
    putTask(running)
    putTask(failed(running))
    return running.id
  })
  await expect(claim.ended).resolves.toMatchObject({ state: 'failed' })
  expect(told).toEqual([])
})

it('tells of other tasks that ended while a request was on its way', async () => {
  const other = task('failed')
  const own = task()
  const claim = await claimTask(async () => {
    putTask(other)
    expect(told).toEqual([])
    return own.id
  })
  expect(told).toEqual([other.id])
  putTask(failed(own))
  await claim.ended
  expect(told).toEqual([other.id])
})

it('tells after all when the dialog went away first', async () => {
  const running = task()
  putTask(running)
  const claim = await claimTask(async () => running.id)
  claim.release()
  putTask(failed(running))
  expect(told).toEqual([running.id])
})

it('passes on that the request itself was refused', async () => {
  await expect(claimTask(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
})
