/**
 * A computer with nothing but QEMU, by clicks: the host is added by its address, a VM that lies there as a file is started,
 * its screen and serial line are used, the app is killed and started again, and the guest is still there and obeys.
 */
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { builtGuest } from '../lab/lab'
import { addHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { Screen } from '../pages/screen'
import { consoleChoice, TextConsole } from '../pages/text-console'
import { startApp, type RunningApp } from '../start-app'

const name = 'e2e-plain'
const id = '5717e000-0000-4000-8000-0000000e2e01'
const label = 'Plain QEMU'
/** A Linux whose processor is emulated on a busy machine. */
const booted = { timeout: 150_000 }

let root: string
let app: RunningApp
let main: MainWindow

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  const guest = await builtGuest()
  root = await mkdtemp(join(tmpdir(), 'ikq-'))
  await mkdir(join(root, name))
  await writeFile(
    join(root, name, 'vm.xml'),
    `<domain type='qemu'>
  <name>${name}</name>
  <uuid>${id}</uuid>
  <memory unit='MiB'>160</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>${guest}/vmlinux</kernel>
    <initrd>${guest}/initrd</initrd>
    <cmdline>console=tty0 console=ttyS0 quiet no_timer_check lab.name=${name}</cmdline>
  </os>
  <features><acpi/><apic/></features>
  <devices>
    <serial type='pty'><target port='0'/></serial>
    <graphics type='vnc' port='-1' autoport='yes'/>
    <video><model type='vga'/></video>
    <memballoon model='virtio'/>
  </devices>
</domain>
`,
  )
  app = await startApp()
  main = new MainWindow(app.page)
  await addHost(app.page, { uri: `qemu-direct:///?root=${root}`, label })
  await expect(main.host(label)).toHaveAccessibleName(/Connected/i)
})

test.afterAll(async () => {
  await app?.stop()
  const pid = await pidOfGuest()
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  await rm(root, { recursive: true, force: true })
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

test('a VM that lies there as a file is listed, started, and shows its screen', async () => {
  await main.showAll()
  await expect(main.state(name)).toHaveText(/Shut off/)
  await main.selectVm(name)
  await main.power('Start').click()
  await expect(main.state(name)).toHaveText(/Running/, booted)
  const screen = new Screen(await main.openConsole(name))
  await expect.poll(() => screen.litShare(), booted).toBeGreaterThan(0.001)
})

test('what is typed on its serial line runs in the guest', async () => {
  await consoleChoice(app.page, name)
    .getByRole('tab', { name: /^Serial 1/ })
    .click()
  const serial = new TextConsole(app.page, `Serial 1 of ${name}`)
  await serial.isConnected()
  await expect(async () => {
    await serial.press('Enter')
    await serial.shows(/#$/)
  }).toPass(booted)
  await serial.type('echo plain-$((6*7))\n')
  await serial.shows(/^plain-42$/m)
})

test('the guest goes on when the app is killed, is found again, and shuts down', async () => {
  const pid = await pidOfGuest()
  const { home } = app
  const child = app.electron.process()
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  app = await startApp({ home })
  main = new MainWindow(app.page)
  await main.showAll()
  await expect(main.state(name)).toHaveText(/Running/, booted)
  expect(await pidOfGuest()).toBe(pid)
  await main.selectVm(name)
  await main.power('Shut down').click()
  await expect(main.state(name)).toHaveText(/Shut off/, booted)
  expect(await pidOfGuest()).toBeUndefined()
})

async function pidOfGuest(): Promise<number | undefined> {
  const text = await readFile(join(root, 'run', id, 'pid'), 'utf8').catch(() => '')
  const pid = Number(text)
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  const words = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')
  return words.includes(id) ? pid : undefined
}
