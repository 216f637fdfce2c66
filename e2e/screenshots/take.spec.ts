import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { MainWindow } from '../pages/main-window'
import { Screen } from '../pages/screen'
import { startApp, type RunningApp } from '../start-app'
import { serveFiles } from '../web-server'

const folder = join(import.meta.dirname, '../../docs/screenshots')
/** Samples a sparkline should have before it is worth a picture; one comes every two seconds. */
const enoughSamples = 30

/** The app in a window of 1280×720, and how to take a picture of it in both themes. */
async function stage(): Promise<{
  app: RunningApp
  main: MainWindow
  take: (name: string) => Promise<void>
}> {
  await mkdir(folder, { recursive: true })
  const app = await startApp()
  const { page } = app
  const take = async (name: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      // as the desktop would tell it
      await page.emulateMedia({ colorScheme: theme })
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await page.screenshot({ path: join(folder, `${name}-${theme}.png`), animations: 'disabled' })
    }
  }
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 720),
  )
  // only a substitute runtime has one, and it comes late
  const notice = page.getByRole('button', { name: 'Hide this notice' })
  await notice.click({ timeout: 5000 }).catch(() => undefined)
  return { app, main: new MainWindow(page), take }
}

test('welcome, table, overview and console, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page } = app

  await expect(page.getByRole('button', { name: 'Open demo' })).toBeVisible()
  await expect(page.getByText(/Looking for hypervisors/)).toHaveCount(0)
  await take('welcome')

  await page.getByRole('button', { name: 'Open demo' }).click()
  await main.showAll()
  await main.selectVm('web-01')
  await main.openVm('build-runner-07')
  const line = page.locator('.recharts-area-curve, .recharts-line-curve').first()
  await expect(line).toBeVisible()
  await expect
    .poll(async () => ((await line.getAttribute('d')) ?? '').split(/[LC]/).length, { timeout: 200_000 })
    .toBeGreaterThan(enoughSamples)
  await page.mouse.move(640, 700)
  await take('overview')

  await main.showAll()
  await main.selectVm('web-01')
  await page.mouse.move(640, 690)
  await take('table')

  await main.openVm('win11-office')
  await page.getByRole('tab', { name: 'Console' }).click()
  const screen = new Screen(page.getByRole('region', { name: 'Console of win11-office' }))
  await expect.poll(() => screen.litShare()).toBeGreaterThan(0.2)
  await take('console')
  await app.stop()
})

test('hosts in groups, a host page, adding and importing, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page, api } = app
  await api.hosts.addDemo()
  const add = (uri: string, label: string, group: string) =>
    api.hosts.add({ uri, label, group, autoconnect: false })
  await add('demo://scale/?vms=9', 'kvm-berlin-01', 'Berlin')
  await add('demo://unreachable/', 'kvm-berlin-02', 'Berlin')
  await add('demo://scale/?vms=6', 'kvm-oslo-01', 'Oslo')
  await main.host('Demo host').click()
  await page.getByRole('tab', { name: 'Overview' }).click()
  await expect(page.getByText(/vCPU/).first()).toBeVisible()
  await take('host')
  await page.getByRole('tab', { name: 'Console security' }).click()
  await take('console-security')
  await page
    .getByRole('button', { name: /^Add host/ })
    .first()
    .click()
  await expect(main.dialog('Add host')).toBeVisible()
  await take('add-host')
  await page.keyboard.press('Escape')
  await main.host('kvm-berlin-02').click()
  await take('failed-host')
  await app.stop()
})

