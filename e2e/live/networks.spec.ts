/** A network of a real host made by clicks, with a real guest that gets its addresses from it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { inGuest } from '../lab/guest-agent'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addLabHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let userHome: string
let app: RunningApp
let main: MainWindow

const network = 'e2e-nat'
const guest = 'e2e-net-guest'
const mac = '52:54:00:e2:4e:01'
/** The guest is emulated. */
const inTime = { timeout: 60_000 }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  await addLabHost(app.page, labA, 'Lab A')
  await openNetworks()
})

test.afterAll(async () => {
  await app?.stop()
  if (labA) {
    await labA.removeGuest(guest)
    await labA.virsh(['net-destroy', network]).catch(() => '')
    await labA.virsh(['net-undefine', network]).catch(() => '')
  }
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

async function openNetworks(): Promise<void> {
  await main.host('Lab A').click()
  await app.page.getByRole('tab', { name: 'Networks', exact: true }).click()
}

const list = () => app.page.getByRole('navigation', { name: 'Networks of the host' })
const entry = (name: RegExp) => list().getByRole('option', { name })
const leases = () => app.page.getByRole('table', { name: 'Leases' })
const lease = (text: string) => leases().getByRole('row').filter({ hasText: text })
const card = `$(basename $(dirname $(grep -l ${mac} /sys/class/net/*/address)))`

test('a network with NAT is made by a form, and a guest’s lease in it is shown with the VM’s name', async () => {
  await list().getByRole('button', { name: 'New network…' }).click()
  const dialog = main.dialog('New network')
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(network)
  await dialog.getByRole('textbox', { name: 'IPv4 address' }).fill('10.215.7.1')
  await dialog.getByRole('textbox', { name: 'First of range 1' }).fill('10.215.7.100')
  await dialog.getByRole('textbox', { name: 'Last of range 1' }).fill('10.215.7.120')
  await dialog.getByRole('button', { name: 'Review…' }).click()
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(entry(/^e2e-nat/)).toContainText('NAT 10.215.7.0/24')
  expect(await labA.virsh(['net-info', network])).toMatch(/Active:\s+yes[\s\S]*Autostart:\s+yes/)

  await labA.defineGuest({ name: guest, graphics: 'none' })
  await labA.virsh([
    'attach-interface',
    guest,
    'network',
    network,
    '--model',
    'virtio',
    '--mac',
    mac,
    '--config',
  ])
  await labA.virsh(['start', guest])
  await labA.waitReady(guest)
  await entry(/^e2e-nat/).click()
  await app.page.getByRole('tab', { name: 'Leases' }).click()
  await expect(lease(mac)).toContainText(guest, inTime)
  const address = /10\.215\.7\.1[012]\d/.exec(await lease(mac).innerText())?.[0] ?? 'none'
  expect(await inGuest(labA, guest, `ip -o -4 addr show dev ${card}`)).toContain(`${address}/24`)
})

test('an address reserved by clicks while the network runs is honoured at the guest’s next renewal', async () => {
  await lease(mac)
    .getByRole('button', { name: /^Reserve / })
    .click()
  const dialog = main.dialog('Reserve an address')
  await dialog.getByRole('textbox', { name: 'Address' }).fill('10.215.7.42')
  await dialog.getByRole('button', { name: 'Reserve', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await inGuest(labA, guest, `udhcpc -n -q -t 10 -T 1 -i ${card} -s /etc/udhcpc/script >/dev/null 2>&1`)
  expect(await inGuest(labA, guest, `ip -o -4 addr show dev ${card}`)).toContain('10.215.7.42/24')
  await expect(lease('10.215.7.42')).toContainText('Reserved', inTime)
  expect(await labA.virsh(['net-dumpxml', '--inactive', network])).toContain("ip='10.215.7.42'")
})

test('a network in use is not deleted: the dialog says which VM uses it', async () => {
  await app.page.getByRole('button', { name: 'More actions' }).click()
  await app.page.getByRole('menuitem', { name: 'Delete…' }).click()
  const dialog = main.dialog(`Delete network ${network}?`)
  await expect(dialog).toContainText(guest)
  await expect(dialog.getByRole('button', { name: 'Delete network' })).toHaveCount(0)
  await app.page.keyboard.press('Escape')
  await labA.removeGuest(guest)
  await app.page.getByRole('button', { name: 'More actions' }).click()
  await app.page.getByRole('menuitem', { name: 'Delete…' }).click()
  await dialog.getByRole('button', { name: 'Delete network' }).click()
  await expect(entry(/^e2e-nat/)).toHaveCount(0)
  expect(await labA.virsh(['net-list', '--all', '--name'])).not.toContain(network)
})
