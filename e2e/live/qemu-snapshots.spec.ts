/**
 * Snapshots on a computer with nothing but QEMU, by clicks: memory, a disk and what others left inside of the image. What
 * becomes of them is read in the guest, on its serial line.
 */
import { execFile } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { PlainStore } from '../lab/plain-vm'
import { tinyDisk } from '../lab/tiny-vm'
import { addHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { SnapshotsPage } from '../pages/snapshots-page'
import { consoleChoice, TextConsole } from '../pages/text-console'
import { startApp, type RunningApp } from '../start-app'

const run = promisify(execFile)
const name = 'e2e-kept'
const id = '5717e000-0000-4000-8000-0000000e2e09'
const label = 'Plain QEMU'
/** A Linux whose processor is emulated on a busy machine. */
const booted = { timeout: 150_000 }

let store: PlainStore
let images: string
let image: string
let app: RunningApp
let main: MainWindow
let snapshots: SnapshotsPage
let asked = 0

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  store = await PlainStore.make()
  images = join(store.root, 'images')
  image = join(images, `${name}.qcow2`)
  await mkdir(images)
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', image, '64M'])
  await store.define(name, id, tinyDisk(image, 'vda'))
  app = await startApp()
  main = new MainWindow(app.page)
  snapshots = new SnapshotsPage(app.page)
  await addHost(app.page, { uri: store.uri, label })
  await expect(main.host(label)).toHaveAccessibleName(/Connected/i)
  await main.showAll()
  await main.selectVm(name)
  await main.power('Start').click()
  await expect(main.state(name)).toHaveText(/Running/, booted)
})

test.afterAll(async () => {
  await app?.stop()
  await store?.remove(id)
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

test('one inside the image brings back what the memory and the disk had when it was taken', async () => {
  await inGuest(
    'echo before >/tmp/file; echo before | dd of=/dev/vda conv=fsync,notrunc 2>/dev/null; cat /tmp/file',
    'before',
  )
  await snapshots.open(name)
  await snapshots.take(name, 'inside', async (dialog) => {
    await dialog.getByRole('radio', { name: /^Inside the disk images/ }).check({ force: true })
    await dialog.getByRole('textbox', { name: 'Description' }).fill('All of it')
  })
  await expect(snapshots.current('inside')).toBeVisible()
  await expect(await snapshots.show('inside')).toContainText('Kept in a disk image')
  expect((await run('qemu-img', ['snapshot', '-U', '-l', image])).stdout).toContain('inside')

  await inGuest(
    'echo after >/tmp/file; echo after | dd of=/dev/vda conv=fsync,notrunc 2>/dev/null; cat /tmp/file',
    'after',
  )
  await snapshots.open(name)
  await snapshots.goBack('inside', async (dialog) => {
    await expect(dialog.getByRole('region', { name: 'What is lost' })).toContainText(
      'The memory of the running guest',
    )
  })
  await inGuest('cat /tmp/file', 'before')
  await inGuest('echo 3 >/proc/sys/vm/drop_caches; head -n 1 /dev/vda', 'before')
})

test('one beside the image is taken of the guest that runs, and what came after it stays when it goes', async () => {
  await snapshots.open(name)
  await snapshots.take(name, 'beside', async (dialog) => {
    await dialog.getByRole('radio', { name: /^In files of its own/ }).check({ force: true })
    await dialog.getByRole('checkbox', { name: /^Keep the memory too/ }).uncheck({ force: true })
  })
  expect(await snapshots.outline()).toEqual([
    ['inside', 1],
    ['beside', 2],
    ['You are here', 3],
  ])
  await expect(await snapshots.show('inside')).toContainText('Delete “beside” first, newest first')
  await inGuest('echo later | dd of=/dev/vda conv=fsync,notrunc 2>/dev/null; head -n 1 /dev/vda', 'later')
  await snapshots.open(name)
  await snapshots.remove('beside', {
    look: async (dialog) => {
      await expect(dialog.getByRole('region', { name: 'Steps' })).toContainText('Merge vda')
    },
  })
  await expect.poll(() => readdir(images)).toEqual([`${name}.qcow2`])
  await inGuest('echo 3 >/proc/sys/vm/drop_caches; head -n 1 /dev/vda', 'later')
})

test('what others left inside the image is told, and the last of ours gives its room back', async () => {
  await snapshots.open(name)
  await main.power('Force off').click()
  await main
    .dialog(/Force off/)
    .getByRole('button', { name: 'Force off' })
    .click()
  await expect.poll(() => store.pidOf(id), booted).toBeUndefined()
  await run('qemu-img', ['snapshot', '-c', 'by hand', image])
  await snapshots.remove('inside')
  await expect(app.page.getByRole('cell', { name: 'by hand', exact: true })).toBeVisible()
  expect((await run('qemu-img', ['snapshot', '-l', image])).stdout).not.toContain('inside')
})

/** Types it on the serial line, and waits until the answer stands there. */
async function inGuest(script: string, answer: string): Promise<void> {
  await main.showAll()
  await main.openVm(name)
  await app.page.getByRole('tab', { name: 'Console' }).click()
  await consoleChoice(app.page, name)
    .getByRole('tab', { name: /^Serial 1/ })
    .click()
  const serial = new TextConsole(app.page, `Serial 1 of ${name}`)
  await serial.isConnected()
  await expect(async () => {
    await serial.press('Enter')
    await serial.shows(/#$/, 2000)
  }).toPass(booted)
  asked += 1
  // what is typed stands there, too, and must not look like the answer
  await serial.type(`clear; echo "answer"-${asked} $(${script})\n`)
  await serial.shows(new RegExp(`^answer-${asked} ${answer}$`, 'm'), booted.timeout)
}
