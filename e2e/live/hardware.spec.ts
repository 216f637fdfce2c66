/** Hardware changed by clicks under a real guest that runs: each change is seen from inside the guest and by virsh. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { inGuest } from '../lab/guest-agent'
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
let main: MainWindow
let hardware: HardwarePage

const vm = { name: 'e2e-plug', uuid: '4077b106-0000-4000-8000-0000000000e2', mac: '52:54:00:e2:00:01' }
const secondMac = '52:54:00:e2:00:02'
const pool = '/var/lib/libvirt/images'
const image = `${pool}/e2e-plug-disk.img`
const medium = `${pool}/e2e-plug-cd.iso`
/** The guest has no udev and one emulated CPU: it takes its time. */
const inTime = { timeout: 30_000 }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  await labA.exec(['truncate', '-s', '8M', image])
  await labA.exec(['sh', '-c', `{ echo MEDIUM-1; head -c 1048576 /dev/zero; } >${medium}`])
  const file = join(userHome, 'guest.xml')
  await writeFile(file, hotplugGuestXml(vm))
  await labA.virsh(['define', file])
  await labA.virsh(['start', vm.name])
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  hardware = new HardwarePage(app.page)
  await addLabHost(app.page, labA, 'Lab A')
  await labA.waitReady(vm.name, 120_000)
  // there is no udev: drivers of what comes later are loaded by hand
  await inside(() => 'modprobe -a virtio_blk virtio_net sr_mod && echo ok').toBe('ok')
  await hardware.open(vm.name)
})

