import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { BackupsTab } from '../pages/backups-tab'
import { MainWindow } from '../pages/main-window'

const workMs = 60_000

let page: Page
let main: MainWindow
let tab: BackupsTab

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
  tab = new BackupsTab(page)
})

const isAccessible = async (): Promise<void> =>
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])

test('a running VM is backed up, all of it and then what changed, and a backup that is cancelled leaves nothing', async () => {
  await tab.open('web-01')
  await tab.hasNone()
  await tab.backUp('web-01', 'Everything', isAccessible)
  const running = page.getByRole('region', { name: 'Backup under way' })
  await expect(running).toContainText(/ of \d/)
  await running.getByRole('button', { name: 'Cancel' }).click()
  await expect(running).toHaveCount(0)
  await tab.hasNone()
  await tab.backUp('web-01', 'Everything')
  await tab.hasBackups(1, { timeout: workMs })
  await expect(tab.checkpoints.getByRole('listitem')).toHaveCount(1)
  await tab.backUp('web-01', 'What changed', isAccessible)
  await tab.hasBackups(2, { timeout: workMs })
  await expect(tab.row(0)).toContainText('What changed')
  expect(await accessibilityProblems(page, '.backups')).toEqual([])
})

test('a backup becomes a new VM with disks and addresses of its own', async () => {
  await tab.open('web-01')
  await tab.restore(0, 'web-01', 'web-01-then')
  await tab.show('web-01-then')
  await expect(main.state('web-01-then')).toContainText('Shut off', { timeout: workMs })
  await main.openVm('web-01-then')
  await expect(page.getByRole('main')).toContainText('/var/lib/libvirt/images/web-01-then.qcow2')
})

test('the menu of a host lists the backups of all its VMs, to be restored or deleted', async () => {
  await main.host('Demo host').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Backups of VMs…' }).click()
  const dialog = main.dialog('Backups on Demo host')
  await expect(dialog.getByRole('list', { name: 'Backups' }).getByRole('listitem')).toHaveCount(2)
  await expect(dialog.getByRole('listitem').first()).toContainText('web-01, ')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('listitem').first().getByRole('button', { name: 'Restore…' }).click()
  await expect(main.dialog('Restore web-01 as a new VM')).toBeVisible()
  await page.keyboard.press('Escape')
})

test('deleting a backup lists the files of those that are built on it, which go too', async () => {
  await tab.open('web-01')
  await tab.row(1).getByRole('button', { name: 'Delete…' }).click()
  const dialog = main.dialog('Delete 2 backups?')
  await expect(dialog.getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(4)
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await tab.hasNone({ timeout: workMs })
  await expect(tab.checkpoints).toHaveCount(0)
})

test('the pools copy the disks of a VM that is off, all of them, and the dialog says why not less', async () => {
  await tab.open('analytics')
  await tab.backUp('analytics', 'Everything', async (dialog) => {
    await expect(dialog).toContainText('it cannot be started meanwhile')
    await dialog.getByRole('radio', { name: 'What changed' }).click({ force: true })
    await expect(dialog).toContainText('only a running hypervisor knows what changed')
    await expect(dialog.getByRole('button', { name: 'Back up', exact: true })).toBeDisabled()
    await dialog.getByRole('radio', { name: 'Everything' }).click({ force: true })
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  })
  await tab.hasBackups(1, { timeout: workMs })
  await expect(tab.row(0)).toContainText('Full')
  await expect(tab.checkpoints).toHaveCount(0)
})
