import { beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId } from '../../shared/model/ids'
import { missingPart } from '../backends/missing-part'
import { TaskList } from '../tasks/task-list'
import { NetworkActions } from './network-actions'
import { Revisions } from './revisions'
import { info, TinySession } from './testing/tiny-backend'

const host = hostId.parse('h')
let session: TinySession
let tasks: TaskList
let actions: NetworkActions

beforeEach(() => {
  session = new TinySession([])
  tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
  actions = new NetworkActions({ tasks, hosts: { get: () => session } })
})

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('what is done to a network is a task with the equal command, and a restart has none as it is two', async () => {
  const done: string[] = []
  session.networks = {
    ...missingPart('none'),
    networkAction: async (name, action) => void done.push(`${action} ${name}`),
    deleteNetwork: async (name) => void done.push(`delete ${name}`),
  }
  actions.action({ host, network: 'lan', action: 'autostart-off' })
  actions.action({ host, network: 'lan', action: 'restart' })
  actions.delete({ host, network: 'lan' })
  await settle()
  expect(done).toEqual(['autostart-off lan', 'restart lan', 'delete lan'])
  const [off, restart, gone] = tasks.list().items
  expect([off?.command, gone?.command]).toEqual([
    'virsh net-autostart lan --disable',
    'virsh net-undefine lan',
  ])
  expect(restart).not.toHaveProperty('command')
})

it('an edit answers what took effect, and its task carries the commands of the preview', async () => {
  const outcome = { now: ['DHCP reservation of web-1'], afterRestart: [], refused: [] }
  const preview = { before: '', after: '', now: [], afterRestart: [], conflicts: [] }
  session.networks = {
    ...missingPart('none'),
    previewNetwork: async () => ({ ...preview, commands: ['virsh net-update lan …'] }),
    editNetwork: async () => outcome,
  }
  expect(await actions.edit({ host, network: 'lan', base: 'b', values: {} })).toEqual(outcome)
  await settle()
  expect(tasks.list().items).toMatchObject([{ command: 'virsh net-update lan …', state: 'succeeded' }])
})

it('an edit that was overtaken by another one fails and says so to whoever asked', async () => {
  session.networks = {
    ...missingPart('none'),
    previewNetwork: async () => ({
      before: '',
      after: '',
      commands: [],
      now: [],
      afterRestart: [],
      conflicts: [],
    }),
    editNetwork: async () => {
      throw new AppError('busy', 'lan was changed elsewhere')
    },
  }
  await expect(actions.edit({ host, network: 'lan', base: 'b', values: {} })).rejects.toMatchObject({
    kind: 'busy',
  })
})

it('a connection that only looks changes nothing', async () => {
  session.info = { ...info, isReadOnly: true }
  expect(() => actions.delete({ host, network: 'lan' })).toThrow(expect.objectContaining({ kind: 'denied' }))
  await expect(actions.edit({ host, network: 'lan', base: 'b', values: {} })).rejects.toMatchObject({
    kind: 'denied',
  })
  expect(tasks.list().items).toEqual([])
})
