import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { openAddHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

test.beforeEach(async () => {
  app = await startApp()
  page = app.page
  main = new MainWindow(page)
})

test.afterEach(async () => {
  expect(app.pageErrors).toEqual([])
  await app.stop()
})

async function add(uri: string, label: string, group = ''): Promise<void> {
  await openAddHost(page)
  const dialog = main.dialog('Add host')
  await dialog.getByLabel('Connection URI').fill(uri)
  await dialog.getByLabel('Name in the list (optional)').fill(label)
  if (group !== '') await dialog.getByRole('combobox', { name: 'Group (optional)' }).fill(group)
  await dialog.getByRole('button', { name: 'Add host' }).click()
  await expect(dialog).toHaveCount(0)
}

/** Hosts and groups of the tree, from top to bottom. */
async function outline(): Promise<string[]> {
  const rows = await main.tree.getByRole('treeitem').all()
  const names = await Promise.all(rows.map(async (row) => (await row.getAttribute('aria-label')) ?? ''))
  return names
    .map((name) => name.split(',')[0]?.replace(/^Group /, '') ?? '')
    .filter((name) => name !== 'All virtual machines' && name !== 'Top')
}

async function menu(host: string, entry: string): Promise<void> {
  await main.host(host).click({ button: 'right' })
  await page.getByRole('menuitem', { name: entry }).click()
}

const button = (name: string, inside: Page | Locator = page): Locator =>
  inside.getByRole('button', { name, exact: true })

async function tabTo(target: Locator): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

test('the form writes the URI for each way, and greys what a way cannot do', async () => {
  await openAddHost(page)
  const dialog = main.dialog('Add host')
  const uri = dialog.getByLabel('Connection URI')
  await button('Add host', dialog).click()
  await expect(dialog.getByText('Enter the host’s name or address')).toBeVisible()
  await dialog.getByLabel('Host', { exact: true }).fill('fe80::1')
  await expect(uri).toHaveValue('qemu+ssh://[fe80::1]/system')
  await dialog.getByLabel('Host', { exact: true }).fill('lab:2222')
  await expect(uri).toHaveValue('qemu+ssh://lab:2222/system')
  await dialog.getByRole('button', { name: /Connect by/ }).click()
  await page.getByRole('option', { name: /^TLS/ }).click()
  await expect(uri).toHaveValue('qemu+tls://lab:2222/system')
  await expect(dialog.getByLabel('User', { exact: true })).toBeDisabled()
  await dialog.getByText('This computer', { exact: true }).click()
  await expect(uri).toHaveValue('qemu:///system')
  await expect(dialog.getByLabel('Host', { exact: true })).toHaveCount(0)
})

test('a failed host is edited until it connects, and stays the same host', async () => {
  await add('demo://unreachable/', 'Cellar', 'Berlin')
  await expect(page.getByRole('alert')).toContainText('The host does not answer')
  await expect(page.getByText(/^Next try in/)).toBeVisible()
  const id = (await app.api.hosts.list()).items[0]?.id
  await button('Edit…').click()
  const dialog = main.dialog('Edit Cellar')
  await dialog.getByLabel('Connection URI').fill('demo://empty/')
  await expect(dialog.getByText('Saving tries the host again, the new way')).toBeVisible()
  await button('Save', dialog).click()
  await expect(main.host('Cellar')).toHaveAccessibleName(/Connected/)
  expect((await app.api.hosts.list()).items).toMatchObject([{ id, uri: 'demo://empty/', group: 'Berlin' }])
})

test('connecting is cancelled at once, and a double click tries anew', async () => {
  await add('demo://stuck/', 'Stuck')
  await expect(page.getByRole('list', { name: 'Steps of connecting' })).toBeVisible()
  await button('Cancel').click()
  await expect(page.getByText('Connect to see its virtual machines.')).toBeVisible()
  await expect(main.host('Stuck')).toHaveAccessibleName(/Not connected/)
  await main.host('Stuck').dblclick()
  await expect(page.getByRole('list', { name: 'Steps of connecting' })).toBeVisible()
})

test('groups and the user’s order are made by menu and keyboard, and survive a restart', async () => {
  await add('demo://empty/?n=1', 'Alpha')
  await add('demo://empty/?n=2', 'Beta', 'Berlin')
  await add('demo://empty/?n=3', 'Gamma')
  expect(await outline()).toEqual(['Alpha', 'Berlin', 'Beta', 'Gamma'])
  await menu('Gamma', 'Move to group…')
  const dialog = main.dialog('Move Gamma')
  await dialog.getByRole('combobox', { name: 'Group' }).fill('Berlin')
  await button('Move', dialog).click()
  await expect.poll(outline).toEqual(['Alpha', 'Berlin', 'Beta', 'Gamma'])
  expect((await app.api.hosts.list()).items.map(({ group }) => group)).toEqual([
    undefined,
    'Berlin',
    'Berlin',
  ])
  await main.host('Gamma').click()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(outline).toEqual(['Alpha', 'Berlin', 'Gamma', 'Beta'])
  await main.host('Alpha').click()
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(outline).toEqual(['Berlin', 'Gamma', 'Beta', 'Alpha'])
  await app.stop({ keepHome: true })
  app = await startApp({ home: app.home })
  page = app.page
  main = new MainWindow(page)
  await expect.poll(outline).toEqual(['Berlin', 'Gamma', 'Beta', 'Alpha'])
})

test('a host is dragged into a group', async () => {
  await add('demo://empty/?n=1', 'Alpha')
  await add('demo://empty/?n=2', 'Beta', 'Berlin')
  await main.host('Alpha').dragTo(main.host('Group Berlin'))
  await expect.poll(outline).toEqual(['Berlin', 'Beta', 'Alpha'])
})

test('disconnecting by menu keeps the machines listed with their time; removing asks first', async () => {
  await add('demo://local/', 'Demo')
  await expect(main.host('Demo')).toHaveAccessibleName(/Connected/)
  await menu('Demo', 'Disconnect')
  await expect(page.getByText(/Shown as of \d\d:\d\d/)).toBeVisible()
  await expect(main.vm('web-01')).toBeVisible()
  await menu('Demo', 'Remove host…')
  const dialog = main.dialog(/Remove/)
  await button('Cancel', dialog).click()
  await expect(main.host('Demo')).toBeVisible()
  await menu('Demo', 'Remove host…')
  await button('Remove host', dialog).click()
  await expect(main.host('Demo')).toHaveCount(0)
})

test('questions of two hosts come in line; cancelling one leaves the other alone', async () => {
  await add('demo://wrong-password/?n=1', 'First')
  const first = main.dialog('Sign in to First')
  await expect(first).toBeVisible()
  await expect(first.getByText(/keychain/)).toBeVisible()
  await app.api.hosts.add({ uri: 'demo://wrong-password/?n=2', label: 'Second', autoconnect: false })
  await expect(first.getByText('1 of 2, next Second')).toBeVisible()
  await button('Cancel', first).click()
  const second = main.dialog('Sign in to Second')
  await second.getByLabel('Password of keeper').fill('wrong')
  await page.keyboard.press('Enter')
  await expect(second.getByRole('alert')).toContainText('That password was not accepted')
  await second.getByLabel('Password of keeper').fill('inn')
  await page.keyboard.press('Enter')
  await expect(main.host('Second')).toHaveAccessibleName(/Connected/)
  await expect(main.host('First')).toHaveAccessibleName(/Not connected/)
})

test('a question that comes while another dialog is open waits for it', async () => {
  await openAddHost(page)
  const form = main.dialog('Add host')
  await form.getByLabel('Host', { exact: true }).click()
  await app.api.hosts.add({ uri: 'demo://wrong-password/', label: 'Impatient', autoconnect: false })
  await expect(page.locator('.prompt-bar')).toContainText('Impatient asks for a password')
  await page.keyboard.type('lab')
  await expect(form.getByLabel('Host', { exact: true })).toHaveValue('lab')
  await page.locator('.prompt-bar').getByText('Answer…').click()
  const question = main.dialog('Sign in to Impatient')
  await question.getByLabel('Password of keeper').fill('inn')
  await page.keyboard.press('Enter')
  await expect(question).toHaveCount(0)
  await expect(form.getByLabel('Host', { exact: true })).toHaveValue('lab')
})

test('a host is added, shown and removed by keyboard alone', async () => {
  await tabTo(page.getByRole('button', { name: /^Add host/ }).first())
  await page.keyboard.press('Enter')
  const dialog = main.dialog('Add host')
  await expect(dialog.getByLabel('Host', { exact: true })).toBeFocused()
  await page.keyboard.insertText('demo://empty/')
  await expect(dialog.getByLabel('Connection URI')).toHaveValue('demo://empty/')
  await dialog.getByLabel('Connection URI').press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(main.tree.getByRole('treeitem')).toHaveCount(3)
  await main.tree.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  const question = main.dialog(/Remove/)
  await expect(button('Cancel', question)).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main', { name: 'Welcome' })).toBeVisible()
})

test('hosts of ~/.ssh/config are imported into a group, without being connected', async () => {
  await app.stop()
  const userHome = await mkdtemp(join(tmpdir(), 'innkeeper-user-'))
  await mkdir(join(userHome, '.ssh'))
  await writeFile(join(userHome, '.ssh', 'config'), 'Host db1 web\n  User root\nHost *.lab\n')
  try {
    app = await startApp({ env: { HOME: userHome } })
    page = app.page
    main = new MainWindow(page)
    await button('Import…').click()
    const dialog = main.dialog('Import hosts')
    await button('Choose all', dialog).click()
    await dialog.getByRole('combobox', { name: 'Group (optional)' }).fill('Berlin')
    await button('Import 2 hosts', dialog).click()
    await expect(dialog).toHaveCount(0)
    await expect.poll(outline).toEqual(['Berlin', 'db1', 'web'])
    expect((await app.api.hosts.list()).items.map(({ uri, status }) => [uri, status.kind])).toEqual([
      ['qemu+ssh://db1/system', 'disconnected'],
      ['qemu+ssh://web/system', 'disconnected'],
    ])
  } finally {
    await rm(userHome, { recursive: true, force: true })
  }
})
