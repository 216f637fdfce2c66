/** A guest's memory goes to the disk of its host and comes back by clicks; a counter in the guest tells whether it went on. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { GuestCounter } from '../lab/guest-counter'
import { GuestData } from '../lab/guest-data'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { makeSmallPool } from '../lab/small-pool'
import { addLabHost, typePassword } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { SavesPage } from '../pages/saves-page'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let counter: GuestCounter
let guest: GuestData
let userHome: string
let app: RunningApp
let main: MainWindow
let saves: SavesPage

const name = 'e2e-saves'
const file = 'e2e-saves.save'
const folder = '/var/lib/libvirt/images'
const mib = 1024 ** 2
const inTime = { timeout: 60_000 }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  counter = new GuestCounter(labA, name)
  guest = GuestData.byAgent(labA, name)
  await labA.startGuest({ name, disk: true })
  await guest.agentAnswers()
  await counter.start()
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  await openApp()
  await addLabHost(app.page, labA, 'Lab A')
  await openVm()
})

test.afterAll(async () => {
  await app?.stop()
  await labA?.removeGuest(name)
  await labA?.exec(['rm', '-f', `${folder}/${file}`])
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

async function openApp(home?: string): Promise<void> {
  app = await startApp({
    env: { HOME: userHome, SSH_AUTH_SOCK: '' },
    ...(home === undefined ? {} : { home }),
  })
  main = new MainWindow(app.page)
  saves = new SavesPage(app.page)
}

/** Ends the app, and starts it as its user would the next day. */
async function restartApp(): Promise<void> {
  const { home } = app
  await app.stop({ keepHome: true })
  await openApp(home)
  await typePassword(app.page, 'Lab A', labA.password)
  await expect(main.host('Lab A')).toHaveAccessibleName(/Connected/i)
}

async function openVm(): Promise<void> {
  await main.showAll()
  await main.openVm(name)
}

async function isOff(): Promise<void> {
  await labA.waitState(name, 'shut off')
  await expect(app.page.getByRole('main').getByRole('status').first()).toContainText('Shut off', inTime)
}

async function saveState(): Promise<void> {
  await saves.more('Save state')
  await isOff()
  await expect(saves.note).toContainText(`The memory of ${name} is saved`, inTime)
}

async function forceOff(): Promise<void> {
  await main.power('Force off').click()
  await main
    .dialog(/Force off/)
    .getByRole('button', { name: 'Force off' })
    .click()
  await isOff()
}

/** The guest boots, which it says on its serial line. */
async function bootsAnew(): Promise<void> {
  await labA.waitState(name, 'running')
  await labA.waitReady(name)
  await guest.agentAnswers()
  expect(await guest.see('cat /tmp/file')).toBe('')
}

test('a saved state outlives the app and the daemon, and the guest goes on where it was', async () => {
  await guest.see('echo kept >/tmp/file')
  await saveState()
  const last = await counter.last()

  await restartApp()
  await openVm()
  await expect(saves.note).toContainText(`The memory of ${name} is saved`)

  await labA.killDaemon()
  await expect(main.host('Lab A')).not.toHaveAccessibleName(/, Connected/i, inTime)
  await labA.startDaemon()
  await expect(main.host('Lab A')).toHaveAccessibleName(/, Connected/i, inTime)

  await saves.open('Lab A')
  const row = saves.kept.getByRole('row', { name: new RegExp(`^${name} `) })
  await expect(row).toContainText('160 MiB')
  await row.getByRole('button', { name: `Restore ${name}` }).click()
  await labA.waitState(name, 'running')
  await counter.goesOnFrom(last)
  await guest.agentAnswers()
  expect(await guest.see('cat /tmp/file')).toBe('kept')
  await expect(row).toHaveCount(0)
})

