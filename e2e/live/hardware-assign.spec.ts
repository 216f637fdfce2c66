/** Hardware of the lab's rich host (IOMMU, spare cards, USB devices, SCSI disks) given to a VM by clicks. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startLab, type Lab } from '../lab/lab'
import { startRichHost, type RichHost } from '../lab/rich/rich-host'
import { addHost } from '../pages/connect'
import { HardwarePage } from '../pages/hardware-page'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let rich: RichHost
let userHome: string
let app: RunningApp
let main: MainWindow
let hardware: HardwarePage

const taker = 'e2e-taker'
const other = 'e2e-other'
/** An emulated machine emulates the guest. */
const slow = { timeoutMs: 300_000 }
const inTime = { timeout: 120_000 }
/** Another test may have the host first, and its disk may have to be made. */
const hostMs = 1_800_000

const domain = (name: string) => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>
  <devices>
    <controller type='scsi' index='0' model='virtio-scsi'/>
    <controller type='usb' index='0' model='qemu-xhci'/>
  </devices>
</domain>`

test.beforeAll(async () => {
  test.setTimeout(hostMs)
  lab = await startLab()
  rich = await startRichHost(lab)
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  for (const name of [taker, other]) {
    const file = join(userHome, `${name}.xml`)
    await writeFile(file, domain(name))
    await rich.virsh(['define', file], slow)
  }
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  hardware = new HardwarePage(app.page)
  await addHost(app.page, { uri: `qemu+tcp://${rich.address}/system`, label: 'Rich' })
  await expect(main.host('Rich')).toHaveAccessibleName(/, Connected/i, inTime)
})

test.afterAll(async () => {
  await app?.stop()
  await rich?.stop()
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

const devices = [
  { kind: 'PCI host device', row: /0000:01:00\.0/, entry: /^PCI device 0000:01:00\.0/ },
  { kind: 'USB host device', row: /08e6:4433/, entry: /^USB device 08e6:4433/ },
  { kind: 'SCSI host device', row: /0:0:0:2/, entry: /^SCSI device 0:0:0:2/ },
]

test('a card, a USB device and a SCSI disk of the host are given to a VM by clicks, refused to another meanwhile, and taken back', async () => {
  test.setTimeout(300_000)
  await hardware.open(taker)
  for (const { kind, row } of devices)
    await hardware.add(kind, async () => {
      await app.page.getByRole('row', { name: row }).click(inTime)
      await expect(app.page.getByRole('row', { name: row })).toHaveAttribute('aria-selected', 'true')
    })
  await hardware.applied()
  await main.power('Start').click()
  await expect
    .poll(() => rich.virsh(['domstate', taker], slow).then((text) => text.trim()), inTime)
    .toBe('running')
  const running = await rich.virsh(['dumpxml', taker], slow)
  expect(running).toMatch(/type='pci' managed='yes'/)
  expect(running).toMatch(/<product id='0x4433'\/>/)
  expect(running).toMatch(/<adapter name='scsi_host0'\/>\s*<address bus='0' target='0' unit='2'\/>/)
  expect(await cardDriver()).toBe('vfio-pci')

  await hardware.open(other)
  await app.page.getByRole('button', { name: 'Add hardware…' }).click()
  const dialog = main.dialog(/^Add hardware/)
  await dialog.getByRole('option', { name: 'PCI host device', exact: true }).click()
  const card = dialog.getByRole('row', { name: /0000:01:00\.0/ })
  await expect(card).toContainText(`It is given to "${taker}"`, inTime)
  await expect(card).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await hardware.open(taker)
  await main.power('Force off').click()
  await main
    .dialog(/Force off/)
    .getByRole('button', { name: 'Force off' })
    .click()
  await expect
    .poll(() => rich.virsh(['domstate', taker], slow).then((text) => text.trim()), inTime)
    .toBe('shut off')
  await expect(main.power('Start')).toBeEnabled(inTime)
  for (const { entry } of devices) await hardware.remove(entry)
  await hardware.applied()
  expect(await rich.virsh(['dumpxml', '--inactive', taker], slow)).not.toContain('<hostdev')
  expect(await cardDriver()).toBe('e1000e')
  expect(app.pageErrors).toEqual([])
})

/** What drives the network card on the host. */
async function cardDriver(): Promise<string> {
  const link = await rich.ssh('basename $(readlink /sys/bus/pci/devices/0000:01:00.0/driver)', slow)
  return link.trim()
}
