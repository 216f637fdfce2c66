/**
 * The serial line of a real guest by clicks and keys, with `virsh console` as the other who wants it. What the host's own
 * log of the line has is what must have been shown.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { VirshConsole } from '../lab/virsh-console'
import { addLabHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { QemuMonitor } from '../pages/qemu-monitor'
import { consoleChoice, TextConsole } from '../pages/text-console'
import { startApp, type RunningApp } from '../start-app'

const name = 'e2e-text'
/** A Linux whose processor is emulated on a busy machine. */
const booted = 150_000

let lab: Lab
let host: LabHost
let home: string
let app: RunningApp
let main: MainWindow
let serial: TextConsole
let rival: VirshConsole | undefined

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab({ hosts: ['labA'] })
  host = lab.host('labA')
  home = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  await host.startGuest({ name, memoryMiB: 128 }, booted)
  app = await startApp({ env: { HOME: home, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  await addLabHost(app.page, host, 'Lab A')
  await main.showAll()
  await main.openConsole(name)
  await consoleChoice(app.page, name)
    .getByRole('tab', { name: /^Serial 1/ })
    .click()
  serial = new TextConsole(app.page, `Serial 1 of ${name}`)
})

test.afterAll(async () => {
  await rival?.leave()
  await app?.stop()
  await host?.removeGuest(name)
  await rm(home, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

test('what is typed runs in the guest, and German letters go both ways as they are', async () => {
  await serial.isConnected()
  await serial.press('Enter')
  await serial.shows(/#$/)
  await serial.type('echo "$((6*7)) {[]}~@\\\\|" | rev\n')
  await serial.shows(/^\|\\@~\}\]\[\{ 24$/m)
  // pasted into a file and counted there: bytes of UTF-8, not what the line editor makes of them
  await serial.paste('cat > /tmp/typed')
  await serial.press('Enter')
  await serial.paste('Grüße aus Köln, größer als 5 €')
  await serial.press('Enter')
  await serial.press('Control+d')
  await serial.type('wc -c < /tmp/typed; cat /tmp/typed\n')
  await serial.shows(/^38\nGrüße aus Köln, größer als 5 €$/m)
})

test('the log file equals what the host itself logged of the line meanwhile', async () => {
  const path = join(home, 'serial.log')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)
  await serial.button('Log to file…').click()
  await expect(serial.button('Log: serial.log')).toBeVisible()
  await serial.type('seq 500 520\n')
  await serial.shows(/^519\n520$/m)
  await serial.button('Log: serial.log').click()
  await expect(serial.button('Log to file…')).toBeVisible()
  const logged = await readFile(path, 'utf8')
  expect(logged).toContain('519\r\n520\r\n')
  await expect.poll(() => host.serialLog(name)).toContain(logged)
})

test('a restart of the guest keeps the terminal, which shows it boot', async () => {
  const { length } = await host.serialLog(name)
  await serial.type('reboot -f\n')
  await host.waitReady(name, booted, length)
  await serial.isConnected()
  await prompted()
  expect(await serial.text()).toContain('LAB-GUEST-READY')
  await serial.type('echo again-$((40+2))\n')
  await serial.shows(/^again-42$/m)
})

test('somebody who takes the line by force is told of, and it is taken back by a click', async () => {
  rival = await VirshConsole.open(host, name, ['--force'])
  await expect(serial.region.getByText('Taken over elsewhere')).toBeVisible()
  await serial.button('Take over').click()
  await serial.isConnected()
  await expect.poll(() => rival?.isOver, { timeout: 30_000 }).toBe(true)
  await serial.press('Enter')
  await serial.type('echo mine-$((40+3))\n')
  await serial.shows(/^mine-43$/m)
})

test('a line that virsh has is not taken without a question, and virsh ends when it is', async () => {
  // the VM goes off and on, and virsh is there first
  await host.virsh(['destroy', name])
  await expect(serial.region.getByText('The VM is shut off')).toBeVisible()
  await main.page.getByRole('tab', { name: 'Overview' }).click()
  await app.api.hosts.disconnect({ host: (await app.api.hosts.list()).items[0]?.id ?? never() })
  await host.virsh(['start', name])
  rival = await VirshConsole.open(host, name)
  await app.api.hosts.connect({ host: (await app.api.hosts.list()).items[0]?.id ?? never() })
  await main.page.getByRole('tab', { name: 'Console' }).click()
  await expect(serial.region.getByText('Open elsewhere').first()).toBeVisible()
  expect(rival.isOver).toBe(false)
  rival.type('\r')
  await serial.button('Take over').click()
  await serial.isConnected()
  await expect.poll(() => rival?.isOver, { timeout: 30_000 }).toBe(true)
  // the log of the line begins anew with the VM
  await host.waitReady(name, booted)
  await prompted()
})

test('the monitor of QEMU answers in words and in JSON, and errors are told apart', async () => {
  const monitor = new QemuMonitor(app.page, name)
  await monitor.open()
  await monitor.run('info status')
  await expect(monitor.answers.last()).toContainText('VM status: running')
  await monitor.region.getByRole('searchbox', { name: 'Find information' }).fill('vnc')
  await monitor.region.getByRole('button', { name: /^vnc/ }).click()
  await expect(monitor.answers.last()).toContainText('Server: 127.0.0.1:')
  await monitor.run('no-such-word')
  await expect(monitor.answers.last()).toContainText("unknown command: 'no-such-word'")
  await monitor.speak('QMP')
  await monitor.run('query-status')
  await expect(monitor.answers.last()).toContainText('"status": "running"')
  await monitor.run('{"execute": "query-nothing"}')
  await expect(monitor.answers.last().locator('pre[data-error]')).toContainText('CommandNotFound')
  // what the user was warned of
  expect(await host.virsh(['dominfo', name])).toMatch(/custom.monitor/i)
})

test('the monitor stops and resumes the guest, as its page shows', async () => {
  const monitor = new QemuMonitor(app.page, name)
  const state = app.page.getByRole('main').getByRole('status').first()
  await monitor.speak('HMP')
  await monitor.run('stop')
  await expect(state).toContainText('Paused')
  await monitor.run('cont')
  await expect(state).toContainText('Running')
})

test('a break on the serial line reaches the kernel as its magic key', async () => {
  await consoleChoice(app.page, name)
    .getByRole('tab', { name: /^Serial 1/ })
    .click()
  await serial.isConnected()
  await serial.type('clear; echo 1 > /proc/sys/kernel/sysrq; echo ready-$((40+2))\n')
  await serial.shows(/^ready-42$/m)
  await serial.button('Send').click()
  await app.page.getByRole('menuitem', { name: /^Break/ }).click()
  await serial.press('h')
  await serial.shows(/sysrq: HELP/)
})

test('a shell of the host goes over the ssh connection that is there, on a terminal of the right size', async () => {
  await main.host('Lab A').click()
  await app.page.getByRole('tab', { name: 'Shell' }).click()
  await app.page.getByRole('button', { name: 'Open a shell' }).click()
  const shell = new TextConsole(app.page, 'Shell on Lab A')
  await shell.isConnected()
  await shell.type('hostname; stty size; echo Grüße-$((40+2))\n')
  const [columns, rows] = ((await shell.region.locator('.text-size').textContent()) ?? '').split(' × ')
  await shell.shows(new RegExp(`^labA\\n${rows} ${columns}\\nGrüße-42$`, 'm'))
  await shell.type('exit\n')
  await expect(shell.region.getByText('The session has ended')).toBeVisible()
})

/** The guest's shell is there, and what is typed is not lost. */
async function prompted(): Promise<void> {
  await serial.press('Enter')
  await serial.shows(/#$/)
}

function never(): never {
  throw new Error('the host is gone')
}
