/** Snapshots of a running guest on a lab host, by clicks; what becomes of its files and its disk is read inside of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator } from '@playwright/test'
import { GuestData } from '../lab/guest-data'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { tinyDisk } from '../lab/tiny-vm'
import { addLabHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { SnapshotsPage } from '../pages/snapshots-page'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let guest: GuestData
let userHome: string
let app: RunningApp
let main: MainWindow
let snapshots: SnapshotsPage

const name = 'e2e-snapshots'
const raw = 'e2e-snapshots-raw'
const uefi = 'e2e-snapshots-uefi'
const folder = '/var/lib/libvirt/images'
const base = `${folder}/${name}.qcow2`
/** Of the second disk, which has a file system; the bytes of the first are counted. */
const files = `${folder}/${name}-files.qcow2`
const at = (snapshot: string): string => `${folder}/${name}.${snapshot}`
const inTime = { timeout: 60_000 }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  guest = GuestData.byAgent(labA, name)
  await labA.defineGuest({ name, disk: true })
  const format =
    'truncate -s 16M "$1.raw"; mkfs.ext4 -q "$1.raw"; qemu-img convert -O qcow2 "$1.raw" "$1"; rm "$1.raw"'
  await labA.exec(['bash', '-ec', format, '-', files])
  await labA.virsh(['attach-disk', name, files, 'vdb', '--subdriver', 'qcow2', '--config'])
  await labA.virsh(['start', name])
  await labA.waitReady(name)
  await labA.exec(['truncate', '-s', '1M', `${folder}/${raw}.img`])
  await labA.defineTiny(raw, tinyDisk(`${folder}/${raw}.img`, 'vda', { format: 'raw' }))
  await labA.virsh(['start', raw])
  await labA.defineTiny(
    uefi,
    tinyDisk(base, 'vda'),
    `<loader readonly='yes' type='pflash'>/usr/share/none.fd</loader><nvram>${folder}/none.fd</nvram>`,
  )
  await guest.agentAnswers()
  const mount = 'mkdir /files; modprobe -a crc32c_generic ext4; mount -t ext4 /dev/vdb /files && echo mounted'
  expect(await guest.see(mount)).toBe('mounted')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  snapshots = new SnapshotsPage(app.page)
  await addLabHost(app.page, labA, 'Lab A')
})