test('storage of a host: pools, volumes and a new pool, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page, api } = app
  await api.hosts.addDemo()
  await main.host('Demo host').click()
  const notice = page.getByRole('button', { name: 'Hide this notice' })
  if (await notice.isVisible()) await notice.click()
  await page.getByRole('tab', { name: 'Storage' }).click()
  const volumes = page.getByRole('grid', { name: 'Volumes of default' })
  await expect(volumes).toContainText('GiB')
  await expect(volumes.getByText('Unused').first()).toBeVisible()
  await volumes.getByRole('row').filter({ hasText: 'build-runner-07' }).click()
  await page.mouse.move(640, 706)
  await take('storage')
  await page.getByRole('button', { name: 'New pool…' }).click()
  const dialog = main.dialog('New pool')
  await dialog.getByRole('option', { name: /^Network share/ }).click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('isos')
  await dialog.getByRole('textbox', { name: 'Server' }).fill('nas.example.net')
  await dialog.getByRole('button', { name: 'Ask the server' }).click()
  await dialog.getByRole('button', { name: '/exports/isos' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Exported folder' })).toHaveValue('/exports/isos')
  await take('storage-new-pool')
  await app.stop()
})

test('networks of a host: leases, a new network, the map and secrets, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page, api } = app
  await api.hosts.addDemo()
  await main.host('Demo host').click()
  const notice = page.getByRole('button', { name: 'Hide this notice' })
  if (await notice.isVisible()) await notice.click()
  await page.getByRole('tab', { name: 'Networks', exact: true }).click()
  await page.getByRole('tab', { name: 'Leases' }).click()
  await expect(page.getByRole('table', { name: 'Leases' })).toContainText('web-01')
  await page.mouse.move(640, 706)
  await take('networks')
  await page.getByRole('button', { name: 'New network…' }).click()
  await expect(main.dialog('New network').getByRole('textbox', { name: 'IPv4 address' })).toBeVisible()
  await take('network-new')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Map' }).click()
  await page.getByRole('button', { name: /^default .*running$/ }).hover()
  await take('network-map')
  await page.getByRole('tab', { name: 'Secrets', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Secrets' })).toBeVisible()
  await page.mouse.move(640, 706)
  await take('secrets')
  await app.stop()
})

test('a new VM: its disc, its system, its size, its disks and what will be made, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page, api } = app
  await api.hosts.addDemo()
  await main.host('Demo host').click()
  await page.getByRole('button', { name: 'New VM…' }).click()
  const wizard = main.dialog('New VM')
  await wizard.getByRole('option', { name: 'debian-12.5.0-amd64-netinst.iso' }).click()
  await expect(wizard.getByText('Ready to create')).toBeVisible()
  await take('new-vm-source')
  for (const name of ['System', 'Size', 'Storage', 'Summary']) {
    await wizard
      .getByRole('tablist', { name: 'Steps' })
      .getByRole('tab', { name: new RegExp(`^${name}`) })
      .click()
    await take(`new-vm-${name.toLowerCase()}`)
  }
  await app.stop()
})

/** A distribution's folder on the web, as far as the wizard looks. */
const treeFiles = {
  '/linux/42/os/.treeinfo':
    '[general]\nfamily = Fedora\nversion = 42\narch = x86_64\nvariant = Server\n' +
    '[images-x86_64]\nkernel = images/pxeboot/vmlinuz\ninitrd = images/pxeboot/initrd.img\n',
  '/linux/42/os/images/pxeboot/vmlinuz': 'kernel',
  '/linux/42/os/images/pxeboot/initrd.img': 'initrd',
}

const vmx = `displayName = "groupware"
guestOS = "debian12-64"
memsize = "4096"
numvcpus = "2"
firmware = "efi"
scsi0.present = "TRUE"
scsi0.virtualDev = "pvscsi"
scsi0:0.present = "TRUE"
scsi0:0.fileName = "/var/lib/libvirt/images/spare-disk.qcow2"
ethernet0.present = "TRUE"
ethernet0.virtualDev = "vmxnet3"
ethernet0.address = "00:50:56:01:02:03"
`

test('a new VM of each kind of source, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page, api } = app
  const server = await serveFiles(treeFiles)
  await api.hosts.addDemo()
  await api.hosts.add({ uri: 'demo://lxc/', label: 'Containers', autoconnect: true })
  const wizard = main.dialog('New VM')
  const open = async (host = 'Demo host'): Promise<void> => {
    if (await wizard.isVisible()) {
      await page.keyboard.press('Escape')
      const sure = main.dialog('Close without creating the VM?')
      await sure.getByRole('button', { name: 'Close' }).last().click()
    }
    await main.host(host).click()
    await page.getByRole('button', { name: 'New VM…' }).click()
    await expect(wizard).toBeVisible()
  }
  const step = (name: string) =>
    wizard.getByRole('tablist', { name: 'Steps' }).getByRole('tab', { name: new RegExp(`^${name}`) })
  const ready = () => expect(wizard.getByText('Ready to create')).toBeVisible()

  await open()
  await wizard.getByText('Network install').click()
  await wizard.getByRole('combobox', { name: 'Address' }).fill(`${server.url}/linux/42/os`)
  await expect(wizard.getByText(/Fedora Linux 42 installer/)).toBeVisible()
  await ready()
  await take('new-vm-tree')
  await wizard.getByText('A short form').click()
  await wizard.getByText('The first disk is erased without being asked').click()
  await wizard.getByRole('textbox', { name: 'User', exact: true }).fill('anna')
  await wizard.getByLabel('Password of the user').fill('not shown')
  await ready()
  await take('new-vm-answers')

  await open()
  await wizard.getByText('Cloud image').click()
  await wizard.getByRole('option', { name: /debian-12-genericcloud/ }).click()
  await step('First start').click()
  await wizard.getByLabel('Password', { exact: true }).fill('not shown')
  await ready()
  await take('new-vm-first-start')
  await step('Source').click()
  await take('new-vm-cloud')

  await open()
  const file = join(app.home, 'mail.vmx')
  await writeFile(file, vmx)
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, file)
  await wizard.getByRole('button', { name: 'From another hypervisor’s file…' }).click()
  await expect(wizard.getByRole('region', { name: 'Found in the file' })).toBeVisible()
  await ready()
  await page.mouse.move(640, 706)
  await take('new-vm-foreign-file')

  await open('Containers')
  await wizard.getByRole('textbox', { name: 'Folder with the system' }).fill('/srv/debian')
  await ready()
  await take('new-vm-container')
  await app.stop()
  await server.close()
})

