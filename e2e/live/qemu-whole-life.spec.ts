/**
 * The whole life of a VM on a computer that has QEMU and no libvirt, by clicks, from settings that are empty: made in the
 * wizard, used, given a disk while it runs, taken back to a snapshot, left alone by an app that was killed, found again and
 * shut down. Once on this computer, which the first start finds by itself, and once by ssh.
 */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { builtGuest, startLab, type Lab } from '../lab/lab'
import { addHost } from '../pages/connect'
import { HardwarePage } from '../pages/hardware-page'
import { MainWindow } from '../pages/main-window'
import { NewVmWizard } from '../pages/new-vm-wizard'
import { Screen } from '../pages/screen'
import { SnapshotsPage } from '../pages/snapshots-page'
import { consoleChoice, TextConsole } from '../pages/text-console'
import { startApp, type RunningApp } from '../start-app'

const run = promisify(execFile)
const name = 'e2e-whole-life'
const blank = 'e2e-blank.qcow2'
const later = 'e2e-later.qcow2'
/** A Linux whose processor is emulated on a busy machine. */
const booted = { timeout: 180_000 }
const inTime = { timeout: 60_000 }

for (const way of ['on this computer', 'by ssh'] as const) {
  test.describe(`a VM without libvirt ${way}`, () => {
    let userHome: string
    let settings: string
    let lab: Lab | undefined
    let app: RunningApp
    let main: MainWindow
    /** Of the VMs. */
    const store = () => (lab ? '/var/lib/innkeeper-e2e' : join(userHome, '.local/share/innkeeper/vms'))
    const pool = () => join(store(), 'images')
    const host = () =>
      main.tree.getByRole('treeitem', { name: way === 'by ssh' ? /^Far away.*Connected/ : /, Connected/ })

    test.describe.configure({ mode: 'serial', timeout: 300_000 })

    test.beforeAll(async () => {
      userHome = await mkdtemp(join(tmpdir(), 'ikh-'))
      settings = join(userHome, 'settings')
      await mkdir(settings)
      if (way === 'by ssh') {
        lab = await startLab({ hosts: ['labA'] })
        await mkdir(join(userHome, '.ssh'), { mode: 0o700 })
        await copyFile(lab.keyFile, join(userHome, '.ssh/id_ed25519'))
      }
      await onHost('mkdir', '-p', pool())
      for (const image of [blank, later])
        await onHost('qemu-img', 'create', '-q', '-f', 'qcow2', join(pool(), image), '16M')
      await open()
    })

    test.afterAll(async () => {
      const pid = await pidOfGuest()
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
      await app?.stop()
      await onHost('rm', '-rf', store())
      await lab?.stop()
      await rm(userHome, { recursive: true, force: true })
    })

    test.afterEach(() => {
      expect(app.pageErrors).toEqual([])
    })

    async function open(): Promise<void> {
      const env = { HOME: userHome, XDG_DATA_HOME: '', XDG_RUNTIME_DIR: '', SSH_AUTH_SOCK: '' }
      app = await startApp({ home: settings, env })
      main = new MainWindow(app.page)
    }

    async function onHost(...words: readonly [string, ...string[]]): Promise<void> {
      const [program, ...others] = words
      await (lab ? lab.host('labA').exec(words) : run(program, others))
    }

    /** The process that runs the VM, known by its name. */
    async function pidOfGuest(): Promise<number | undefined> {
      const { stdout } = await run('pgrep', ['-f', `guest=${name}.*${store()}`]).catch(() => ({
        stdout: '',
      }))
      return stdout === '' ? undefined : Number(stdout.split('\n')[0])
    }

    async function serial(): Promise<TextConsole> {
      await main.showAll()
      await main.openConsole(name)
      await consoleChoice(app.page, name)
        .getByRole('tab', { name: /^Serial 1/ })
        .click()
      const line = new TextConsole(app.page, `Serial 1 of ${name}`)
      await line.isConnected()
      return line
    }

    /** What a command says in the guest, until it says what is expected. */
    async function inside(command: string, wanted: RegExp): Promise<void> {
      const line = await serial()
      await expect(async () => {
        await line.type(`\r${command}\r`)
        await line.shows(wanted, 10_000)
      }).toPass(booted)
    }

    test('its host is ready', async () => {
      if (lab) {
        const far = lab.host('labA')
        await addHost(app.page, {
          uri: `qemu-direct+ssh://root@${far.address}/?root=${store()}`,
          label: 'Far away',
          fingerprint: far.hostKeyFingerprint,
        })
      }
      await expect(host()).toHaveCount(1, inTime)
    })

    test('it is made in the wizard and boots', async () => {
      const guest = await builtGuest()
      const wizard = new NewVmWizard(app.page)
      await host().click()
      await wizard.openHere()
      await wizard.from('Existing disk')
      await wizard.click(wizard.dialog.getByRole('button', { name: 'Choose…' }))
      await main
        .dialog('Choose a volume or file')
        .getByRole('row', { name: new RegExp(blank) })
        .click()
      await wizard.fill('textbox', 'Name', name)
      await wizard.emulate()
      await wizard.startKernel(name, {
        Kernel: `${guest}/vmlinux`,
        'Initial RAM disk': `${guest}/initrd`,
        'Kernel arguments': `console=tty0 console=ttyS0 quiet no_timer_check lab.name=${name}`,
      })
      await wizard.create()
      await wizard.litConsole(name)
      expect(await pidOfGuest()).toBeDefined()
    })

    test('what is typed on its console is answered', async () => {
      await inside('echo whole-$((6*7))', /^whole-42$/m)
      await consoleChoice(app.page, name).getByRole('tab', { name: 'Screen' }).click()
      const screen = new Screen(app.page.getByRole('region', { name: `Console of ${name}` }))
      const before = await screen.hash()
      await screen.canvas.click()
      await app.page.keyboard.type('echo seen\n', { delay: 20 })
      await expect.poll(() => screen.hash(), inTime).not.toBe(before)
    })

    test('it takes a disk while it runs', async () => {
      const hardware = new HardwarePage(app.page)
      await hardware.open(name)
      await hardware.add('Disk', () => hardware.field('Image').fill(join(pool(), later)))
      await expect(hardware.bar).toContainText('Takes effect at once')
      await hardware.applied()
      await inside('modprobe virtio_blk; echo size $(cat /sys/block/vdb/size)', /^size 32768$/m)
    })

    test('it goes back to a snapshot with the memory that it had', async () => {
      await inside('echo before >/tmp/mark; echo mark $(cat /tmp/mark)', /^mark before$/m)
      const snapshots = new SnapshotsPage(app.page)
      await snapshots.open(name)
      await snapshots.take(name, 'good', (dialog) =>
        dialog.getByRole('radio', { name: /^Inside the disk images/ }).check({ force: true }),
      )
      await inside('echo after >/tmp/mark; echo mark $(cat /tmp/mark)', /^mark after$/m)
      await snapshots.open(name)
      await snapshots.goBack('good')
      await main.showAll()
      await expect(main.state(name)).toHaveText(/Running/, booted)
      await inside('echo now $(cat /tmp/mark)', /^now before$/m)
    })

    test('it goes on when the app is killed, is found again with its disk, and shuts down', async () => {
      const pid = await pidOfGuest()
      const child = app.electron.process()
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      await open()
      await main.showAll()
      await expect(main.state(name)).toHaveText(/Running/, inTime)
      expect(await pidOfGuest()).toBe(pid)
      await inside('echo still $(cat /tmp/mark) $(cat /sys/block/vdb/size)', /^still before 32768$/m)
      await main.power('Shut down').click()
      await main.showAll()
      await expect(main.state(name)).toHaveText(/Shut off/, booted)
      expect(await pidOfGuest()).toBeUndefined()
    })
  })
}