test.afterAll(async () => {
  await app?.stop()
  for (const vm of [name, raw, uefi]) await labA?.removeGuest(vm)
  await labA?.exec(['sh', '-c', `rm -f ${folder}/${name}*`])
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

const memory = (dialog: Locator): Locator => dialog.getByRole('checkbox', { name: /^Keep the memory too/ })
const settling = (dialog: Locator): Locator =>
  dialog.getByRole('checkbox', { name: /^Let the guest agent settle/ })

/** In files of its own, without memory. */
async function ofDisksAlone(dialog: Locator): Promise<void> {
  await dialog.getByRole('radio', { name: /^In files of its own/ }).check({ force: true })
  await memory(dialog).uncheck({ force: true })
}

/** While its memory comes back the guest answers nobody. */
async function comesToRead(script: string, text: string): Promise<void> {
  await expect.poll(() => guest.see(script).catch(() => undefined), { timeout: 120_000 }).toBe(text)
}

test('one inside the image brings back what a file and the disk had when it was taken', async () => {
  await guest.see('echo before >/tmp/file; echo before >/files/file')
  await guest.write(0, 'before')
  await snapshots.open(name)
  await snapshots.take(name, 'inside', async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Description' }).fill('All of it')
    await dialog.getByRole('radio', { name: /^Inside the disk images/ }).check({ force: true })
  })
  await expect(snapshots.current('inside')).toBeVisible()
  const shown = await snapshots.show('inside')
  await expect(shown).toContainText('All of it')
  await expect(shown).toContainText('Kept in a disk image')
  await expect(shown.getByRole('img', { name: 'The screen when inside was taken' })).toBeVisible()
  expect(await labA.exec(['qemu-img', 'snapshot', '-U', '-l', base])).toContain('inside')

  await guest.see('echo after >/tmp/file; echo after >/files/file')
  await guest.write(0, 'after')
  await snapshots.goBack('inside', async (dialog) => {
    const lost = dialog.getByRole('region', { name: 'What is lost' })
    await expect(lost).toContainText(
      'Everything that was written to vda and vdb since the snapshot was taken',
    )
    await expect(lost).toContainText('The memory of the running guest')
  })
  await comesToRead('cat /tmp/file', 'before')
  expect(await guest.readFile('/files/file')).toBe('before')
  expect(await guest.read(0)).toBe('before')
})

test('one takes the place of another of its name, and brings back what was kept last', async () => {
  await guest.see('echo later >/tmp/file; echo later >/files/file')
  await snapshots.take(name, 'inside', async (dialog) => {
    await dialog.getByRole('checkbox', { name: /^Replace “inside”/ }).check({ force: true })
    await dialog.getByRole('textbox', { name: 'Description' }).fill('In its place')
  })
  const inImage = await labA.exec(['qemu-img', 'snapshot', '-U', '-l', base])
  expect(inImage.match(/\binside\b/g)).toHaveLength(1)
  await expect(await snapshots.show('inside')).toContainText('In its place')
  await guest.see('echo latest >/tmp/file; echo latest >/files/file')
  await snapshots.goBack('inside')
  await comesToRead('cat /tmp/file', 'later')
  expect(await guest.readFile('/files/file')).toBe('later')
})

test('four of the disks alone, with file systems that the agent settled, are shown as a tree with the place of the VM', async () => {
  await guest.noteFreezes()
  for (const [piece, snapshot] of ['one', 'two', 'three', 'four'].entries()) {
    await snapshots.take(name, snapshot, async (dialog) => {
      await ofDisksAlone(dialog)
      await expect(settling(dialog)).toBeChecked()
      if (piece > 0) await settling(dialog).uncheck({ force: true })
    })
    await guest.write(piece + 1, snapshot)
    await guest.see(`seq 1 20000 | sed 's/$/ ${snapshot}/' >>/files/big`)
  }
  expect(await guest.freezes()).toEqual(['freeze', 'thaw'])
  await expect(snapshots.current('four')).toBeVisible()
  expect(await snapshots.outline()).toEqual([
    ['inside', 1],
    ['one', 2],
    ['two', 3],
    ['three', 4],
    ['four', 5],
    ['You are here', 6],
  ])
  await expect(await snapshots.show('one')).toContainText('Not kept: the VM starts anew from its disks')
  await expect(snapshots.now).toContainText('disks 5 files deep')
})

test('what cannot be done to one says why, and what has to be done first', async () => {
  const inside = await snapshots.show('inside')
  await expect(inside).toContainText(
    `The VM cannot go back to it, nor can it be deleted: It is inside ${base}, and vda is ${at('four')} now`,
  )
  await expect(inside).toContainText('Delete “four”, “three”, “two” and “one” first, newest first')
  const two = await snapshots.show('two')
  await expect(two).toContainText('“three” and “four” were made after it')
  await expect(two).toContainText('Delete them first.')
  const four = await snapshots.show('four')
  await expect(four).toContainText('The VM runs, and the files of its disks cannot be changed under it')
  await expect(four).toContainText('Shut it down or force it off first.')
  await expect(four.getByRole('button', { name: 'Go back to it…' })).toBeDisabled()
})

test('one in the middle of the chain is deleted while the guest runs, and every byte stays', async () => {
  const before = await guest.sums()
  const big = await guest.readFile('/files/big | md5sum')
  await snapshots.remove('two', {
    look: async (dialog) => {
      await expect(dialog.getByRole('region', { name: 'Steps' })).toContainText(
        `Merge vda: ${at('two')} into ${at('one')}`,
      )
      await expect(dialog.getByRole('region', { name: 'Files that are deleted' })).toContainText(at('two'))
    },
  })
  expect(await snapshots.outline()).toEqual([
    ['inside', 1],
    ['one', 2],
    ['three', 3],
    ['four', 4],
    ['You are here', 5],
  ])
  await expect.poll(() => labA.exec(['ls', folder])).not.toContain(`${name}.two`)
  expect(await guest.sums()).toBe(before)
  expect(await guest.read(2)).toBe('two')
  expect(await guest.readFile('/files/big | md5sum')).toBe(big)
})

test('one with memory in a file lets the guest go on where it was, on the disk it had', async () => {
  await guest.see('echo remembered >/tmp/file; echo remembered >/files/file')
  await guest.write(5, 'remembered')
  await snapshots.take(name, 'memory', async (dialog) => {
    await expect(memory(dialog)).toBeChecked()
    await expect(dialog).toContainText(
      // by then all of it may have been touched
      /It takes (about [\d.]+ MiB, and 160 MiB at most|up to 160 MiB); \/var\/lib\/libvirt\/images has [\d.]+ \w+ left\./,
    )
  })
  await expect(await snapshots.show('memory')).toContainText(`${folder}/${name}.memory.mem`)
  await guest.see('echo forgotten >/tmp/file; echo forgotten >/files/file')
  await guest.write(5, 'forgotten')

  await main.power('Force off').click()
  await main
    .dialog(/Force off/)
    .getByRole('button', { name: 'Force off' })
    .click()
  await labA.waitState(name, 'shut off')
  await snapshots.goBack('memory', async (dialog) => {
    await expect(dialog.getByRole('radio', { name: 'As it was: running' })).toBeChecked()
  })
  await comesToRead('cat /tmp/file', 'remembered')
  expect(await guest.readFile('/files/file')).toBe('remembered')
  expect(await guest.read(5)).toBe('remembered')
  expect(await guest.read(2)).toBe('two')
  await expect(snapshots.current('memory')).toBeVisible()
})

test('an agent that has ended keeps file systems from being settled, with the reason', async () => {
  await guest.see('setsid sh -c "sleep 1; kill $(pidof qemu-ga)" >/dev/null 2>&1 &')
  await expect
    .poll(() => labA.virsh(['dumpxml', name]), inTime)
    .toMatch(/guest_agent\.0' state='disconnected'/)
  await snapshots.open(name)
  const dialog = await snapshots.askToTake(name)
  await ofDisksAlone(dialog)
  await expect(settling(dialog)).toBeDisabled()
  await expect(dialog).toContainText('The guest agent does not answer')
  await expect(dialog).toContainText('or take the snapshot while the VM is off')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

test('a raw image keeps none inside, and a VM without the agent’s channel has nobody to settle its file systems', async () => {
  await snapshots.open(raw)
  const dialog = await snapshots.askToTake(raw)
  await expect(dialog.getByRole('radio', { name: /^Inside the disk images/ })).toBeDisabled()
  await expect(dialog).toContainText('vda is a raw image, and only qcow2 images can keep snapshots inside')
  await expect(dialog).toContainText('Take an external snapshot, or convert the image to qcow2.')
  await ofDisksAlone(dialog)
  await expect(settling(dialog)).toBeDisabled()
  await expect(dialog).toContainText('The VM has no channel for the guest agent')
  await expect(dialog).toContainText('Add the channel org.qemu.guest_agent.0 on its Hardware tab')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

test('a VM that starts with UEFI keeps none inside, and is told what an external one leaves out', async () => {
  await snapshots.open(uefi)
  const dialog = await snapshots.askToTake(uefi)
  await expect(dialog.getByRole('radio', { name: /^Inside the disk images/ })).toBeDisabled()
  await expect(dialog).toContainText(
    'The VM starts with UEFI, and its variables cannot be kept inside an image',
  )
  await expect(dialog).toContainText(
    'Take an external snapshot; the UEFI variables stay as they are when you go back.',
  )
  await expect(dialog.getByRole('radio', { name: /^In files of its own/ })).toBeChecked()
  await expect(dialog).toContainText('The VM is not running, so there is no memory to keep.')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})
