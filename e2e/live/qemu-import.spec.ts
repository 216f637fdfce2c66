/** A command line that somebody runs QEMU with becomes a VM that starts: on a host without libvirt, by clicks. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { builtGuest } from '../lab/lab'
import { PlainStore } from '../lab/plain-vm'
import { addHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { Screen } from '../pages/screen'
import { startApp, type RunningApp } from '../start-app'

const name = 'from-command'
const id = '5717e000-0000-4000-8000-0000000e2e03'
const label = 'Imports'
/** A Linux whose processor is emulated on a busy machine. */
const booted = { timeout: 150_000 }

let store: PlainStore
let guest: string
let app: RunningApp
let main: MainWindow

const dialog = () => main.dialog('VM from a QEMU command')
const command = () => dialog().getByRole('textbox', { name: /^Command, script/ })

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  guest = await builtGuest()
  store = await PlainStore.make()
  app = await startApp()
  main = new MainWindow(app.page)
  await addHost(app.page, { uri: store.uri, label })
  await expect(main.host(label)).toHaveAccessibleName(/Connected/i)
})

test.afterAll(async () => {
  await app?.stop()
  await store?.remove(id)
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

test('a text that no shell has read yet is refused with the place of what is wrong', async () => {
  await main.host(label).click()
  await app.page.getByRole('button', { name: 'New VM…' }).first().click()
  await app.page.getByRole('button', { name: 'From a QEMU command…' }).click()
  await command().fill('qemu-system-x86_64 -m 160 \\\n  -hda $DISK')
  const alert = dialog().getByRole('alert')
  await expect(alert).toContainText('$DISK is filled in by a shell')
  await expect(alert).toContainText('Line 2, character 8')
  await expect(dialog().getByRole('button', { name: 'Create' })).toBeDisabled()
})

test('a pasted command shows what was understood, what was changed, and what goes to QEMU as it is', async () => {
  await command().fill(`sudo qemu-system-x86_64 -enable-kvm -daemonize -name ${name} -uuid ${id} \\
  -m 160 -smp 1 -machine q35 \\
  -kernel ${guest}/vmlinux -initrd ${guest}/initrd \\
  -append "console=tty0 console=ttyS0 quiet no_timer_check lab.name=${name}" \\
  -vga std -display gtk -serial mon:stdio -nic user,model=virtio-net-pci \\
  -fw_cfg name=opt/org.example/who,string=guest`)
  const understood = dialog().getByRole('region', { name: 'Understood' })
  await expect(understood.getByText(/^Network card/)).toBeVisible()
  const changed = dialog().getByRole('region', { name: 'Changed or left out' })
  await expect(changed).toContainText('“sudo” is left out')
  await expect(changed).toContainText('-daemonize is left out')
  await expect(changed).toContainText('-fw_cfg name=opt/org.example/who,string=guest')
  await expect(dialog().getByRole('textbox', { name: 'Name' })).toHaveValue(name)
})

test('it is created, starts, and shows its screen', async () => {
  await dialog().getByText('Start it now and open its console').click()
  await dialog().getByRole('button', { name: 'Create' }).click()
  await expect(dialog()).toHaveCount(0)
  const screen = new Screen(app.page.getByRole('region', { name: `Console of ${name}` }))
  await expect.poll(() => screen.litShare(), booted).toBeGreaterThan(0.001)
  expect(await store.pidOf(id)).toBeDefined()
})

test('a script that is opened as a file gives its command, and tells the rest', async () => {
  const script = join(store.root, 'run.sh')
  await writeFile(
    script,
    '#!/bin/sh\nmodprobe tun\nqemu-system-x86_64 -name second -m 256 -hda /images/none.qcow2\n',
  )
  await main.host(label).click()
  await app.page.getByRole('button', { name: 'New VM…' }).first().click()
  await app.page.getByRole('button', { name: 'From a QEMU command…' }).click()
  await dialog().getByLabel('File with a command').setInputFiles(script)
  await expect(dialog().getByRole('region', { name: 'Changed or left out' })).toContainText('modprobe tun')
  await expect(dialog().getByRole('textbox', { name: 'Name' })).toHaveValue('second')
  await expect(
    dialog()
      .getByText(/\/images\/none\.qcow2/)
      .last(),
  ).toBeVisible()
})
