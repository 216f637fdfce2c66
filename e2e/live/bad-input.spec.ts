import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addHost, addLabHost, openAddHost, typePassword } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let labB: LabHost
let userHome: string
let app: RunningApp
let page: Page
let main: MainWindow

const markup = '<img src=x onerror=document.title=1>'
const doomed = 'e2e-doomed'
const runner = 'e2e-runner'
const keeper = 'e2e-keeper'

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  labB = lab.host('labB')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  page = app.page
  main = new MainWindow(page)
  await addLabHost(page, labA, 'Lab A')
})

test.afterAll(async () => {
  await app?.stop()
  for (const name of [markup, doomed, runner, keeper]) await labA?.removeGuest(name)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

test('a malformed URI is told at its field and nothing is added', async () => {
  await openAddHost(page)
  const dialog = main.dialog('Add host')
  await dialog.getByLabel('Connection URI').fill('qemu+ssh//host')
  await dialog.getByRole('button', { name: 'Add host' }).click()
  await expect(dialog.getByLabel('Connection URI')).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByText(/is not a connection URI/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect((await app.api.hosts.list()).items).toHaveLength(1)
})

test('an unreachable host says so with a cure and keeps trying, and the others go on', async () => {
  await addHost(page, { uri: 'qemu+ssh://root@10.77.0.1:9/system', label: 'Nobody' })
  await expect(page.getByText(/refuses connections on this port/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expect(main.host('Lab A')).toHaveAccessibleName(/Connected/i)
  await removeHost('Nobody')
})

test('a declined host key leaves the host unconnected and nothing in known_hosts', async () => {
  await addHost(page, { uri: `qemu+ssh://root@${labB.address}/system`, label: 'Stranger' })
  const question = main.dialog('Trust Stranger?')
  await expect(question.getByText(labB.hostKeyFingerprint)).toBeVisible()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(main.host('Stranger')).not.toHaveAccessibleName(/, Connected/i)
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  const knownHosts = await readFile(join(userHome, '.ssh', 'known_hosts'), 'utf8')
  // names may be hashed in that file, keys never are
  expect(knownHosts).not.toContain(labB.hostKey.split(' ')[1])
  await removeHost('Stranger')
})

test('a wrong password is asked again with a word, and the right one then connects', async () => {
  await addHost(page, {
    uri: `qemu+ssh://root@${labB.address}/system`,
    label: 'Typo',
    password: 'not the password',
    fingerprint: labB.hostKeyFingerprint,
  })
  await expect(main.dialog('Sign in to Typo').getByText(/not accepted/)).toBeVisible({ timeout: 20_000 })
  await typePassword(page, 'Typo', labB.password)
  await expect(main.host('Typo')).toHaveAccessibleName(/Connected/i, { timeout: 20_000 })
  await removeHost('Typo')
})

test('a VM whose name is markup is shown as text everywhere and can be started and stopped', async () => {
  await labA.defineGuest({ name: markup })
  await main.showAll()
  await expect(main.vm(markup)).toBeVisible()
  const title = await page.title()
  await main.openVm(markup)
  await expect(page.getByRole('heading', { name: markup })).toBeVisible()
  await main.power('Start').click()
  await expect.poll(() => labA.guestState(markup), { timeout: 30_000 }).toBe('running')
  await main.power('Force off').click()
  await main
    .dialog(/Force off/)
    .getByRole('button', { name: 'Force off' })
    .click()
  await expect.poll(() => labA.guestState(markup)).toBe('shut off')
  expect(await page.locator('img[src="x"]').count()).toBe(0)
  expect(await page.title()).toBe(title)
})

test('a VM deleted elsewhere while its page is open says that it is gone and leads back', async () => {
  await labA.defineGuest({ name: doomed })
  await main.showAll()
  await main.openVm(doomed)
  await labA.virsh(['undefine', '--domain', doomed])
  await expect(page.getByText(`${doomed} no longer exists`)).toBeVisible()
  await page.getByRole('button', { name: 'Show Lab A' }).click()
  await expect(main.table).toBeVisible()
  await expect(main.vm(doomed)).toHaveCount(0)
})

test('a running VM is not deleted: the dialog says why and offers to force it off', async () => {
  await labA.startGuest({ name: runner })
  await main.showAll()
  await main.selectVm(runner)
  await openDelete()
  const dialog = main.dialog(`Delete ${runner}?`)
  await expect(dialog.getByText(/must be shut off first/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Force off…' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await labA.guestState(runner)).toBe('running')
})

test('a VM is deleted with its disk after its name was typed, and the disk is listed before', async () => {
  await labA.defineGuest({ name: keeper, disk: true })
  await main.showAll()
  await main.selectVm(keeper)
  await openDelete()
  const dialog = main.dialog(`Delete ${keeper}?`)
  await expect(dialog.getByText(new RegExp(`${keeper}\\.qcow2`)).first()).toBeVisible()
  const confirm = dialog.getByRole('button', { name: /^Delete with 1 file/ })
  await expect(confirm).toBeDisabled()
  await dialog.getByLabel(/to confirm/).fill(keeper)
  await confirm.click()
  await expect(main.vm(keeper)).toHaveCount(0)
  expect(await labA.guestState(keeper)).toBeUndefined()
  expect(await labA.virsh(['vol-list', 'default'])).not.toContain(keeper)
})

async function openDelete(): Promise<void> {
  await main.power('More actions').click()
  await page.getByRole('menuitem', { name: /^Delete/ }).click()
}

async function removeHost(label: string): Promise<void> {
  const host = (await app.api.hosts.list()).items.find((one) => one.label === label)
  if (host) await app.api.hosts.remove({ host: host.id })
  await expect(main.host(label)).toHaveCount(0)
}
