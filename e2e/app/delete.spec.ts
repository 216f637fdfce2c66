import { expect, test, type Locator, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

onDemoHost((running) => {
  app = running
  page = running.page
  main = new MainWindow(page)
})

/** Off, with a disk of its own and a name as long as names get. */
const longest =
  'customer-acceptance-environment-for-the-quarterly-billing-migration-eu-central-second-attempt'
const filter = (): Locator => page.getByRole('searchbox', { name: 'Filter virtual machines' })

test('a VM is deleted with its disk by the keyboard alone, after its name was typed', async () => {
  await main.showAll()
  await filter().fill(longest)
  await tabInto(main.table)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Delete')
  const dialog = main.dialog(`Delete ${longest}?`)
  await expect(dialog.getByRole('checkbox', { name: new RegExp(`${longest}\\.qcow2`) })).toBeChecked()
  const confirm = dialog.getByRole('button', { name: 'Delete with 1 file' })
  await expect(confirm).toBeDisabled()
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await tabInto(dialog.getByLabel(/to confirm/))
  await page.keyboard.type(longest)
  await expect(confirm).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(main.vm(longest)).toHaveCount(0)
  await filter().fill('')
  await expect.poll(volumeNames).not.toContain(`${longest}.qcow2`)
})

test('several VMs are deleted together: a running one only if forced off, and no file that others use', async () => {
  await main.showAll()
  await main.vm('old-fileserver').click()
  for (const name of ['analytics', 'staging-web']) await main.vm(name).click({ modifiers: ['ControlOrMeta'] })
  await page.keyboard.press('Delete')
  const dialog = main.dialog('Delete 3 virtual machines?')
  const fileserver = dialog.getByRole('region', { name: 'old-fileserver' })
  await expect(fileserver.getByRole('checkbox', { name: /old-fileserver\.qcow2/ })).toBeChecked()
  await expect(fileserver.getByRole('checkbox', { name: /shared-data\.raw/ })).toBeDisabled()
  await expect(dialog.getByText('With it go: saved state.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Delete 2 VMs with 2 files' })).toBeVisible()
  await dialog.getByRole('region', { name: 'staging-web' }).getByText('Force it off first').click()
  const confirm = dialog.getByRole('button', { name: 'Delete 3 VMs with 3 files' })
  await expect(confirm).toBeDisabled()
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByLabel(/to confirm/).fill('delete 3 files')
  await confirm.click()
  await expect(dialog).toBeHidden()
  for (const name of ['old-fileserver', 'analytics', 'staging-web'])
    await expect(main.vm(name)).toHaveCount(0)
  const names = await volumeNames()
  expect(names).not.toContain('old-fileserver.qcow2')
  expect(names).toEqual(expect.arrayContaining(['shared-data.raw', 'web-01.qcow2']))
})

async function volumeNames(): Promise<string[]> {
  const [host] = (await app.api.hosts.list()).items
  if (!host) throw new Error('The demo host is gone')
  const { volumes } = await app.api.storage.volumeNames({ host: host.id, pool: 'default' })
  return volumes.map(({ name }) => name)
}

async function tabInto(target: Locator): Promise<void> {
  const hasFocus = (): Promise<boolean> =>
    target.evaluate((element) => element.contains(document.activeElement))
  for (let presses = 0; presses < 40 && !(await hasFocus()); presses += 1) await page.keyboard.press('Tab')
  expect(await hasFocus()).toBe(true)
}