test.afterAll(async () => {
  await app?.stop()
  if (labA) {
    await labA.removeGuest(vm.name)
    await labA.exec(['rm', '-f', image, medium])
  }
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

/** What a script says inside the guest, until it says what is expected. */
const inside = (script: () => string) =>
  expect.poll(() => inGuest(labA, vm.name, script()).catch(String), inTime)
const running = () => labA.virsh(['dumpxml', vm.name])
const stored = () => labA.virsh(['dumpxml', '--inactive', vm.name])

test('a disk is plugged in by clicks, the guest has it, and it is unplugged again', async () => {
  await hardware.add('Disk', async () => {
    await hardware.field('Image').fill(image)
    await hardware.choose('Format', 'Raw')
  })
  await expect(hardware.bar).toContainText('Takes effect at once')
  await hardware.applied()
  await inside(() => 'cat /sys/block/vda/size').toBe('16384')
  expect(await running()).toContain(image)
  expect(await stored()).toContain(image)
  await hardware.remove(/^VirtIO disk vda/)
  await hardware.applied()
  await inside(() => 'ls /sys/block | grep -c vd').toBe('0')
  expect(await running()).not.toContain(image)
  expect(await stored()).not.toContain(image)
})

test('a network card is plugged in by clicks, the guest has it, and it is unplugged again', async () => {
  const cards = () => `grep -l ${secondMac} /sys/class/net/*/address | wc -l`
  await hardware.add('Network card', async () => {
    await hardware.choose('Connected to', 'User mode')
    await hardware.field('MAC address').fill(secondMac)
  })
  await hardware.applied()
  await inside(cards).toBe('1')
  expect(await running()).toContain(secondMac)
  await hardware.show(new RegExp(secondMac))
  await hardware.remove(new RegExp(secondMac))
  await hardware.applied()
  await inside(cards).toBe('0')
  expect(await running()).not.toContain(secondMac)
  expect(await stored()).not.toContain(secondMac)
})

test('a CD is inserted by clicks and read by the guest, and ejected again', async () => {
  const label = () => 'dd if=/dev/sr0 bs=512 count=1 2>/dev/null | head -n 1'
  await hardware.show(/^SATA CD drive sda/)
  await hardware.field('Image').fill(medium)
  await hardware.applied()
  await inside(label).toBe('MEDIUM-1')
  expect(await labA.virsh(['domblklist', vm.name])).toMatch(new RegExp(`sda\\s+${medium}`))
  await hardware.field('Image').fill('')
  await hardware.applied()
  await inside(label).toBe('')
  expect(await labA.virsh(['domblklist', vm.name])).toMatch(/sda\s+-/)
})

test('the balloon takes memory from the guest by clicks, and gives it back', async () => {
  const total = () => `awk '/MemTotal/ { print $2 }' /proc/meminfo`
  const before = Number(await inGuest(labA, vm.name, total()))
  await hardware.show(/^Memory \d/)
  await hardware.field('Available now').fill('192 MiB')
  await hardware.applied()
  await expect
    .poll(async () => Number(await inGuest(labA, vm.name, total())), inTime)
    .toBeLessThan(before - 48 * 1024)
  await expect.poll(() => labA.virsh(['dominfo', vm.name]), inTime).toMatch(/Used memory:\s+196608 KiB/)
  await hardware.field('Available now').fill('256 MiB')
  await hardware.applied()
  await expect
    .poll(async () => Number(await inGuest(labA, vm.name, total())), inTime)
    .toBeGreaterThanOrEqual(before)
})

test('a watchdog is plugged in by clicks, the guest has it, and it is unplugged again', async () => {
  const watchdogs = () => 'cat /sys/bus/pci/devices/*/device | grep -c 0x25ab'
  await hardware.add('Watchdog', () => hardware.choose('When it expires', 'Do nothing'))
  await hardware.applied()
  await inside(watchdogs).toBe('1')
  expect(await running()).toContain(`<watchdog model='i6300esb' action='none'>`)
  await hardware.remove(/^Watchdog/)
  await hardware.applied()
  await inside(watchdogs).toBe('0')
  expect(await running()).not.toContain('<watchdog')
})

test('a virtual CPU is switched on by clicks and the guest uses it; what the guest does not give back is said and waits', async () => {
  await hardware.show(/^Processor/)
  await hardware.field('Switched on').fill('2')
  await hardware.applied()
  await inside(() => 'echo 1 >/sys/devices/system/cpu/cpu1/online; nproc').toBe('2')
  await hardware.field('Switched on').fill('1')
  await hardware.applied()
  await expect(
    app.page.getByText('Stored, but one change did not reach the running guest; it waits for the next start'),
  ).toBeVisible()
  await expect(app.page.getByText('The number of virtual CPUs has not changed in time')).toBeVisible()
  // the guest has let go; an emulator without KVM does not end it, and what it has is what is told
  expect(await labA.virsh(['vcpucount', vm.name, '--live', '--current'])).toMatch(/^2\s/)
  expect(await labA.virsh(['vcpucount', vm.name, '--config', '--current'])).toMatch(/^1\s/)
  await hardware.revertAll()
  expect(await labA.virsh(['vcpucount', vm.name, '--config', '--current'])).toMatch(/^2\s/)
})

test('what cannot change while the guest runs waits with its reason, is reverted by itself, and comes with the next start', async () => {
  const before = await running()
  await hardware.show(/^Memory \d/)
  await hardware.field('Memory').fill('320 MiB')
  await expect(
    app.page.getByText('At the next start. A new maximum counts from the next start.'),
  ).toBeVisible()
  await hardware.show(/^Processor/)
  await hardware.field('Named model').fill('Nehalem')
  await expect(
    app.page.getByText('At the next start. The guest sees its processor when it is switched on.'),
  ).toBeVisible()
  await hardware.applied()
  expect(await running()).toBe(before)
  expect(await stored()).toContain('Nehalem')

  await hardware.showPending()
  const line = (name: string) => hardware.pending.getByRole('listitem').filter({ hasText: name })
  await expect(line('Memory: Memory')).toContainText('256 MiB → 320 MiB')
  await expect(line('Processor: Named model')).toContainText('qemu64 → Nehalem')
  await hardware.pending.getByRole('button', { name: 'Revert Memory: Memory' }).click()
  await hardware.applied()
  await expect(line('Memory: Memory')).toHaveCount(0)
  await expect(line('Processor: Named model')).toHaveCount(1)
  expect(await stored()).toContain(`<memory unit='KiB'>262144</memory>`)

  const told = (await labA.serialLog(vm.name)).length
  await main.power('Shut down').click()
  await expect.poll(() => labA.guestState(vm.name), inTime).toBe('shut off')
  await main.power('Start').click()
  // the log is begun anew with each start
  await expect.poll(async () => (await labA.serialLog(vm.name)).length, inTime).toBeLessThan(told)
  await labA.waitReady(vm.name, 120_000)
  expect(await running()).toContain('Nehalem')
  await inside(() => `grep -m 1 'model name' /proc/cpuinfo`).toMatch(/Nehalem|i7 9xx/)
  await expect(hardware.pending).toHaveCount(0)
})

test('a change made by virsh while the form is open is shown beside ours, and nothing is overwritten: theirs is kept', async () => {
  const theirs = await conflictWith('Theirs, kept')
  const dialog = main.dialog(/was changed elsewhere/)
  await dialog.getByRole('button', { name: 'Discard mine' }).click()
  await expect(hardware.bar).toHaveCount(0)
  await expect(hardware.field('Title')).toHaveValue('')
  await expect(hardware.field('Description')).toHaveValue('Theirs, kept')
  expect(await stored()).toBe(theirs)
})

test('a change made by virsh while the form is open stays when ours is put on top of it', async () => {
  await conflictWith('Theirs, and ours')
  const dialog = main.dialog(/was changed elsewhere/)
  await dialog.getByRole('button', { name: 'Keep editing on top of theirs' }).click()
  await expect(hardware.field('Title')).toHaveValue('Ours')
  await expect(hardware.field('Description')).toHaveValue('Theirs, and ours')
  await hardware.applied()
  const both = await stored()
  expect(both).toContain('<title>Ours</title>')
  expect(both).toContain('<description>Theirs, and ours</description>')
})

/** Types a title, has virsh change the description meanwhile, and applies; the definition as virsh left it. */
async function conflictWith(description: string): Promise<string> {
  await hardware.show(/^General/)
  await hardware.field('Title').fill('Ours')
  await labA.virsh(['desc', vm.name, '--config', '--new-desc', description])
  const theirs = await stored()
  await hardware.apply()
  const dialog = main.dialog(/was changed elsewhere/)
  await expect(dialog).toContainText(description)
  await dialog.getByRole('tab', { name: 'What you changed' }).click()
  await expect(dialog).toContainText('<title>Ours</title>')
  expect(await stored()).toBe(theirs)
  return theirs
}
