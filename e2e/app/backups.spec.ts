import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'

const workMs = 60_000

let page: Page
let main: MainWindow

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
})

const list = () => page.getByRole('region', { name: 'Backups', exact: true })
const checkpoints = () => page.getByRole('region', { name: 'Checkpoints' })

/** The list of tasks takes room from the table: what is looked for shall not be below its edge. */
async function show(name: string): Promise<void> {
  await main.showAll()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill(name)
}

async function open(name: string): Promise<void> {
  await show(name)
  await main.openVm(name)
  await page.getByRole('tab', { name: 'Backups' }).click()
}

async function backUp(what: 'Everything' | 'What changed'): Promise<void> {
  await page.getByRole('button', { name: 'Back up…' }).click()
  const dialog = main.dialog('Back up web-01')
  await dialog.getByRole('radio', { name: what }).click({ force: true })
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Back up', exact: true }).click()
  await expect(dialog).toBeHidden()
}

test('a running VM is backed up, all of it and then what changed, and a backup that is cancelled leaves nothing', async () => {
  await open('web-01')
  await expect(page.getByRole('heading', { name: 'No backups of this VM' })).toBeVisible()
  await backUp('Everything')
  const running = page.getByRole('region', { name: 'Backup under way' })
  await expect(running).toContainText(/ of \d/)
  await running.getByRole('button', { name: 'Cancel' }).click()
  await expect(running).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'No backups of this VM' })).toBeVisible()
  await backUp('Everything')
  await expect(list().getByRole('listitem')).toHaveCount(1, { timeout: workMs })
  await expect(checkpoints().getByRole('listitem')).toHaveCount(1)
  await backUp('What changed')
  await expect(list().getByRole('listitem')).toHaveCount(2, { timeout: workMs })
  await expect(list().getByRole('listitem').first()).toContainText('What changed')
  expect(await accessibilityProblems(page, '.backups')).toEqual([])
})

test('a backup becomes a new VM with disks and addresses of its own', async () => {
  await open('web-01')
  await list().getByRole('listitem').first().getByRole('button', { name: 'Restore…' }).click()
  const dialog = main.dialog('Restore web-01 as a new VM')
  await dialog.getByRole('textbox', { name: 'Name of the new VM' }).fill('web-01-then')
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(dialog).toBeHidden()
  await show('web-01-then')
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
  await open('web-01')
  await list().getByRole('listitem').last().getByRole('button', { name: 'Delete…' }).click()
  const dialog = main.dialog('Delete 2 backups?')
  await expect(dialog.getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(4)
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'No backups of this VM' })).toBeVisible({ timeout: workMs })
  await expect(checkpoints()).toHaveCount(0)
})

test('a VM that is off says why it cannot be backed up, and what to do instead', async () => {
  await open('analytics')
  await expect(page.getByRole('main')).toContainText('start it, or clone or export it while it is off')
  await expect(page.getByRole('button', { name: 'Back up…' })).toBeDisabled()
})
