/** A VM that has a device of its host, on the lab's rich host: what cannot be kept of it is told, with what can. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startLab, type Lab } from '../lab/lab'
import { startRichHost, type RichHost } from '../lab/rich/rich-host'
import { tinyDisk, tinyVmXml } from '../lab/tiny-vm'
import { addHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { SnapshotsPage } from '../pages/snapshots-page'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let rich: RichHost
let userHome: string
let app: RunningApp
let snapshots: SnapshotsPage

const name = 'e2e-assigned'
const image = `/var/lib/libvirt/images/${name}.qcow2`
/** The smart card reader. */
const reader = `<controller type='usb' model='qemu-xhci'/><hostdev mode='subsystem' type='usb'>
  <source><vendor id='0x08e6'/><product id='0x4433'/></source></hostdev>`
/** An emulated machine emulates the guest. */
const slow = { timeoutMs: 300_000 }
const inTime = { timeout: 120_000 }
/** Another test may have the host first, and its disk may have to be made. */
const hostMs = 1_800_000

test.beforeAll(async () => {
  test.setTimeout(hostMs)
  lab = await startLab()
  rich = await startRichHost(lab)
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  const file = join(userHome, 'vm.xml')
  await writeFile(file, tinyVmXml({ name, devices: tinyDisk(image, 'vda') + reader }))
  await rich.ssh(`qemu-img create -q -f qcow2 ${image} 1M`, slow)
  await rich.virsh(['define', file], slow)
  await rich.virsh(['start', name], slow)
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  snapshots = new SnapshotsPage(app.page)
  await addHost(app.page, { uri: `qemu+tcp://${rich.address}/system`, label: 'Rich' })
  await expect(new MainWindow(app.page).host('Rich')).toHaveAccessibleName(/, Connected/i, inTime)
})

test.afterAll(async () => {
  await app?.stop()
  await rich?.stop()
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test('the memory of a VM with a USB device of the host is kept in no way, and its disks are', async () => {
  test.setTimeout(300_000)
  await snapshots.open(name)
  const why = 'The VM has a USB device of the host, whose state cannot be saved'
  await snapshots.take(name, 'disks', async (dialog) => {
    await expect(dialog.getByRole('radio', { name: /^Inside the disk images/ })).toBeDisabled(inTime)
    const memory = dialog.getByRole('checkbox', { name: /^Keep the memory too/ })
    await expect(memory).toBeDisabled()
    await expect(memory).not.toBeChecked()
    for (const place of [
      dialog.getByRole('radiogroup', { name: 'Where it is kept' }),
      dialog.getByRole('group', { name: 'Of the running guest' }),
    ]) {
      await expect(place).toContainText(why)
      await expect(place).toContainText(
        'Take an external snapshot of the disks only, or one while the VM is off.',
      )
    }
  })
  await expect(snapshots.current('disks')).toBeVisible()
  expect(await rich.virsh(['domblklist', name], slow)).toContain(`${name}.disks`)
  expect(app.pageErrors).toEqual([])
})
