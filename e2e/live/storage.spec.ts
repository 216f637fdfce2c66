/**
 * Pools of each type that a lab host can start, made, filled and taken away by clicks; what arrives is compared on the host,
 * what comes back on this computer.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator } from '@playwright/test'
import { startGluster, type GlusterVolume } from '../lab/gluster'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { StoragePage } from '../pages/storage-page'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let userHome: string
let app: RunningApp
let storage: StoragePage
let loops: Record<'fs' | 'disk', string>
let gluster: GlusterVolume | undefined

const images = '/var/lib/libvirt/images'
const sizeBytes = 3 * 1024 * 1024
const contents = randomBytes(sizeBytes)
const digest = createHash('sha256').update(contents).digest('hex')
const inTime = { timeout: 60_000 }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  await writeFile(join(userHome, 'data.img'), contents)
  loops = { fs: await loop('fs'), disk: await loop('disk') }
  gluster = await startGluster(labA, 'e2estore')
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  storage = new StoragePage(app)
  await addHost(app.page, {
    uri: `qemu+ssh://root@${labA.address}/system`,
    label: 'Lab A',
    password: labA.password,
    fingerprint: labA.hostKeyFingerprint,
  })
  await expect(new MainWindow(app.page).host('Lab A')).toHaveAccessibleName(/Connected/i)
  await storage.answerFileDialogs({ open: join(userHome, 'data.img'), save: join(userHome, 'back.img') })
  await storage.open('Lab A')
})

test.afterAll(async () => {
  await app?.stop()
  if (labA) {
    for (const pool of ['e2e-dir', 'e2e-fs', 'e2e-disk', 'e2e-share']) {
      await labA.virsh(['pool-destroy', pool]).catch(() => '')
      await labA.virsh(['pool-undefine', pool]).catch(() => '')
    }
    for (const device of Object.values(loops ?? {}))
      await labA.exec(['losetup', '-d', device]).catch(() => '')
    await gluster?.remove()
    await labA.exec(['bash', '-c', `rm -rf /var/lib/libvirt/e2e-* ${images}/e2e-*`])
  }
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

/** An empty disk of its own. */
async function loop(name: string): Promise<string> {
  const file = `/var/lib/libvirt/e2e-${name}.img`
  await labA.exec(['truncate', '-s', '128M', file])
  return (await labA.exec(['losetup', '--find', '--show', '--partscan', file])).trim()
}

/** Of the first bytes of a volume, as many as were sent. */
async function digestOnHost(path: string): Promise<string> {
  const [found = ''] = (
    await labA.exec(['sh', '-c', 'head -c "$2" "$1" | sha256sum', '-', path, String(sizeBytes)])
  ).split(' ')
  return found
}

async function comesBack(pool: string, volume: string): Promise<void> {
  const back = join(userHome, 'back.img')
  await rm(back, { force: true })
  await storage.act(pool, volume, 'Download…')
  await expect
    .poll(async () => {
      const bytes = await readFile(back).catch(() => Buffer.alloc(0))
      return createHash('sha256').update(bytes.subarray(0, sizeBytes)).digest('hex')
    }, inTime)
    .toBe(digest)
}

async function isWiped(path: string): Promise<void> {
  const zeros = await labA.exec([
    'sh',
    '-c',
    'head -c "$2" "$1" | tr -d "\\0" | wc -c',
    '-',
    path,
    String(sizeBytes),
  ])
  expect(zeros.trim()).toBe('0')
}

const choose = async (dialog: Locator, label: string, option: string): Promise<void> => {
  await dialog.getByRole('button', { name: new RegExp(`${label}$`) }).click()
  await app.page
    .getByRole('listbox', { name: label })
    .getByRole('option', { name: option, exact: true })
    .click()
}