test('a clone, and a VM of a template, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page, api } = app
  await api.hosts.addDemo()
  await main.showAll()
  await main.selectVm('old-fileserver')
  await page.keyboard.press('Control+Shift+L')
  const clone = main.dialog('Clone old-fileserver')
  await expect(clone).toContainText('old-fileserver-clone.qcow2')
  await take('clone')
  await page.keyboard.press('Escape')
  await main.vm('old-fileserver').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Make it a template…' }).click()
  await page.getByRole('button', { name: 'Make it a template', exact: true }).click()
  await expect(main.vm('old-fileserver')).toContainText('Template')
  await main.vm('old-fileserver').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'New VM from this template…' }).click()
  await expect(main.dialog('New VM from a template')).toContainText('old-fileserver-1.qcow2')
  await take('new-vm-template')
  await app.stop()
})

test('moving a VM to another host, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page, api } = app
  await api.hosts.addDemo()
  await api.hosts.add({ uri: 'demo://empty/', label: 'Second host', autoconnect: true })
  await expect(main.host('Second host')).toContainText('Demo')
  await main.showAll()
  await main.selectVm('db-01')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Move to another host…' }).click()
  const dialog = main.dialog('Move db-01 to another host')
  await dialog.getByRole('button', { name: /Disks/ }).click()
  await page.getByRole('option', { name: /^Copy them/ }).click()
  await expect(dialog).toContainText('Delete them there when all is well')
  await take('move')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await page.getByRole('button', { name: /^(Tasks|\d+ tasks? running)$/ }).click()
  const tasks = page.getByRole('region', { name: 'Tasks' })
  await tasks.getByText('Figures').first().click()
  await expect(tasks).toContainText('Pause to be expected')
  await take('move-task')
  await expect(tasks.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 })
  await app.stop()
})

test('the snapshots of a VM, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page } = app
  await page.getByRole('button', { name: 'Open demo' }).click()
  await main.showAll()
  await main.openVm('mail')
  await page.getByRole('tab', { name: 'Snapshots' }).click()
  await expect(page.getByRole('region', { name: 'Snapshot before-upgrade' })).toBeVisible()
  await page.mouse.move(640, 700)
  await take('snapshots')
  await page.getByRole('button', { name: 'Schedule…' }).click()
  await expect(main.dialog('Snapshots of mail by schedule')).toBeVisible()
  await take('snapshot-schedule')
  await app.stop()
})

