import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { Revisions } from '../hosts/revisions'
import { TaskHistory } from './task-history'
import { TaskList } from './task-list'

let directory: string
const opened: TaskHistory[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'innkeeper-tasks-'))
})
afterEach(async () => {
  // what is still to be written would make the folder anew
  for (const history of opened.splice(0)) await history.flush()
  await rm(directory, { recursive: true })
})

async function start(): Promise<{ tasks: TaskList; history: TaskHistory }> {
  const history = await TaskHistory.open(directory, () => 9)
  opened.push(history)
  const emit = { tasks: { changed: () => undefined } }
  return { history, tasks: new TaskList({ emit, revisions: new Revisions(), history, now: () => 5 }) }
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const failing = async (): Promise<void> => {
  throw new AppError('busy', 'Not now', { cure: 'Later' })
}

it('tasks are listed after a restart as they ended, for their user only to read', async () => {
  const { tasks, history } = await start()
  tasks.run({ kind: 'a', title: 'Done', command: 'virsh start web' }, async () => undefined)
  tasks.run({ kind: 'b', title: 'Failed' }, failing)
  await settle()
  await history.flush()
  expect((await start()).tasks.list().items).toEqual(tasks.list().items)
  expect((await stat(join(directory, 'tasks.json'))).mode & 0o077).toBe(0)
})

it('a task that the app did not live to see end says so', async () => {
  const { tasks, history } = await start()
  tasks.run({ kind: 'a', title: 'Long', canCancel: true }, () => new Promise(() => undefined))
  await history.flush()
  expect((await start()).tasks.list().items).toMatchObject([
    {
      title: 'Long',
      state: 'failed',
      canCancel: false,
      endedAtMs: 9,
      error: { message: 'Innkeeper ended before this did' },
    },
  ])
})

it('what a task was asked for by is kept with it, and handed out until it was done by another', async () => {
  const request = { group: 'vms', name: 'power', input: { action: 'start' } }
  const first = await start()
  const id = first.tasks.run({ kind: 'a', title: 'Failed' }, failing)
  first.tasks.madeBy(id, request)
  const done = first.tasks.run({ kind: 'a', title: 'Done' }, async () => undefined)
  first.tasks.madeBy(done, request)
  await settle()
  await first.history.flush()

  const { tasks } = await start()
  expect(tasks.list().items.map(({ canRetry }) => canRetry)).toEqual([true, undefined])
  expect(tasks.requestOf(id)).toEqual(request)
  expect(() => tasks.requestOf(done)).toThrow('This cannot simply be done again')
  tasks.wasRetried(id)
  expect(() => tasks.requestOf(id)).toThrow('This cannot simply be done again')
  expect(tasks.list().items[0]).not.toHaveProperty('canRetry')
})

it('what was asked for with a file that only this run knows is not offered to be done again after a restart', async () => {
  const request = { group: 'vms', name: 'export', input: { file: 'id' }, isOfThisRun: true }
  const { tasks, history } = await start()
  const id = tasks.run({ kind: 'a', title: 'Failed' }, failing)
  tasks.madeBy(id, request)
  await settle()
  expect(tasks.requestOf(id)).toEqual(request)
  await history.flush()
  expect((await start()).tasks.list().items[0]).toMatchObject({ title: 'Failed', state: 'failed' })
  expect((await start()).tasks.list().items[0]).not.toHaveProperty('canRetry')
})

it('one that ended before its request was told can be retried all the same', async () => {
  const { tasks } = await start()
  const id = tasks.run({ kind: 'a', title: 'Failed' }, failing)
  await settle()
  tasks.madeBy(id, { group: 'vms', name: 'power', input: {} })
  expect(tasks.list().items).toMatchObject([{ canRetry: true }])
})

it('cleared tasks are gone for good', async () => {
  const { tasks, history } = await start()
  tasks.run({ kind: 'a', title: 'Done' }, async () => undefined)
  await settle()
  tasks.clearEnded()
  await history.flush()
  expect((await start()).tasks.list().items).toEqual([])
})

it('a file that is broken, or has lines that are no tasks, is as much of a history as can be read', async () => {
  const { tasks, history } = await start()
  tasks.run({ kind: 'a', title: 'Done' }, async () => undefined)
  await settle()
  await history.flush()
  const path = join(directory, 'tasks.json')
  const [good] = JSON.parse(await readFile(path, 'utf8')) as unknown[]
  await writeFile(path, JSON.stringify([{ title: 1 }, good]))
  expect((await start()).tasks.list().items).toMatchObject([{ title: 'Done' }])
  await writeFile(path, '[{')
  expect((await start()).tasks.list().items).toEqual([])
})
