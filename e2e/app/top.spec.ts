import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { TopPage } from '../pages/top-page'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let top: TopPage

onDemoHost((running) => {
  app = running
  page = app.page
  top = new TopPage(page)
})

test('Top lists what runs, busiest first, and what does not run is only counted', async () => {
  await app.api.polling.set({ everySeconds: 1, figures: ['cpu', 'memory', 'disk', 'network'] })
  await top.open()
  await expect(top.vms.getByRole('row')).toHaveCount(12)
  await expect(top.vms.getByText('old-fileserver')).toHaveCount(0)
  await expect(top.summary).toContainText('1 host with')
  await expect(top.summary).toContainText('4 shut off')
  await expect
    .poll(async () => (await top.column(top.vms, 'CPU')).filter((text) => /%/.test(text)).length)
    .toBe(11)
  const shares = (await top.column(top.vms, 'CPU')).map((text) => Number.parseFloat(text))
  expect(shares).toEqual(shares.toSorted((a, b) => b - a))
  expect(await accessibilityProblems(page, 'main')).toEqual([])
})

test('each column orders the table, and the keys of virt-top do so with Alt', async () => {
  await top.open()
  const heading = (name: string): Locator => top.vms.getByRole('columnheader', { name, exact: true })
  await heading('VM').getByRole('button').click()
  const names = await top.column(top.vms, 'VM')
  expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true })))
  await top.vms.focus()
  for (const [key, name] of [
    ['Alt+m', 'Memory'],
    ['Alt+t', 'Time'],
    ['Alt+p', 'CPU'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(heading(name)).toHaveAttribute('aria-sort', 'descending')
  }
  await page.keyboard.press('Alt+r')
  await expect(heading('CPU')).toHaveAttribute('aria-sort', 'ascending')
  await page.keyboard.press('Alt+r')
})

test('CPUs, disks and network cards are listed one by one, with their rates', async () => {
  await top.open()
  for (const [view, grid, column, figure] of [
    ['vCPUs', top.vcpus, 'CPU', /^\d+(\.\d)? %$/],
    ['Host CPUs', top.hostCpus, 'CPU', /^\d+(\.\d)? %$/],
    ['Disks', top.disks, 'Written', /\/s$/],
    ['Networks', top.nics, 'Received', /\/s$/],
  ] as const) {
    await top.show(view)
    await expect.poll(async () => (await top.column(grid, column))[0]).toMatch(figure)
  }
  await page.keyboard.press('Alt+2')
  await expect(top.vcpus).toBeVisible()
  await expect(top.vcpus.getByRole('row').filter({ hasText: 'db-01' }).first()).toBeVisible()
})

test('the filter, the columns and the order are taken up again', async () => {
  await top.open()
  await top.filter.fill('db-01')
  await expect(top.vms.getByRole('row')).toHaveCount(2)
  await top.filter.fill('no such VM')
  await expect(page.getByText('Nothing matches the filter')).toBeVisible()
  await top.filter.fill('')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitem', { name: 'Disk writes/s' }).click()
  await top.vms.getByRole('columnheader', { name: 'Writes' }).getByRole('button').click()
  await new MainWindow(page).showAll()
  await top.open()
  await expect(top.vms.getByRole('columnheader', { name: 'Writes' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
})

test('paused, the table stands still while hosts go on telling', async () => {
  await top.open()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  const host = (await app.api.hosts.list()).items[0]
  if (!host) throw new Error('no host')
  const stopped = (await app.api.vms.list()).items.find(({ name }) => name === 'mail')
  if (!stopped) throw new Error('no VM')
  await app.api.vms.power({ host: host.id, vm: stopped.id, action: 'forceOff' })
  await expect
    .poll(async () => (await app.api.vms.list()).items.find(({ name }) => name === 'mail')?.state)
    .toBe('shut-off')
  await expect(top.vms.getByText('mail', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(top.vms.getByText('mail', { exact: true })).toHaveCount(0)
})

test('the table is saved as CSV with all columns, and a double click opens the VM', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-top-'))
  const path = join(folder, 'top.csv')
  try {
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, path)
    await top.open()
    await page.getByRole('button', { name: 'Save as CSV…' }).click()
    await expect(page.getByText('top.csv was saved')).toBeVisible()
    const [header = '', ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\r\n')
    expect(header.split(',').slice(0, 3)).toEqual(['VM', 'Host', 'Id of the run'])
    expect(lines.some((line) => line.startsWith('db-01,Demo host,'))).toBe(true)
  } finally {
    await rm(folder, { recursive: true })
  }
  await top.vms.getByText('db-01', { exact: true }).dblclick()
  await expect(page.getByRole('main', { name: 'Virtual machine db-01' })).toBeVisible()
})
