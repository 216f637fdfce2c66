import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { QemuMonitor } from '../pages/qemu-monitor'

let page: Page
let main: MainWindow

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
})

test('the monitor asks once whether commands may go past libvirt', async () => {
  await main.showAll()
  await main.openConsole('web-01')
  const monitor = new QemuMonitor(page, 'web-01')
  await monitor.tab.click()
  await expect(page.getByRole('heading', { name: 'Use the monitor of web-01?' })).toBeVisible()
  await expect(monitor.region).toBeHidden()
  await page.getByRole('button', { name: 'Use the monitor' }).click()
  await expect(monitor.region).toBeVisible()
  await main.showAll()
  await main.openConsole('web-01')
  await monitor.tab.click()
  await expect(monitor.region).toBeVisible()
})

test('commands are completed, brought back by the arrow keys, and answered', async () => {
  const monitor = await opened('db-01')
  await monitor.input.fill('info st')
  await monitor.input.press('Tab')
  await expect(monitor.input).toHaveValue('info status ')
  await monitor.input.press('Enter')
  await expect(monitor.answers.last()).toContainText('VM status: running')
  await monitor.input.fill('s')
  await monitor.input.press('Tab')
  await monitor.region.getByRole('button', { name: 'system_reset', exact: true }).click()
  await expect(monitor.input).toHaveValue('system_reset ')
  await monitor.input.press('ArrowUp')
  await expect(monitor.input).toHaveValue('info status')
  await monitor.run('no-such-word')
  await expect(monitor.answers.last()).toContainText("unknown command: 'no-such-word'")
})

test('a kind of information is found by its meaning and shown by a click', async () => {
  const monitor = await opened('mail')
  await monitor.region.getByRole('searchbox', { name: 'Find information' }).fill('uuid')
  await monitor.region.getByRole('button', { name: /^uuid/ }).click()
  await expect(monitor.answers.last()).toContainText(/[0-9a-f]{8}-/)
  expect(await accessibilityProblems(page, 'main')).toEqual([])
})

test('QMP lays its answers out, marks errors, and says what is no command before anything is sent', async () => {
  const monitor = await opened('design-studio')
  await monitor.speak('QMP')
  await monitor.run('query-kvm')
  await expect(monitor.answers.last()).toContainText('"enabled": true')
  await monitor.run('{"execute": "nothing"}')
  await expect(monitor.answers.last().locator('pre[data-error]')).toContainText('CommandNotFound')
  await monitor.run('{"execute"')
  await expect(monitor.answers.last().getByRole('alert')).toContainText('This is no JSON')
})

test('a VM that the monitor stops is shown as paused', async () => {
  const monitor = await opened('build-runner-07')
  await monitor.run('stop')
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('Paused')
  await monitor.run('cont')
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('Running')
})

test('a VM that is off has no monitor, and says so', async () => {
  await main.showAll()
  await main.openConsole('old-fileserver')
  await new QemuMonitor(page, 'old-fileserver').tab.click()
  await expect(page.getByRole('heading', { name: /old-fileserver.* is shut off/ })).toBeVisible()
})

async function opened(vm: string): Promise<QemuMonitor> {
  await main.showAll()
  await main.openConsole(vm)
  const monitor = new QemuMonitor(page, vm)
  await monitor.open()
  return monitor
}
