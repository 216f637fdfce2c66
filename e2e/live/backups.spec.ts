/**
 * A real guest backed up by clicks while it writes, all of it and twice what changed, and restored by clicks as a VM that says
 * itself what it reads; what failed is done by Retry. virsh and qemu-img say what the host has.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { makeFolderPool, type FolderPool } from '../lab/folder-pool'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { makeSmallPool, type SmallPool } from '../lab/small-pool'
import { stillSumOfImage, sumOfImage, WritingGuest } from '../lab/writing-guest'
import { BackupsTab } from '../pages/backups-tab'
import { addLabHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { TasksPanel } from '../pages/tasks-panel'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let userHome: string
let app: RunningApp
let main: MainWindow
let tab: BackupsTab
let tasks: TasksPanel
let guest: WritingGuest
let disks: FolderPool
let safe: FolderPool
let small: SmallPool | undefined
/** What the guest read when each backup began. */
const sums: string[] = []

const name = 'e2e-backed-up'
const restored = 'e2e-restored'
const ofOff = 'e2e-restored-of-off'
const smallName = 'e2e-backup-small'
const mib = 1024 ** 2
const inTime = { timeout: 90_000 }
/** A Linux whose processor is emulated on a busy machine. */
const booted = { timeout: 150_000 }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  disks = await makeFolderPool(labA, 'e2e-backup-disks')
  safe = await makeFolderPool(labA, 'e2e-backup-safe')
  await labA.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', disks.path('disk.qcow2'), '128M'])
  await labA.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 5 48M 64M', disks.path('disk.qcow2')])
  await labA.virsh(['pool-refresh', disks.name])
  guest = await WritingGuest.start(labA, name, disks.path('disk.qcow2'))
  await guest.beginWriting()
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  tab = new BackupsTab(app.page)
  tasks = new TasksPanel(app.page)
  await addLabHost(app.page, labA, 'Lab A')
  await tab.open(name)
})

