/**
 * Images of a running guest's disk merged, flattened and moved by clicks while the guest writes to it. The guest says what it
 * reads before and afterwards; virsh and qemu-img say what the host has.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { makeFolderPool, type FolderPool } from '../lab/folder-pool'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { makeSmallPool, type SmallPool } from '../lab/small-pool'
import { sumOfImage, WritingGuest } from '../lab/writing-guest'
import { addLabHost } from '../pages/connect'
import { DiskWork } from '../pages/disk-work'
import { TasksPanel } from '../pages/tasks-panel'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let userHome: string
let app: RunningApp
let guest: WritingGuest
let work: DiskWork
let tasks: TasksPanel
let first: FolderPool
let second: FolderPool
let small: SmallPool | undefined
/** What the guest reads of what it has written once. */
let written: string

const name = 'e2e-disk-jobs'
const smallName = 'e2e-jobs-small'
const mib = 1024 ** 2
const inTime = { timeout: 60_000 }
/** 64 MiB of it take a quarter of an hour, so that it is under way when it is looked at. */
const slow = '64 KiB'

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  first = await makeFolderPool(labA, 'e2e-jobs-one')
  second = await makeFolderPool(labA, 'e2e-jobs-two')
  const image = ['qemu-img', 'create', '-q', '-f', 'qcow2']
  await labA.exec([...image, first.path('base.qcow2'), '64M'])
  await labA.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 7 44M 16M', first.path('base.qcow2')])
  await labA.exec([...image, '-b', first.path('base.qcow2'), '-F', 'qcow2', first.path('top.qcow2')])
  await labA.virsh(['pool-refresh', first.name])
  guest = await WritingGuest.start(labA, name, first.path('top.qcow2'))
  written = await guest.sum()
  await guest.beginWriting()
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  work = new DiskWork(app.page)
  tasks = new TasksPanel(app.page)
  await addLabHost(app.page, labA, 'Lab A')
  await work.hardware.open(name)
})

