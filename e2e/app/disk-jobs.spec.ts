import { expect, test, type Page } from '@playwright/test'
import type { HostId, VmId } from '../../shared/model/ids'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { DiskWork } from '../pages/disk-work'
import type { HardwarePage } from '../pages/hardware-page'
import { MainWindow } from '../pages/main-window'
import type { RunningApp } from '../start-app'

/** A copy of a demonstration takes a dozen seconds. */
const copyMs = 90_000

let app: RunningApp
let page: Page
let main: MainWindow
let work: DiskWork
let hardware: HardwarePage
let host: HostId

onDemoHost((running) => {
  app = running
  page = app.page
  main = new MainWindow(page)
  work = new DiskWork(page)
  hardware = work.hardware
})

test.beforeAll(async () => {
  host = (await app.api.hosts.list()).items[0]?.id as HostId
  await app.api.storage.createPool({
    host,
    values: { type: 'dir', name: 'fast', path: '/srv/fast' },
    build: 'build',
    start: true,
    autostart: true,
  })
  await expect
    .poll(
      async () => (await app.api.storage.pools({ host })).items.find(({ name }) => name === 'fast')?.state,
    )
    .toBe('running')
})

async function idOf(name: string): Promise<VmId> {
  const found = (await app.api.vms.list()).items.find((vm) => vm.name === name)
  if (!found) throw new Error(`There is no ${name}`)
  return found.id
}

test('a disk of a running VM is moved to another pool, slower or faster meanwhile, and its old image stays', async () => {
  await hardware.open('web-01')
  await work.choose('Move disk…')
  const dialog = work.moveDialog('web-01')
  await expect(dialog).toContainText('The VM runs on')
  await expect(dialog).toContainText('This stays, and takes space until it is deleted in Storage:')
  await expect(dialog).toContainText('/var/lib/libvirt/images/web-01.qcow2')
  await expect(dialog.getByRole('button', { name: /To pool$/ })).toContainText('fast')
  await work.limit(dialog, '80 MiB')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(work.jobs()).toContainText('vda is copied to /srv/fast/web-01.qcow2')
  await expect(work.jobs()).toContainText('at most 80')
  expect(await accessibilityProblems(page, '.disk-jobs')).toEqual([])
  await work.changeSpeed('')
  await expect(work.jobs()).not.toContainText('at most')
  await expect(work.jobs()).toHaveCount(0, { timeout: copyMs })
  await expect(hardware.field('Image')).toHaveValue('/srv/fast/web-01.qcow2', { timeout: copyMs })
  const { volumes } = await app.api.storage.volumeNames({ host, pool: 'default' })
  expect(volumes.map(({ name }) => name)).toContain('web-01.qcow2')
})

test('a copy is stopped after a question, and nothing of it stays', async () => {
  await hardware.open('db-01')
  await work.choose('Move disk…')
  const dialog = work.moveDialog('db-01')
  await dialog.getByText('Delete the old image afterwards').click()
  await expect(dialog).toContainText('This is deleted once the VM uses the copy:')
  await work.limit(dialog, '10 MiB')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await work.jobs().getByRole('button', { name: 'Stop…' }).click()
  const question = main.dialog('Stop the work on vda?')
  await expect(question).toContainText('The VM stays with the image it has.')
  await question.getByRole('button', { name: 'Stop it' }).click()
  await expect(work.jobs()).toHaveCount(0)
  const names = async (pool: string) =>
    (await app.api.storage.volumeNames({ host, pool })).volumes.map(({ name }) => name)
  await expect.poll(() => names('fast')).not.toContain('db-01.qcow2')
  expect(await names('default')).toContain('db-01.qcow2')
})

test('layers are merged only where no other VM is built on them, and a flattened disk stands alone', async () => {
  const original = 'old-fileserver'
  const base = (await app.api.vms.overview({ host, vm: await idOf(original) })).disks[0]?.source ?? ''
  const ref = { host, vm: await idOf(original) }
  await app.api.vms.clone({ ...ref, name: 'on-top', count: 1, disks: [], usual: 'linked', startsNow: true })
  await expect
    .poll(async () => (await app.api.vms.list()).items.find(({ name }) => name === 'on-top')?.state)
    .toBe('running')
  await hardware.open('on-top')
  await work.choose('Merge into its base…')
  const merge = work.mergeDialog('on-top')
  await expect(merge).toContainText(`${original} uses ${base} too, and would be damaged.`)
  await expect(merge.getByRole('button', { name: 'Merge' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await work.choose('Flatten…')
  const flatten = work.flattenDialog('on-top')
  await expect(flatten.getByRole('list', { name: 'Stays' })).toContainText(base)
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await flatten.getByRole('button', { name: 'Flatten' }).click()
  await expect(flatten).toBeHidden()
  await expect(work.jobs()).toContainText('vda is flattened')
  await expect(work.jobs()).toHaveCount(0, { timeout: copyMs })
  await work.choose('Flatten…')
  await expect(flatten).toContainText('It is built on no other image.')
  await page.keyboard.press('Escape')
})
