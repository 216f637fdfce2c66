import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { startOnDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import type { RunningApp } from '../start-app'

const dayMs = 24 * 3_600_000

let app: RunningApp
let page: Page
let main: MainWindow

async function start(home?: string): Promise<void> {
  app = await startOnDemoHost(home)
  page = app.page
  main = new MainWindow(page)
}

test.beforeAll(() => start())
test.afterAll(() => app?.stop())
test.afterEach(() => expect(app.pageErrors).toEqual([]))

const line = (): Locator => page.getByRole('region', { name: 'Schedule', exact: true })

async function openSnapshots(vm: string): Promise<void> {
  await main.showAll()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill(vm)
  await main.openVm(vm)
  await page.getByRole('tab', { name: 'Snapshots' }).click()
}

async function openSchedule(vm: string): Promise<Locator> {
  await line().getByRole('button', { name: 'Schedule…' }).click()
  return main.dialog(`Snapshots of ${vm} by schedule`)
}

async function save(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

test('a VM gets a schedule, and its tab says when the next snapshot is taken', async () => {
  await openSnapshots('web-01')
  await expect(line()).toContainText('No schedule: snapshots are taken by hand')
  const dialog = await openSchedule('web-01')
  await dialog.getByRole('textbox', { name: 'At' }).fill('03:30')
  await dialog.getByRole('textbox', { name: 'Keep the newest' }).fill('3')
  await expect(dialog.getByRole('status')).toContainText(/^Next: (today|tomorrow) 03:30 · /)
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await save(dialog)
  await expect(line()).toContainText(/Next: (today|tomorrow) 03:30, keeps 3/)
  expect(await accessibilityProblems(page, '.snap')).toEqual([])
})

test('the files of a timer for the host are there to be copied', async () => {
  const dialog = await openSchedule('web-01')
  await dialog.getByText('For when Innkeeper does not run: a timer of the host').click()
  await expect(dialog).toContainText(/\/etc\/systemd\/system\/innkeeper-snapshot-web-01-[0-9a-f]{8}\.timer/)
  await expect(dialog).toContainText('OnCalendar=*-*-* 03:30:00')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

test('another VM does not make up for missed ones, and has its schedule by the keyboard alone', async () => {
  await openSnapshots('mail')
  await line().getByRole('button', { name: 'Schedule…' }).focus()
  await page.keyboard.press('Enter')
  const dialog = main.dialog('Snapshots of mail by schedule')
  await dialog.getByRole('radio', { name: 'Daily' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(dialog.getByRole('radio', { name: 'Every few hours' })).toBeChecked()
  await dialog.getByRole('checkbox', { name: /^Make up for missed ones/ }).focus()
  await page.keyboard.press('Space')
  await dialog.getByRole('textbox', { name: 'Names begin with' }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(line()).toContainText(/Next: .*:00, keeps 7/)
})

test('what was missed while Innkeeper did not run is made up for, or told', async () => {
  const { home } = app
  await app.stop({ keepHome: true })
  const file = join(home, 'snapshot-schedules.json')
  const kept = JSON.parse(await readFile(file, 'utf8')) as { schedule: object }[]
  // as if it had ended two days ago, and half a day from when any is due: what was due just now is not missed
  const handledMs = Date.now() - 2 * dayMs
  const at = new Date(Date.now() - dayMs / 2).toTimeString().slice(0, 5)
  const missed = kept.map((one) => ({
    ...one,
    schedule: { ...one.schedule, rhythm: { kind: 'daily', at } },
    handledMs,
  }))
  await writeFile(file, JSON.stringify(missed))
  await start(home)
  await openSnapshots('web-01')
  await expect(page.getByRole('treeitem', { name: /^auto-\d{4}-\d\d-\d\d-\d{4} / })).toBeVisible()
  await expect(line()).toContainText(/Last: auto-.*It was made up for what was missed\./)
  await openSnapshots('mail')
  await expect(line()).toContainText(/Missed \d+ times, the last /)
  await expect(page.getByRole('treeitem', { name: /^before-upgrade / })).toBeVisible()
  await expect(page.getByRole('treeitem', { name: /^auto-/ })).toHaveCount(0)
  const told = (await app.api.tasks.list()).items.find(({ kind }) => kind === 'snapshot.missed')
  expect(told).toMatchObject({ state: 'failed', title: 'Scheduled snapshots of mail' })
})

test('a schedule that is removed leaves its snapshots', async () => {
  await openSnapshots('web-01')
  const dialog = await openSchedule('web-01')
  await dialog.getByRole('button', { name: 'Remove the schedule' }).click()
  await expect(dialog).toBeHidden()
  await expect(line()).toContainText('No schedule: snapshots are taken by hand')
  await expect(page.getByRole('treeitem', { name: /^auto-/ })).toBeVisible()
})
