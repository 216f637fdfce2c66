import { expect, test, type Page } from '@playwright/test'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { onDemoHost } from '../on-demo-host'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

onDemoHost((running) => {
  app = running
  page = app.page
  main = new MainWindow(page)
})

async function openNetworks(): Promise<void> {
  await main.host('Demo host').click()
  await page.getByRole('tab', { name: 'Networks', exact: true }).click()
  await expect(list()).toBeVisible()
}

const list = () => page.getByRole('navigation', { name: 'Networks of the host' })
const entry = (name: string | RegExp) => list().getByRole('option', { name })
const showTab = (name: string | RegExp) => page.getByRole('tab', { name }).click()

async function openMenu(item: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('a NAT network is made by a form, reviewed as XML and commands, and runs', async () => {
  await openNetworks()
  await list().getByRole('button', { name: 'New network…' }).click()
  const dialog = main.dialog('New network')
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('lab')
  await dialog.getByRole('textbox', { name: 'IPv4 address' }).fill('192.168.200.1')
  await dialog.getByRole('textbox', { name: 'First of range 1' }).fill('192.168.200.10')
  await dialog.getByRole('textbox', { name: 'Last of range 1' }).fill('192.168.200.99')
  await dialog.getByRole('button', { name: 'Review…' }).click()
  await expect(dialog).toContainText('<name>lab</name>')
  await dialog.getByRole('tab', { name: 'Same as commands' }).click()
  await expect(dialog).toContainText('net-define')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(entry(/^lab/)).toContainText('NAT 192.168.200.0/24')
  await expect(page.getByRole('heading', { name: 'lab', exact: true })).toBeVisible()
  await expect(page.getByRole('switch', { name: 'Start with the host' })).toBeChecked()
})

test('a subnet that is in use is told before the network is made', async () => {
  await openNetworks()
  await list().getByRole('button', { name: 'New network…' }).click()
  const dialog = main.dialog('New network')
  await dialog.getByRole('textbox', { name: 'IPv4 address' }).fill('192.168.122.1')
  await dialog.getByRole('textbox', { name: 'First of range 1' }).fill('192.168.122.10')
  await dialog.getByRole('textbox', { name: 'Last of range 1' }).fill('192.168.122.99')
  await expect(dialog.getByText('This gets in the way of something')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

test('an address is reserved in the list of leases, and the running network takes it at once', async () => {
  await openNetworks()
  await entry(/^default/).click()
  await showTab('Leases')
  const leases = page.getByRole('table', { name: 'Leases' })
  const reserve = leases.getByRole('button', { name: /^Reserve / }).first()
  const address = (await reserve.getAttribute('aria-label'))?.replace('Reserve ', '') ?? ''
  await reserve.click()
  const dialog = main.dialog('Reserve an address')
  await expect(dialog.getByRole('textbox', { name: 'Address' })).toHaveValue(address)
  await dialog.getByRole('button', { name: 'Reserve', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  const row = leases.getByRole('row').filter({ has: page.getByText(address, { exact: true }) })
  await expect(row).toContainText('Reserved')
  // nothing waits for a restart
  await expect(main.dialog(/Restart network/)).toHaveCount(0)
})

test('a network that running VMs use is not deleted, and the dialog says who uses it', async () => {
  await openNetworks()
  await entry(/^default/).click()
  await openMenu('Delete…')
  const dialog = main.dialog('Delete network default?')
  await expect(dialog).toContainText(/running VMs? uses? this network/)
  await expect(dialog).toContainText('web-01')
  await expect(dialog.getByRole('button', { name: 'Delete network' })).toHaveCount(0)
  await page.keyboard.press('Escape')
})

test('a network is stopped after it was told who uses it, started again, and deleted', async () => {
  await openNetworks()
  await entry(/^lab/).click()
  await page.getByRole('button', { name: 'Stop…' }).click()
  const question = main.dialog('Stop network lab?')
  await expect(question).toContainText('No running virtual machine uses it')
  await question.getByRole('button', { name: 'Stop network' }).click()
  await expect(entry(/^lab/)).toContainText('Not running')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(entry(/^lab/)).not.toContainText('Not running')
  await openMenu('Delete…')
  await main.dialog('Delete network lab?').getByRole('button', { name: 'Delete network' }).click()
  await expect(entry(/^lab/)).toHaveCount(0)
})

test('a filter is made from a template, and its rules are edited as text', async () => {
  await openNetworks()
  await list().getByRole('button', { name: 'New filter…' }).click()
  const dialog = main.dialog('New network filter')
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('web-servers')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(entry(/^web-servers/)).toContainText('2 rules')
  const editor = page.getByRole('textbox', { name: 'Rules of web-servers' })
  await editor.click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('End')
  await page.keyboard.type('<!-- By hand -->')
  await page.getByRole('button', { name: 'Review and save…' }).click()
  const review = main.dialog('Review the rules of web-servers')
  await expect(review).toContainText('By hand')
  await review.getByRole('button', { name: 'Save' }).click()
  await expect(review).toHaveCount(0)
  await expect(page.getByText('As stored')).toBeVisible()
  await expect(editor).toContainText('By hand')
})

test('the map leads from box to box by keys, opens what is chosen, and is there as a list', async () => {
  await openNetworks()
  await list().getByRole('button', { name: 'Map' }).click()
  const map = page.getByRole('region', { name: 'Map of the networks' })
  const network = map.getByRole('button', { name: /^default .*running$/ })
  await network.focus()
  await page.keyboard.press('ArrowRight')
  await expect(network).not.toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(network).toBeFocused()
  await map.getByText('List', { exact: true }).click()
  const row = map.getByRole('table', { name: 'Networks' }).getByRole('row', { name: /^default/ })
  await expect(row).toContainText('virbr0')
  await row.getByRole('button', { name: 'default' }).click()
  await expect(page.getByRole('heading', { name: 'default', exact: true })).toBeVisible()
})

test('a secret is made with its value typed hidden, and nothing of the value is left in the window', async () => {
  const value = 'open sesame 4711'
  await main.host('Demo host').click()
  await page.getByRole('tab', { name: 'Secrets', exact: true }).click()
  await page.getByRole('button', { name: 'New secret…' }).click()
  const dialog = main.dialog('New secret')
  await dialog.getByRole('textbox', { name: 'Path of the volume' }).fill('/srv/images/vault.img')
  await dialog.getByLabel('Value', { exact: true }).fill(value)
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog).toHaveCount(0)
  const row = page.getByRole('table', { name: 'Secrets' }).getByRole('row', { name: /vault\.img/ })
  await expect(row).toBeVisible()
  expect(await page.content()).not.toContain(value)
  expect(JSON.stringify(await app.api.tasks.list())).not.toContain(value)
  expect(app.output()).not.toContain(value)
  await row.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await main
    .dialog(/vault\.img/)
    .getByRole('button', { name: 'Delete secret' })
    .click()
  await expect(row).toHaveCount(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`networks, their dialogs, the map and secrets can be used by everybody, ${colorScheme}`, async () => {
    // a ceiling for a busy machine: four pages are gone through whole
    test.setTimeout(180_000)
    await openNetworks()
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    await entry(/^default/).click()
    await showTab('Leases')
    await expect(page.getByRole('table', { name: 'Leases' })).toBeVisible()
    expect(await accessibilityProblems(page, '.net')).toEqual([])
    await showTab('Port forwarding')
    expect(await accessibilityProblems(page, '.net')).toEqual([])
    await list().getByRole('button', { name: 'New network…' }).click()
    await expect(main.dialog('New network').getByRole('textbox', { name: 'Name', exact: true })).toBeVisible()
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    await page.keyboard.press('Escape')
    await list().getByRole('button', { name: 'Map' }).click()
    await expect(page.getByRole('button', { name: /^default .*running$/ })).toBeVisible()
    expect(await accessibilityProblems(page, '.net')).toEqual([])
    await page.getByRole('button', { name: 'Networks', exact: true }).click()
    await page.getByRole('tab', { name: 'Secrets', exact: true }).click()
    await expect(page.getByRole('table', { name: 'Secrets' })).toBeVisible()
    expect(await accessibilityProblems(page, '.host-tab')).toEqual([])
  })
}