test('a folder without room is told with both figures before the guest is stopped', async () => {
  const small = await makeSmallPool(labA, 'e2e-saves-small', 8 * mib)
  try {
    await openVm()
    const dialog = await saves.askToSave(name)
    const save = dialog.getByRole('button', { name: 'Save', exact: true })
    await expect(save).toBeEnabled(inTime)
    await dialog.getByRole('combobox', { name: 'Folder on the host' }).fill(small.folder)
    await expect(dialog).toContainText(
      /e2e-saves-small has [\d.]+ MiB left, and the guest uses [\d.]+ MiB of memory\./,
      inTime,
    )
    await expect(dialog).toContainText('Choose a folder with more room, or free some.')
    await expect(save).toBeDisabled()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await labA.guestState(name)).toBe('running')
    expect((await labA.exec(['ls', small.folder])).trim()).toBe('')
  } finally {
    await small.remove()
  }
})

test('a VM that was saved to a file is not booted anew without a warning, also by an app started since, and is restored instead', async () => {
  await saves.saveToFile(name, file, async (dialog) => {
    await expect(dialog).toContainText('160 MiB, of which the guest uses')
  })
  await isOff()
  const last = await counter.last()

  await restartApp()
  await openVm()
  await expect(saves.note).toContainText(`${name} was saved to ${folder}/${file}`)
  await main.power('Start').click()
  const ask = main.dialog(`Boot ${name} anew?`)
  await expect(ask).toContainText(`${folder}/${file}`)
  await expect(ask).toContainText('what was in its memory is lost')
  await ask.getByRole('button', { name: 'Restore instead…' }).click()
  const restore = main.dialog(`Restore ${name}?`)
  await expect(restore).toContainText('When saved it wasrunning')
  await restore.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(restore).toBeHidden(inTime)
  await labA.waitState(name, 'running')
  await counter.goesOnFrom(last)
  await guest.agentAnswers()
  expect(await guest.see('cat /tmp/file')).toBe('kept')
})

test('who boots it anew all the same is told later that the file no longer fits its disks', async () => {
  await labA.exec(['rm', `${folder}/${file}`])
  await saves.saveToFile(name, file)
  await isOff()
  await main.power('Start').click()
  await main.dialog(`Boot ${name} anew?`).getByRole('button', { name: 'Start anyway' }).click()
  await bootsAnew()
  // times are of whole seconds, and nobody says how fast a guest boots
  await labA.exec(['touch', '-d', '1 minute ago', `${folder}/${file}`])
  await guest.write(0, 'since')
  await forceOff()

  await saves.open('Lab A')
  const restore = await saves.askToRestore(file, name)
  await expect(restore).toContainText(`Disks were written to after it was saved: ${folder}/${name}.qcow2.`)
  await expect(restore).toContainText('A guest that goes on with both destroys its file systems.')
  await expect(restore.getByRole('button', { name: 'Restore', exact: true })).toBeDisabled()
  await restore.getByRole('button', { name: 'Cancel' }).click()
  const lose = await saves.askToDelete(file)
  await expect(lose).toContainText(`Lost: 160 MiB of memory of ${name}`)
  await lose.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(lose).toBeHidden(inTime)
  expect(await labA.exec(['ls', folder])).not.toContain(file)
})

test('what is lost with a saved state is told before it is discarded, and the guest then boots anew', async () => {
  await openVm()
  await main.power('Start').click()
  await bootsAnew()
  await guest.see('echo lost >/tmp/file')
  await saveState()

  await saves.more('Start afresh…')
  const afresh = main.dialog(`Start ${name} afresh?`)
  await expect(afresh).toContainText('The saved memory is deleted and the guest boots from scratch')
  await expect(afresh).toContainText('Lost: 160 MiB of memory, of a guest that was running, saved on')
  await afresh.getByRole('button', { name: 'Cancel' }).click()
  await expect(saves.note).toBeVisible()

  await saves.note.getByRole('button', { name: 'Discard…' }).click()
  const discard = main.dialog(`Discard saved state of ${name}?`)
  await expect(discard).toContainText('Lost: 160 MiB of memory, of a guest that was running, saved on')
  await discard.getByRole('button', { name: 'Discard saved state' }).click()
  await expect(saves.note).toBeHidden(inTime)
  expect(await labA.exec(['ls', '/var/lib/libvirt/qemu/save'])).not.toContain(name)
  await main.power('Start').click()
  await bootsAnew()
})
