/** What goes wrong in the hardware forms of a real host: it is told at its field, the form is kept, the VM stays as it was. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { hotplugGuestXml } from '../lab/hotplug-guest'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addLabHost } from '../pages/connect'
import { HardwarePage } from '../pages/hardware-page'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let userHome: string
let app: RunningApp
let page: Page
let main: MainWindow
let hardware: HardwarePage
let definition: string
let before: string

const vm = { name: 'e2e-mistakes', uuid: '4077b106-0000-4000-8000-0000000000e3', mac: '52:54:00:e3:00:01' }

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  definition = join(userHome, 'guest.xml')
  await writeFile(definition, hotplugGuestXml(vm))
  await labA.virsh(['define', definition])
  before = await stored()
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  page = app.page
  main = new MainWindow(page)
  hardware = new HardwarePage(page)
  await addLabHost(page, labA, 'Lab A')
  await hardware.open(vm.name)
})

test.afterAll(async () => {
  await app?.stop()
  await labA?.removeGuest(vm.name)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

const stored = () => labA.virsh(['dumpxml', '--inactive', vm.name])

test('an invalid MAC address is told at its field and cannot be applied', async () => {
  await hardware.show(/^Network card/)
  for (const [typed, told] of [
    ['52:54:00:zz:00:01', /^Enter a MAC address such as/],
    ['53:54:00:e3:00:01', /^This is a multicast address/],
  ] as const) {
    await hardware.field('MAC address').fill(typed)
    await expectRefusedBeforehand('MAC address', typed, told)
  }
  await hardware.discard()
  await expect(hardware.field('MAC address')).toHaveValue(vm.mac)
  expect(await stored()).toBe(before)
})

test('a name that another disk has is told at its field and the new disk is not added', async () => {
  await page.getByRole('button', { name: 'Add hardware…' }).click()
  const dialog = main.dialog(/^Add hardware/)
  await dialog.getByRole('option', { name: 'Disk', exact: true }).click()
  await hardware.field('Image').fill('/var/lib/libvirt/images/any.img')
  await hardware.field('Name').fill('sda')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByText('Another disk is called sda')).toBeVisible()
  await expect(hardware.field('Image')).toHaveValue('/var/lib/libvirt/images/any.img')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(hardware.bar).toHaveCount(0)
  expect(await stored()).toBe(before)
})

test('negative and impossible amounts of memory are told at their field', async () => {
  await hardware.show(/^Memory \d/)
  for (const [typed, told] of [
    ['-512', /^Enter 1 MiB or more/],
    ['0', /^Enter 1 MiB or more/],
    ['99999999 TiB', /^Enter less than 8 PiB/],
  ] as const) {
    await hardware.field('Memory').fill(typed)
    await expectRefusedBeforehand('Memory', typed, told)
  }
  await hardware.field('Memory').fill('8000 TiB')
  await expect(page.getByText(/with more the VM may not start/)).toBeVisible()
  await hardware.discard()
  expect(await stored()).toBe(before)
})

test('an image that is not on the host is told at its field, and the form is kept', async () => {
  await hardware.add('Disk', async () => {
    await hardware.field('Image').fill('/var/lib/libvirt/images/e2e-missing.img')
    await hardware.choose('Format', 'Raw')
  })
  await hardware.apply()
  await expectRefused('Image', '/var/lib/libvirt/images/e2e-missing.img', /There is no such file on the host/)
  await hardware.field('Image').fill('/var/lib/libvirt/images/none/e2e-missing.img')
  await hardware.apply()
  await expectRefused('Image', '/var/lib/libvirt/images/none/e2e-missing.img', /The folder does not exist/)
  await hardware.discard()
  expect(await stored()).toBe(before)
})

test('an image whose folder the emulator may not enter is told at its field, and so is a folder', async () => {
  const home = '/var/lib/e2e-home'
  const settings = '/etc/libvirt/qemu.conf'
  await labA.exec(['install', '-d', '-m', '700', home])
  await labA.exec(['truncate', '-s', '1M', `${home}/private.img`])
  await labA.exec(['sed', '-i.before', 's/^user = .*/user = "nobody"/', settings])
  try {
    await restartDaemon()
    await hardware.add('Disk', async () => {
      await hardware.field('Image').fill(`${home}/private.img`)
      await hardware.choose('Format', 'Raw')
    })
    await hardware.apply()
    await expectRefused('Image', `${home}/private.img`, /runs as user “nobody”, who may not enter a folder/)
    await hardware.field('Image').fill(home)
    await hardware.apply()
    await expectRefused('Image', home, /This is a folder/)
    await hardware.discard()
    expect(await stored()).toBe(before)
  } finally {
    await labA.exec(['mv', `${settings}.before`, settings])
    await labA.exec(['rm', '-r', home])
    await restartDaemon()
  }
})

test('a definition that the host refuses is kept as it was typed, with what the host says about it', async () => {
  await hardware.show('XML')
  const editor = page.getByRole('textbox', { name: /^Definition of/ })
  await editor.click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('End')
  await page.keyboard.insertText('<vcpu>many</vcpu>')
  await page.getByRole('button', { name: 'Review and apply…' }).click()
  const review = main.dialog(/^Review the definition/)
  await review.getByRole('button', { name: 'Apply' }).click()
  await expect(review).toHaveCount(0)
  await expect(page.getByText('The definition was not applied')).toBeVisible()
  await expect(editor).toContainText('<vcpu>many</vcpu>')
  await page.getByText('Details').click()
  await expect(page.getByText(/vcpu/).last()).toBeVisible()
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(editor).not.toContainText('<vcpu>many</vcpu>')
  expect(await stored()).toBe(before)
})

test('a VM undefined while its form is open is not made anew, and what was typed is there when it comes back', async () => {
  await hardware.show(/^General/)
  await hardware.field('Title').fill('Too late')
  await labA.virsh(['undefine', vm.name])
  await expect(page.getByText(`${vm.name} no longer exists`)).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await labA.virsh(['define', definition])
  await hardware.open(vm.name)
  await expect(hardware.field('Title')).toHaveValue('Too late')
  expect(await stored()).toBe(before)
})

/** The form finds it by itself: nothing can be sent, and what was typed stays. */
async function expectRefusedBeforehand(label: string, typed: string, told: RegExp): Promise<void> {
  await expectRefused(label, typed, told)
  await expect(hardware.bar).toContainText(/things? to correct/)
  await expect(hardware.bar.getByRole('button', { name: 'Apply' })).toBeDisabled()
  await page.keyboard.press('Control+Enter')
  await expectRefused(label, typed, told)
}

async function expectRefused(label: string, typed: string, told: RegExp): Promise<void> {
  const field = hardware.field(label)
  await expect(field).toHaveValue(typed)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(told)
}

/** Emulators are started with the settings that the daemon read when it started. */
async function restartDaemon(): Promise<void> {
  await labA.killDaemon()
  await expect(main.host('Lab A')).not.toHaveAccessibleName(/, Connected/i)
  await labA.startDaemon()
  await expect(main.host('Lab A')).toHaveAccessibleName(/, Connected/i, { timeout: 40_000 })
}
