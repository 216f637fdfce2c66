import { expect, it } from 'vitest'
import { hostId, taskId } from '../../../shared/model/ids'
import type { Task } from '../../../shared/model/task'
import { filteredTasks } from './filtered-tasks'

const host = hostId.parse('a')
const task = (title: string, more: Partial<Task> = {}): Task => ({
  id: taskId.parse(title),
  kind: 'x',
  title,
  state: 'succeeded',
  startedAtMs: 0,
  canCancel: false,
  ...more,
})
const tasks = [
  task('Starting web', { host, command: 'virsh start web' }),
  task('Saving db', { state: 'running' }),
  task('Cloning web', { state: 'failed', error: { kind: 'busy', message: 'The disk of the host is full' } }),
  task('Deleting old', { state: 'cancelled' }),
]
const titles = (choice: 'all' | 'running' | 'undone', words = ''): string[] =>
  filteredTasks(tasks, choice, words, () => 'Cellar').map(({ title }) => title)

it('tasks are chosen by how they stand', () => {
  expect(titles('all')).toHaveLength(4)
  expect(titles('running')).toEqual(['Saving db'])
  expect(titles('undone')).toEqual(['Cloning web', 'Deleting old'])
})

it('tasks are found by all words in their title, command, error or host', () => {
  expect(titles('all', 'WEB')).toEqual(['Starting web', 'Cloning web'])
  expect(titles('all', 'virsh web')).toEqual(['Starting web'])
  expect(titles('all', 'full')).toEqual(['Cloning web'])
  expect(titles('all', ' cellar ')).toEqual(['Starting web'])
  expect(titles('running', 'web')).toEqual([])
})
