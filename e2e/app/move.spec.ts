import { expect, test, type Page } from '@playwright/test'
import type { RunningApp } from '../start-app'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { MovePage } from '../pages/move-page'

let app: RunningApp
let page: Page
let main: MainWindow
let move: MovePage

onDemoHost((running) => {
  app = running
  page = running.page
  main = new MainWindow(page)
  move = new MovePage(page)
})

const second = 'Second host'

test.beforeAll(async () => {
  await app.api.hosts.add({ uri: 'demo://empty/', label: second, autoconnect: true })
  await expect(main.host(second)).toContainText('Demo')
})

test('a running VM is moved with its disks by clicks, and its page goes along', async () => {
  await main.showAll()
  await main.openVm('web-01')
  const dialog = await move.open('web-01')
  await expect(dialog.getByRole('button', { name: /Destination/ })).toContainText(second)
  await expect(dialog.getByRole('region', { name: 'Checks' })).toContainText('has no web-01.qcow2')
  await expect(dialog.getByRole('button', { name: 'Move', exact: true })).toBeDisabled()
  await dialog.getByText('Storage that hosts can share').click()
  await expect(dialog.getByRole('row', { name: /^DRBD/ })).toContainText(
    'Two hosts that mirror their own disks',
  )
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await move.choose('Disks', 'Copy them')
  await expect(dialog).toContainText('web-01.qcow2 in the pool "default"')
  await dialog.getByText('More options').click()
  await dialog.getByRole('textbox', { name: 'Longest pause' }).fill('250')
  await dialog.getByText('Allow switching over before all memory is there').click()
  await dialog.getByText('The same on the command line').click()
  await expect(dialog).toContainText('--copy-storage-all')
  await expect(dialog).toContainText(/of disks are copied: about .* at 1 Gbit\/s/)
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  const task = await move.begin('web-01')
  await expect(task).toContainText(`Moving web-01 to ${second}`)
  await task.getByText('Figures').click()
  await expect(task).toContainText('Guest writes')
  await task.getByRole('textbox', { name: 'No faster than' }).fill('50')
  await task.getByRole('button', { name: 'Change', exact: true }).click()
  await task.getByRole('button', { name: 'Switch over now' }).click()
  await expect(task).toContainText('It stood still for')
  await expect(page.getByRole('main')).toContainText(second)
  await expect(main.tree.getByRole('treeitem', { name: /^web-01, Running/ })).toHaveCount(1)
})

test('a move is cancelled in its middle, and the VM stays where it is and runs', async () => {
  await main.showAll()
  await main.selectVm('mail')
  const dialog = await move.open('mail')
  await move.choose('Disks', 'Copy them')
  // so that it waits for us, however slow we are
  await dialog.getByText('More options').click()
  await dialog.getByText('Allow switching over before all memory is there').click()
  const task = await move.begin('mail')
  await task.getByRole('button', { name: 'Cancel' }).click()
  await expect(task).toContainText('Cancelled')
  await expect(task.getByRole('button', { name: `Retry: Moving mail to ${second}` })).toBeVisible()
  await expect(main.state('mail')).toContainText('Running')
})

test('a VM with hardware of its host says why it cannot move, and one is dropped on a host', async () => {
  await main.showAll()
  await main.selectVm('design-studio')
  const dialog = await move.open('design-studio')
  await expect(dialog.getByRole('region', { name: 'Checks' })).toContainText('3 devices of the host')
  await page.keyboard.press('Escape')
  await main.tree.getByRole('treeitem', { name: /^mail,/ }).dragTo(main.host(second))
  await expect(
    main.dialog('Move mail to another host').getByRole('button', { name: /Destination/ }),
  ).toContainText(second)
  await page.keyboard.press('Escape')
})

test('a host is emptied before maintenance: all that can move goes, the rest says why', async () => {
  await main.host('Demo host').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Move all running VMs away…' }).click()
  const dialog = main.dialog(/^Move \d+ virtual machines to another host/)
  await move.choose('Disks', 'Copy them')
  await expect(dialog.getByRole('region', { name: 'Checks' })).toContainText('3 devices of the host')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(dialog).toBeHidden()
  const { tasks } = move
  await tasks.open()
  await expect(move.task('mail')).toContainText('Done', { timeout: 90_000 })
  await expect(move.task('design-studio')).toContainText('devices of the host', { timeout: 90_000 })
  // work that runs keeps the app from ending
  await expect(tasks.panel.getByRole('progressbar')).toHaveCount(0, { timeout: 90_000 })
})