test.afterAll(async () => {
  await app?.stop()
  if (labA) {
    for (const vm of [name, restored, ofOff]) {
      await labA.virsh(['destroy', vm]).catch(() => '')
      await labA.virsh(['undefine', vm, '--checkpoints-metadata']).catch(() => '')
    }
    await disks?.remove()
    await safe?.remove()
    await small?.remove()
  }
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

const imagesOf = async (pool: FolderPool): Promise<string[]> =>
  (await pool.files()).filter((file) => file.endsWith('.qcow2')).toSorted()
const allocatedBytes = async (path: string): Promise<number> =>
  Number((await labA.exec(['stat', '-c', '%b', path])).trim()) * 512

/** A guest that was made of a backup says what it reads as soon as its agent answers. */
const comesUpWith = (vm: string, sum: string | undefined): Promise<void> =>
  expect
    .poll(
      () =>
        WritingGuest.byAgent(labA, vm)
          .sum()
          .catch((error: unknown) => String(error)),
      booted,
    )
    .toBe(sum)

test('a guest that writes is backed up by clicks, all of it and twice what changed, each with a checkpoint and a command', async () => {
  await tab.hasNone(inTime)
  sums.push(await guest.sum())
  await tab.backUp(name, 'Everything', (dialog) => tab.choosePool(dialog, 'To pool', safe.name))
  await tab.hasBackups(1, inTime)
  for (const megabyte of [12, 2]) {
    await guest.change(megabyte, 1)
    sums.push(await guest.sum())
    await guest.writesOn()
    await tab.backUp(name, 'What changed', (dialog) => expect(dialog).toContainText('It follows the backup'))
    await tab.hasBackups(sums.length, inTime)
  }
  // what comes afterwards is in none of them
  await guest.change(14, 2)
  await guest.writesOn()
  await expect(tab.row(0)).toContainText('What changed')
  await expect(tab.row(2)).toContainText('Full')
  expect((await labA.virsh(['checkpoint-list', name, '--name'])).trim().split(/\s+/)).toHaveLength(3)
  const images = await imagesOf(safe)
  const sizes = await Promise.all(images.map((image) => allocatedBytes(safe.path(image))))
  console.log(`Full ${sizes[0]} bytes, incremental ${sizes[1]} and ${sizes[2]}`)
  expect(sizes[0]).toBeGreaterThan(64 * mib)
  for (const size of sizes.slice(1)) expect(size).toBeLessThan(8 * mib)

  await tasks.open()
  const rows = tasks.rows(`Backing up ${name} to ${safe.name}`)
  await expect(rows).toHaveCount(3)
  for (const row of await rows.all()) {
    await expect(row).toContainText('Done')
    await expect(row).toContainText(/virsh .*vol-create-as e2e-backup-safe/)
    await expect(row).toContainText(/backup-begin --reuse-external e2e-backed-up/)
  }
  await expect(rows.first()).toContainText('<incremental>')
})

test('the last backup becomes a new VM by clicks, which starts and reads what the guest had when it was made', async () => {
  test.setTimeout(300_000)
  await tab.restore(0, name, restored, disks.name)
  await tasks.open()
  const task = tasks.newest(`as ${restored}`)
  await expect(task).toContainText('Done', inTime)
  await expect(task).toContainText(`vol-create-from --pool ${disks.name}`)
  const [, , last = ''] = await imagesOf(safe)
  const image = disks.path(`${restored}.qcow2`)
  expect(await sumOfImage(labA, image)).toBe(await sumOfImage(labA, safe.path(last)))
  await tab.show(restored)
  await expect(main.state(restored)).toContainText('Shut off')
  await main.selectVm(restored)
  await main.power('Start').click()
  await comesUpWith(restored, sums[2])
  // the one that was backed up goes on with what it has
  await guest.writesOn()
  expect(await guest.sum()).not.toBe(sums[2])
  await labA.virsh(['destroy', restored])
})

test('a backup into a pool that gets full leaves nothing and tells the figures, and with more room Retry makes it', async () => {
  small = await makeSmallPool(labA, smallName, 8 * mib)
  await tab.open(name)
  await tab.button.click()
  const dialog = main.dialog(`Back up ${name}`)
  await dialog.getByRole('radio', { name: 'Everything' }).click({ force: true })
  await tab.choosePool(dialog, 'To pool', smallName)
  await expect(dialog).toContainText(`It may take 128 MiB, and pool ${smallName} has 8 MiB left.`)
  await dialog.getByRole('button', { name: 'Back up', exact: true }).click()
  const told = new RegExp(
    `Pool ${smallName} is full: [\\d.]+ [KM]?i?B of 8 MiB are left, and up to 128 MiB are needed`,
  )
  // one that fails at once is told by the dialog, a later one by the list of tasks, which has it in any case
  await expect(
    dialog
      .getByText(told)
      .or(tasks.newest(`to ${smallName}`).getByText(told))
      .first(),
  ).toBeVisible(inTime)
  if (await dialog.getByText(told).isVisible()) await app.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await tasks.open()
  const title = `to ${smallName}`
  const task = tasks.newest(title)
  await expect(task).toContainText('Failed')
  await expect(task).toContainText(told)
  await expect(task).toContainText('Nothing of it was kept. Free some space in the pool or choose another')
  expect((await labA.exec(['ls', small.folder])).trim()).toBe('')
  expect((await labA.virsh(['checkpoint-list', name, '--name'])).trim().split(/\s+/)).toHaveLength(3)
  await guest.writesOn()

  await small.grow(256 * mib)
  const now = await guest.sum()
  await tasks.retry(title)
  await expect(tasks.rows(title)).toHaveCount(2)
  await expect(task).toContainText('Done', inTime)
  await tab.hasBackups(4, inTime)
  await expect(tab.row(0)).toContainText(`pool ${smallName}`)
  const image = (await labA.exec(['ls', small.folder])).split('\n').find((file) => file.endsWith('.qcow2'))
  expect(await stillSumOfImage(labA, `${small.folder}/${image}`)).toBe(now)
})

test('a VM that is off is backed up by its pools by clicks, and the new VM made of it reads the same', async () => {
  test.setTimeout(300_000)
  expect(await guest.endWriting()).toBe(true)
  const [now, whole] = [await guest.sum(), await guest.wholeSum()]
  await main.power('Shut down').click()
  await labA.waitState(name, 'shut off')
  await tab.backUp(name, 'Everything', async (dialog) => {
    await expect(dialog).toContainText('The VM is off: its pools copy the disks')
    await tab.choosePool(dialog, 'To pool', safe.name)
  })
  await tasks.open()
  const made = tasks.newest(`Backing up ${name} to ${safe.name}`)
  await expect(made).toContainText('Done', inTime)
  await expect(made).toContainText(`vol-create-from --pool ${safe.name} --vol disk.qcow2`)
  await tab.hasBackups(5, inTime)
  await expect(tab.row(0)).toContainText('Full')
  await tab.restore(0, name, ofOff, disks.name)
  await expect(tasks.newest(`as ${ofOff}`)).toContainText('Done', inTime)
  expect(await sumOfImage(labA, disks.path(`${ofOff}.qcow2`))).toBe(whole)
  await labA.virsh(['start', ofOff])
  await comesUpWith(ofOff, now)
})

test('backups are deleted by clicks with those that need them, also while the VM is off, and the others stay', async () => {
  await tab.row(4).getByRole('button', { name: 'Delete…' }).click()
  const question = main.dialog('Delete 3 backups?')
  await expect(question.getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(6)
  await expect(question).toContainText('Checkpoints that began there stay')
  await question.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(question).toBeHidden()
  await tab.hasBackups(2, inTime)
  expect(await imagesOf(safe)).toHaveLength(1)
  await tasks.open()
  await expect(tasks.newest('Deleting 3 backups')).toContainText(/virsh .*vol-delete --pool/)
  await expect(tab.checkpoints.getByRole('listitem')).toHaveCount(4)
  await expect(
    tab.checkpoints.getByRole('listitem').first().getByRole('button', { name: 'Delete…' }),
  ).toBeDisabled()
})