test.afterAll(async () => {
  await app?.stop()
  if (labA) {
    await labA.removeGuest(name)
    await first?.remove()
    await second?.remove()
    await small?.remove()
  }
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

/** The guest has this image, now and after its next start, reads what it had written, and goes on writing. */
async function goesOnWith(path: string): Promise<void> {
  await expect(work.jobs()).toHaveCount(0, inTime)
  await expect(work.hardware.field('Image')).toHaveValue(path, inTime)
  for (const which of [[], ['--inactive']])
    expect(await labA.virsh(['domblklist', name, ...which])).toMatch(new RegExp(`vda\\s+${path}`))
  await guest.writesOn()
  expect(await guest.sum()).toBe(written)
}

/** The guest holds still: it reads the last thing that it wrote, and the image has the same, byte for byte. */
async function isAllIn(path: string): Promise<void> {
  expect(await guest.endWriting()).toBe(true)
  expect(await guest.wholeSum()).toBe(await sumOfImage(labA, path))
  await guest.beginWriting()
}

const layers = async (): Promise<string[]> =>
  [...(await labA.virsh(['dumpxml', name])).matchAll(/<source file='([^']+\.qcow2)'/g)].map(
    ([, path = '']) => path,
  )

test('the top layer is merged into its base by clicks while the guest writes, and the guest reads all that it wrote', async () => {
  const overlay = first.path('overlay.qcow2')
  await labA.virsh([
    ...['snapshot-create-as', name, '--disk-only', '--no-metadata', '--diskspec'],
    `vda,file=${overlay}`,
  ])
  await guest.change(0, 2)
  written = await guest.sum()
  await guest.writesOn()
  await work.choose('Merge into its base…')
  const dialog = work.mergeDialog(name)
  await expect(dialog.getByRole('button', { name: /From this layer down$/ })).toContainText(overlay)
  await expect(dialog.getByRole('button', { name: /Into this one$/ })).toContainText(first.path('top.qcow2'))
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(dialog).toBeHidden()
  await tasks.open()
  const task = tasks.newest('Merging layers of vda')
  await expect(task).toContainText('Done', inTime)
  await expect(task).toContainText(
    `blockcommit ${name} vda --base ${first.path('top.qcow2')} --active --pivot --wait --verbose`,
  )
  await goesOnWith(first.path('top.qcow2'))
  await isAllIn(first.path('top.qcow2'))
})

test('a disk is flattened by clicks while the guest writes, and needs its base no longer', async () => {
  await work.choose('Flatten…')
  const dialog = work.flattenDialog(name)
  await expect(dialog.getByRole('list', { name: 'Stays' })).toContainText(first.path('base.qcow2'))
  await work.limit(dialog, '512 MiB')
  await dialog.getByRole('button', { name: 'Flatten', exact: true }).click()
  await expect(dialog).toBeHidden()
  await tasks.open()
  const task = tasks.newest('Flattening vda')
  await expect(task).toContainText('Done', inTime)
  await expect(task).toContainText(`blockpull ${name} vda --bandwidth ${512 * mib} --bytes --wait --verbose`)
  expect(await layers()).toEqual([first.path('top.qcow2')])
  await labA.exec(['rm', first.path('base.qcow2')])
  await goesOnWith(first.path('top.qcow2'))
  await isAllIn(first.path('top.qcow2'))
})

test('a disk is moved to another pool while the guest writes, faster once that is wanted, and old and new are told apart', async () => {
  const moved = second.path('top.qcow2')
  await work.move(name, async (dialog) => {
    await work.hardware.choose('To pool', second.name)
    await work.limit(dialog, slow)
    await expect(dialog).toContainText('The VM runs on')
    await expect(dialog.getByRole('list', { name: 'Old image' })).toContainText(first.path('top.qcow2'))
  })
  await expect(work.jobs()).toContainText(`vda is copied to ${moved}`)
  await expect(work.jobs()).toContainText('at most 64 KiB/s')
  await tasks.open()
  const task = tasks.newest('Moving vda of')
  await expect(task).toContainText(/ of 64 MiB/, inTime)
  await expect(tasks.progress('Moving vda of')).toHaveAttribute('aria-valuenow', /^\d+$/)
  expect(await labA.virsh(['domblklist', name])).toContain(first.path('top.qcow2'))
  await guest.writesOn()
  await work.changeSpeed('')
  await expect(task).toContainText('Done', inTime)
  await expect(task).toContainText(
    `blockcopy ${name} vda ${moved} --format qcow2 --bandwidth 65536 --bytes --transient-job --wait --verbose --pivot`,
  )
  await goesOnWith(moved)
  await isAllIn(moved)
  expect(await first.files()).toContain('top.qcow2')
})

test('a copy is cancelled in its middle in the list of tasks: the guest goes on, and nothing of the copy stays', async () => {
  await work.move(name, async (dialog) => {
    await work.hardware.choose('To pool', first.name)
    await dialog.getByRole('textbox', { name: 'Name there' }).fill('given-up.qcow2')
    await work.limit(dialog, slow)
  })
  await tasks.open()
  const task = tasks.newest('to given-up.qcow2')
  await expect(task).toContainText(/[1-9][\d.]*( [KM]iB)? of 64 MiB/, inTime)
  expect(await first.files()).toContain('given-up.qcow2')
  await tasks.cancel('to given-up.qcow2')
  await expect(task).toContainText('Cancelled', inTime)
  await goesOnWith(second.path('top.qcow2'))
  expect(await first.files()).not.toContain('given-up.qcow2')
  expect((await labA.virsh(['blockjob', name, 'vda', '--info'])).trim()).toBe('')
  await isAllIn(second.path('top.qcow2'))
})

test('a pool that gets full is told with its figures, the guest goes on, and with more room the task is done by Retry', async () => {
  small = await makeSmallPool(labA, smallName, 8 * mib)
  await work.move(name, async (dialog) => {
    await work.hardware.choose('To pool', smallName)
    await expect(dialog).toContainText(`The copy may take 64 MiB, and pool ${smallName} has 8 MiB left.`)
    // one that ends at once is told in the dialog
    await work.limit(dialog, slow)
  })
  await work.changeSpeed('')
  await tasks.open()
  const title = `in ${smallName}`
  const task = tasks.newest(title)
  await expect(task).toContainText('Failed', inTime)
  await expect(task).toContainText(
    new RegExp(`Pool ${smallName} is full: [\\d.]+ [KM]?i?B of 8 MiB are left, and up to 64 MiB are needed`),
  )
  await expect(task).toContainText(`vda of ${name} stays where it was. Free some space in the pool`)
  await goesOnWith(second.path('top.qcow2'))
  expect((await labA.exec(['ls', small.folder])).trim()).toBe('')

  await small.grow(128 * mib)
  const notice = app.page.getByRole('region', { name: 'Notifications' }).getByRole('alert')
  await expect(notice).toContainText(`Pool ${smallName} is full`)
  await tasks.retry(title)
  await expect(notice).toHaveCount(0)
  await expect(tasks.rows(title)).toHaveCount(2)
  await work.changeSpeed('')
  await expect(task).toContainText('Done', inTime)
  await goesOnWith(`${small.folder}/top.qcow2`)
  await isAllIn(`${small.folder}/top.qcow2`)
})

test('the list of tasks keeps all of it, each with how it ended and its equal command', async () => {
  const told = await tasks.rows('vda of').allInnerTexts()
  expect(told.map((row) => /Done|Failed|Cancelled/.exec(row)?.[0])).toEqual([
    'Done',
    'Failed',
    'Cancelled',
    'Done',
    'Done',
    'Done',
  ])
  for (const row of told) expect(row).toContain(`virsh`)
})
