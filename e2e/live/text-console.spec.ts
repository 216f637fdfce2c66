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
  await serial.type('clear; reboot -f\n')
  await serial.shows(/LAB-GUEST-READY/, booted)
  await serial.isConnected()
  await serial.press('Enter')
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
  await serial.shows(/LAB-GUEST-READY/, booted)
})

function never(): never {
  throw new Error('the host is gone')
}
