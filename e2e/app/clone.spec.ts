import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'

let page: Page
let main: MainWindow

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
})

/** Off, with a disk of its own and a name as long as names get. */
const source = 'customer-acceptance-environment-for-the-quarterly-billing-migration-eu-central-second-attempt'

test('a VM that is off is cloned with paths shown before, and the clone is there with its own disk', async () => {
  await main.showAll()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('quarterly-billing')
  await main.selectVm(source)
  await page.keyboard.press('Control+Shift+L')
  const dialog = main.dialog(`Clone ${source}`)
  await dialog.getByRole('textbox', { name: 'Name of the clone' }).fill('billing-2')
  await expect(dialog).toContainText('/var/lib/libvirt/images/billing-2.qcow2')
  await expect(dialog).toContainText('virt-sysprep -d billing-2')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Clone', exact: true }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('billing-2')
  await expect(main.state('billing-2')).toContainText('Shut off', { timeout: 30_000 })
  await main.openVm('billing-2')
  await expect(page.getByRole('main')).toContainText('/var/lib/libvirt/images/billing-2.qcow2')
})

test('a running VM is not cloned, and the dialog says what to do', async () => {
  await main.showAll()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('web-01')
  await main.selectVm('web-01')
  await page.keyboard.press('Control+Shift+L')
  const dialog = main.dialog('Clone web-01')
  await expect(dialog.getByRole('alert')).toContainText('Shut it down or pause it first.')
  await expect(dialog.getByRole('button', { name: 'Clone', exact: true })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

test('a running VM has a new one made from its snapshot, with the disk as it was', async () => {
  await main.showAll()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('mail')
  await main.openVm('mail')
  await page.getByRole('tab', { name: 'Snapshots' }).click()
  await page.getByRole('treeitem', { name: /^configured / }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'New VM from it…' }).click()
  const dialog = main.dialog('New VM from snapshot “configured” of mail')
  await dialog.getByRole('textbox', { name: 'Name of the clone' }).fill('post-2')
  await expect(dialog).toContainText('/var/lib/libvirt/images/post-2.qcow2')
  await expect(dialog).toContainText('The memory of the snapshot is not in the clone')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Clone', exact: true }).click()
  await expect(dialog).toBeHidden()
  await main.showAll()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('post-2')
  await expect(main.state('post-2')).toContainText('Shut off', { timeout: 30_000 })
})
