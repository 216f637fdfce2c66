import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { TextConsole } from '../pages/text-console'

let page: Page
let main: MainWindow

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
})

test('a shell of a host opens by a click, knows its size, and stays while other pages of the host are shown', async () => {
  await main.host('Demo host').click()
  await page.getByRole('tab', { name: 'Shell' }).click()
  expect(await accessibilityProblems(page, 'main')).toEqual([])
  await page.getByRole('button', { name: 'Open a shell' }).click()
  const shell = new TextConsole(page, 'Shell on Demo host')
  await shell.isConnected()
  await shell.shows(/~#$/)
  const [columns, rows] = ((await shell.region.locator('.text-size').textContent()) ?? '').split(' × ')
  await shell.type('stty size\n')
  await shell.shows(new RegExp(`^${rows} ${columns}$`, 'm'))
  await page.getByRole('tab', { name: 'Overview' }).click()
  await expect(shell.region).toBeHidden()
  await page.getByRole('tab', { name: 'Shell' }).click()
  await shell.shows(/stty size/)
  expect(await accessibilityProblems(page, 'main')).toEqual([])
})

test('virsh on this hypervisor is typed by a click, and a shell that was left opens again', async () => {
  const shell = new TextConsole(page, 'Shell on Demo host')
  await shell.button('Send').click()
  await page.getByRole('menuitem', { name: 'virsh on demo:///system' }).click()
  await shell.shows(/virsh -c demo:\/\/\/system/)
  await shell.type('exit\n')
  await expect(shell.region.getByText('The session has ended')).toBeVisible()
  await shell.button('Open again').click()
  await shell.isConnected()
  await shell.shows(/~#$/)
})
