import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { HostId, TaskId } from '../../shared/model/ids'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { StoragePage } from '../pages/storage-page'
import { TasksPanel } from '../pages/tasks-panel'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp
let main: MainWindow
let tasks: TasksPanel

const connected = async (): Promise<string | undefined> => {
  const [host] = (await app.api.hosts.list()).items
  return host?.status.kind === 'connected' ? host.id : undefined
}

async function start(home?: string): Promise<void> {
  app = await startApp({ args: ['--demo'], ...(home === undefined ? {} : { home }) })
  main = new MainWindow(app.page)
  tasks = new TasksPanel(app.page)
  await expect.poll(connected).toBeTruthy()
}

test.afterAll(async () => {
  await app?.stop()
})

test('tasks are there after a restart, one that was cancelled is done by a click, and a filter finds them', async () => {
  await start()
  const vms = (await app.api.vms.list()).items
  const mail = vms.find(({ name }) => name === 'mail')
  if (!mail) throw new Error('The demo host has no VM "mail"')
  const ref = { host: mail.host, vm: mail.id }
  const save = await app.api.vms.power({ ...ref, action: 'save' })
  await app.api.tasks.cancel({ task: save })
  const stateOf = async (): Promise<string | undefined> =>
    (await app.api.tasks.list()).items.find(({ id }) => id === save)?.state
  await expect.poll(stateOf).toBe('cancelled')
  await app.api.vms.power({ ...ref, action: 'pause' })
  await main.showAll()
  await expect(main.state('mail')).toContainText('Paused')
  const { home } = app
  await app.stop({ keepHome: true })

  await start(home)
  const { page } = app
  await tasks.open()
  await expect(tasks.rows('Saving mail')).toContainText('virsh managedsave mail')
  await expect(tasks.rows('Saving mail')).toContainText('Cancelled')
  await expect(tasks.rows('Pausing mail').getByRole('button', { name: /Retry/ })).toHaveCount(0)
  expect(await accessibilityProblems(page, '.tasks')).toEqual([])
  await tasks.rows('Saving mail').getByRole('button', { name: 'Retry: Saving mail' }).click()
  await expect(tasks.rows('Saving mail')).toHaveCount(2)
  await expect(tasks.rows('Saving mail').filter({ hasText: 'Done' })).toHaveCount(1, { timeout: 20_000 })
  await expect(tasks.panel.getByRole('button', { name: /Retry/ })).toHaveCount(0)
  await main.showAll()
  await expect(main.state('mail')).toContainText('state saved')

  const filter = tasks.panel.getByRole('searchbox', { name: 'Filter tasks' })
  await filter.fill('suspend')
  await expect(tasks.rows('mail')).toHaveCount(1)
  await filter.fill('')
  await tasks.panel.getByText('Not done', { exact: true }).click()
  await expect(tasks.rows('mail')).toHaveCount(1)
  await expect(tasks.rows('mail')).toContainText('Cancelled')
  await tasks.panel.getByRole('button', { name: 'Clear ended' }).click()
  await expect(tasks.panel).toContainText('Nothing has been done yet')
  expect(app.pageErrors).toEqual([])
})

test('an export and a new VM that were cancelled are done by Retry, the export as long as its file is known', async () => {
  test.setTimeout(240_000)
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-tasks-'))
  try {
    await app.stop()
    await start()
    const file = join(folder, 'billing.tar')
    await new StoragePage(app).answerFileDialogs({ open: file, save: file })
    const source = (await app.api.vms.list()).items.find(({ name }) => name.includes('quarterly-billing'))
    if (!source) throw new Error('The demo host has no such VM')
    const { host, id: vm } = source
    const begin = {
      export: async () => {
        const chosen = await app.api.files.chooseLocal({ kind: 'save', title: 'Export' })
        return app.api.vms.export({ host, vm, kind: 'bundle', as: 'file', file: chosen?.id ?? '' })
      },
      create: () => app.api.newVm.create(newVm(host)),
    }
    const cancelled = async (make: () => Promise<TaskId>): Promise<void> => {
      const task = await make()
      await app.api.tasks.cancel({ task })
      await expect
        .poll(async () => (await app.api.tasks.list()).items.find(({ id }) => id === task)?.state, work)
        .toBe('cancelled')
    }
    await cancelled(begin.export)
    await cancelled(begin.create)
    await tasks.open()
    for (const title of ['Exporting', 'Creating done-again']) {
      await tasks.retry(title)
      await expect(tasks.rows(title)).toHaveCount(2)
      await expect(tasks.newest(title)).toContainText('Done', work)
    }
    expect((await stat(file)).size).toBeGreaterThan(10_000)
    await main.showAll()
    await app.page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('done-again')
    await expect(main.state('done-again')).toContainText('Shut off')

    await cancelled(begin.export)
    await expect(tasks.newest('Exporting').getByRole('button', { name: /^Retry/ })).toBeVisible()
    const { home } = app
    await app.stop({ keepHome: true })
    await start(home)
    await tasks.open()
    await expect(tasks.newest('Exporting')).toContainText('Cancelled')
    await expect(tasks.newest('Exporting').getByRole('button', { name: /^Retry/ })).toHaveCount(0)
    expect(app.pageErrors).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})

const work = { timeout: 120_000 }

function newVm(host: HostId): NewVmInput {
  return {
    host,
    name: 'done-again',
    guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
    source: { kind: 'none' },
    vcpuCount: 1,
    memoryBytes: 512 * 1024 ** 2,
    hasTpm: false,
    disks: [{ kind: 'new', pool: 'default', sizeBytes: 1024 ** 3, format: 'qcow2', isFull: false }],
    nics: [],
    graphics: 'vnc',
    hasAutostart: false,
    startsNow: false,
    changes: [],
  }
}