test('hardware of a VM: a disk, the processor, adding, reviewing and what waits, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page, api } = app
  await api.hosts.addDemo()
  await main.showAll()
  await main.openVm('web-01')
  await page.getByRole('tab', { name: /^Hardware/ }).click()
  const notice = page.getByRole('button', { name: 'Hide this notice' })
  if (await notice.isVisible()) await notice.click()
  const entry = (name: RegExp) =>
    page.getByRole('navigation', { name: 'Hardware' }).getByRole('option', { name }).first()
  await entry(/^Processor/).click()
  await take('hardware-cpu')
  await entry(/^CPU placement/).click()
  await expect(page.getByText('Node 0')).toBeVisible()
  await take('hardware-placement')
  await entry(/^Boot and firmware/).click()
  await take('hardware-boot')
  await entry(/^VirtIO disk/).click()
  await take('hardware-disk')
  await page.getByRole('button', { name: 'Add hardware…' }).click()
  const add = main.dialog(/^Add hardware/)
  await add.getByRole('option', { name: 'Network card' }).click()
  await take('hardware-add')
  await add.getByRole('option', { name: 'PCI host device' }).click()
  await expect(add.getByText('GA104', { exact: false }).first()).toBeVisible()
  await take('hardware-host-device')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: / Cache$/ }).click()
  await page.getByRole('option', { name: 'Write back' }).click()
  const bar = page.getByRole('region', { name: 'Changes not applied yet' })
  await bar.getByRole('button', { name: 'Review…' }).click()
  const review = main.dialog(/^Review/)
  await review.getByRole('tab', { name: 'XML difference' }).click()
  await expect(review).toContainText('writeback')
  await take('hardware-review')
  await review.getByRole('button', { name: 'Apply' }).click()
  await page.getByRole('button', { name: /waits for the next start/ }).click()
  await expect(page.locator('.hw-done')).toHaveCount(0)
  await take('hardware-pending')
  await app.stop()
})

test('screens, loads and what runs, light and dark', async () => {
  const { app, main, take } = await stage()
  const { page } = app
  await page.getByRole('button', { name: 'Open demo' }).click()
  await main.showAll()
  await main.openVm('web-01')
  await page.getByRole('tab', { name: 'Performance' }).click()
  await expect.poll(() => page.locator('.recharts-surface').count(), { timeout: 30_000 }).toBeGreaterThan(2)
  // a minute of samples fills the shortest range
  await expect
    .poll(
      async () =>
        (
          (await page.locator('.recharts-line-curve, .recharts-area-curve').first().getAttribute('d')) ?? ''
        ).split(/[LC]/).length,
      { timeout: 200_000 },
    )
    .toBeGreaterThan(enoughSamples)
  await page.mouse.move(640, 710)
  await take('performance')
  await page.getByRole('tab', { name: 'Console' }).click()
  await expect(page.locator('.console-state')).toContainText('Connected')
  await take('console')
  await page.getByRole('tab', { name: /^Serial 1/ }).click()
  await expect(page.locator('.xterm-screen')).toBeVisible()
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.console-notice, .text-notice')).toHaveCount(0)
  await take('serial-console')
  await page.getByRole('tab', { name: 'Monitor' }).click()
  await page.getByRole('button', { name: 'Use the monitor' }).click()
  await page.getByRole('textbox', { name: /command/i }).fill('info status')
  await page.keyboard.press('Enter')
  await expect(page.getByText('VM status: running')).toBeVisible()
  await take('monitor')
  await page.getByRole('treeitem', { name: 'Top', exact: true }).click()
  await expect(page.getByRole('grid')).toBeVisible()
  await take('top')
  await main.showAll()
  await page.getByRole('button', { name: 'Screens' }).click()
  await expect.poll(() => page.locator('main img').count(), { timeout: 60_000 }).toBeGreaterThan(8)
  await take('screens')
  await app.stop()
})