const folders = [
  {
    what: 'a folder',
    kind: 'Folder',
    pool: 'e2e-dir',
    path: `${images}/e2e-dir`,
    fill: async () => undefined,
  },
  {
    what: 'a partition that gets a file system',
    kind: 'Partition with a file system',
    pool: 'e2e-fs',
    path: '/var/lib/libvirt/e2e-mnt',
    fill: async (dialog: Locator) => {
      await dialog
        .getByRole('combobox', { name: 'Device' })
        .or(dialog.getByRole('textbox', { name: 'Device' }))
        .first()
        .fill(loops.fs)
      await choose(dialog, 'File system', 'ext4')
      await dialog.getByText('Make it', { exact: true }).click()
    },
  },
  {
    what: 'a share of a Gluster volume',
    kind: 'Network share (NFS, GlusterFS, SMB)',
    pool: 'e2e-share',
    path: `${images}/e2e-share`,
    fill: async (dialog: Locator) => {
      await dialog.getByRole('textbox', { name: 'Server' }).fill(labA.address)
      await choose(dialog, 'Kind of share', 'GlusterFS')
      await dialog.getByRole('textbox', { name: 'Exported folder' }).fill('/e2estore')
    },
  },
]

for (const { what, kind, pool, path, fill } of folders) {
  test(`storage in ${what}: made by clicks, filled, copied, enlarged, wiped, emptied and forgotten, with equal checksums`, async () => {
    await storage.newPool(kind, pool, async (dialog) => {
      await fill(dialog)
      await dialog.getByRole('textbox', { name: 'Path on the host' }).fill(path)
    })
    await expect(storage.pool(pool)).toContainText('Active', inTime)
    expect(await labA.virsh(['pool-info', pool])).toMatch(/State:\s+running[\s\S]*Autostart:\s+yes/)

    await storage.newVolume(pool, async (dialog) => {
      await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('fresh.qcow2')
      await dialog.getByRole('textbox', { name: 'Capacity' }).fill('24 MiB')
    })
    await expect(storage.row(pool, 'fresh.qcow2')).toContainText('24 MiB')

    await storage.upload(pool, 'data.raw')
    await expect(storage.row(pool, 'data.raw')).toContainText('3 MiB', inTime)
    await expect.poll(() => digestOnHost(`${path}/data.raw`), inTime).toBe(digest)
    await comesBack(pool, 'data.raw')

    await storage.copy(pool, 'data.raw', 'copy.raw')
    await expect(storage.row(pool, 'copy.raw')).toBeVisible(inTime)
    expect(await digestOnHost(`${path}/copy.raw`)).toBe(digest)
    await storage.resize(pool, 'copy.raw', '8 MiB')
    await expect(storage.row(pool, 'copy.raw')).toContainText('8 MiB')
    expect((await labA.exec(['stat', '-c', '%s', `${path}/copy.raw`])).trim()).toBe(String(8 * 1024 * 1024))
    expect(await digestOnHost(`${path}/copy.raw`)).toBe(digest)

    await storage.wipe(pool, 'copy.raw')
    await isWiped(`${path}/copy.raw`)
    for (const volume of ['copy.raw', 'data.raw', 'fresh.qcow2']) await storage.deleteVolume(pool, volume)
    // a new file system has a folder of its own
    expect(await labA.virsh(['vol-list', pool])).not.toMatch(/raw|qcow2/)

    await storage.deletePool(pool, 'definition')
    expect(await labA.virsh(['pool-list', '--all', '--name'])).not.toContain(pool)
  })
}

test('storage on a whole disk: a partition is made by clicks, written, read and wiped, and the table goes with the pool', async () => {
  const pool = 'e2e-disk'
  const partition = `${loops.disk.slice('/dev/'.length)}p1`
  await storage.newPool('Whole disk, a partition for each volume', pool, async (dialog) => {
    await dialog
      .getByRole('combobox', { name: 'Device' })
      .or(dialog.getByRole('textbox', { name: 'Device' }))
      .first()
      .fill(loops.disk)
    await choose(dialog, 'Partition table', 'GPT')
    await dialog.getByText('Make it', { exact: true }).click()
  })
  await expect(storage.pool(pool)).toContainText('Active', inTime)
  await storage.newVolume(pool, async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Capacity' }).fill('16 MiB')
  })
  await expect(storage.row(pool, partition)).toBeVisible(inTime)
  await storage.upload(pool, partition, true)
  await expect.poll(() => digestOnHost(`/dev/${partition}`), inTime).toBe(digest)
  await comesBack(pool, partition)
  await storage.wipe(pool, partition)
  await isWiped(`/dev/${partition}`)
  await storage.deletePool(pool, 'everything')
  await expect(labA.exec(['blkid', '-p', '-s', 'PTTYPE', loops.disk])).rejects.toThrow()
})
