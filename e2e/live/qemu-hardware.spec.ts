/** Hardware changed by clicks under a real guest that QEMU runs without libvirt: each change is seen from inside the guest. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { expect, test } from '@playwright/test'
import { PlainGuest, plainVm } from '../lab/plain-guest'
import { addHost } from '../pages/connect'
import { HardwarePage } from '../pages/hardware-page'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

const { name, mac } = plainVm
const secondMac = '52:54:00:40:b1:07'
const label = 'Plain QEMU'
/** A Linux whose processor is emulated on a busy machine. */
const booted = { timeout: 150_000 }
const inTime = { timeout: 60_000 }

let vm: PlainGuest
let app: RunningApp
let main: MainWindow
let hardware: HardwarePage

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  vm = await PlainGuest.make()
  app = await startApp()
  main = new MainWindow(app.page)
  hardware = new HardwarePage(app.page)
  await addHost(app.page, { uri: vm.uri, label })
  await expect(main.host(label)).toHaveAccessibleName(/Connected/i)
  await main.showAll()
  await main.selectVm(name)
  await main.power('Start').click()
  await expect(main.state(name)).toHaveText(/Running/, booted)
  await vm.booted()
  await inside('modprobe -a virtio_blk virtio_net sr_mod && echo ok').toBe('ok')
  await hardware.open(name)
})

test.afterAll(async () => {
  await app?.stop()
  await vm?.tearDown()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

/** What a script says inside the guest, until it says what is expected. */
const inside = (script: string) => expect.poll(() => vm.shell(script).catch(String), inTime)
const running = () => vm.running()
const stored = () => vm.stored()

test('a disk is plugged in by clicks, written by the guest, and unplugged again', async () => {
  await hardware.add('Disk', async () => {
    await hardware.field('Image').fill(vm.disk)
    await hardware.choose('Format', 'Raw')
  })
  await expect(hardware.bar).toContainText('Takes effect at once')
  await hardware.applied()
  await inside('cat /sys/block/vda/size').toBe('16384')
  await inside('echo by-clicks | dd of=/dev/vda conv=fsync 2>/dev/null && echo done').toBe('done')
  expect((await readFile(vm.disk)).subarray(0, 9).toString()).toBe('by-clicks')
  expect(await running()).toContain(vm.disk)
  expect(await stored()).toContain(vm.disk)
  await hardware.remove(/^VirtIO disk vda/)
  await hardware.applied()
  await inside('ls /sys/block | grep -c vd').toBe('0')
  expect(await running()).not.toContain(vm.disk)
  expect(await stored()).not.toContain(vm.disk)
})

test('a CD is inserted by clicks and read by the guest, and ejected again', async () => {
  const first = 'dd if=/dev/sr0 bs=512 count=1 2>/dev/null | head -n 1'
  await hardware.show(/^SATA CD drive sda/)
  await hardware.field('Image').fill(vm.media[0])
  await hardware.applied()
  await inside(first).toBe('MEDIUM-1')
  await hardware.field('Image').fill('')
  await hardware.applied()
  await inside(first).toBe('')
})

test('a network card is plugged in by clicks, the guest has it, and it is unplugged again', async () => {
  const cards = `grep -l ${secondMac} /sys/class/net/*/address | wc -l`
  await hardware.add('Network card', async () => {
    await hardware.choose('Connected to', 'User mode')
    await hardware.field('MAC address').fill(secondMac)
  })
  await hardware.applied()
  await inside(cards).toBe('1')
  await hardware.remove(new RegExp(secondMac))
  await hardware.applied()
  await inside(cards).toBe('0')
  expect(await running()).not.toContain(secondMac)
})

test('a port of the host is forwarded by clicks, and the guest is reached by it at once', async () => {
  const port = await freePort()
  await vm.shell('mkdir -p /run/www && echo from-inside >/run/www/index.html && httpd -p 8000 -h /run/www')
  await hardware.show(new RegExp(mac))
  await app.page.getByRole('button', { name: 'Add port forward' }).click()
  const row = app.page.getByRole('group', { name: 'port forward 1' })
  await row.getByRole('button', { name: /Protocol$/ }).click()
  await app.page.getByRole('listbox', { name: 'Protocol' }).getByRole('option', { name: 'TCP' }).click()
  await row.getByRole('textbox', { name: 'Host port' }).fill(String(port))
  await row.getByRole('textbox', { name: 'Guest port' }).fill('8000')
  await expect(hardware.bar).toContainText('Takes effect at once')
  await hardware.applied()
  const read = async () => (await fetch(`http://127.0.0.1:${port}/`)).text()
  await expect.poll(() => read().catch(String), inTime).toContain('from-inside')
  await app.page.getByRole('button', { name: 'Remove port forward 1' }).click()
  await hardware.applied()
  await expect(read()).rejects.toThrow('fetch failed')
})

test('a card that the host counts nothing of is said to be so, instead of having carried nothing', async () => {
  await app.page.getByRole('tab', { name: 'Performance' }).click()
  await expect(app.page.getByText(/The host counts nothing here: .* in user mode/).first()).toBeVisible(
    inTime,
  )
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
