import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addLabHost } from '../pages/connect'
import { ConsoleTab } from '../pages/console-tab'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let host: LabHost
let userHome: string
let app: RunningApp
let main: MainWindow

const vm = 'e2e-spice'

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  host = lab.host('labA')
  await host.defineTiny(
    vm,
    `<controller type='usb' model='qemu-xhci'/><controller type='virtio-serial'/>
     <graphics type='spice' autoport='yes'><listen type='address' address='0.0.0.0'/></graphics>
     <channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>
     <redirdev bus='usb' type='spicevmc'/><video><model type='vga'/></video>`,
  )
  await host.virsh(['start', vm])
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  await addLabHost(app.page, host, 'Lab A')
  await main.showAll()
  await main.openConsole(vm)
})

test.afterAll(async () => {
  await app?.stop()
  await host?.removeGuest(vm)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test('a SPICE display is handed over with the address and port at which it listens', async () => {
  const tab = new ConsoleTab(app.page, vm)
  await tab.region.getByRole('button', { name: 'Other viewer…' }).click({ timeout: 30_000 })
  const dialog = main.dialog(`Show ${vm} in another program`)
  const url = (await host.virsh(['domdisplay', vm])).trim()
  const port = /:(\d+)/.exec(url)?.[1]
  await expect(dialog.getByText(`spice://${host.address}:${port}`)).toBeVisible()
  const saved = app.electron.evaluate(
    ({ session }) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (event, item) => {
          event.preventDefault()
          resolve(item.getFilename())
        })
      }),
  )
  await dialog.getByRole('button', { name: 'Save a .vv file…' }).click()
  expect(await saved).toBe(`${vm}.vv`)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
})

test('a VM changed to VNC starts without what only SPICE carried, and shows its screen', async () => {
  const tab = new ConsoleTab(app.page, vm)
  await tab.region.getByRole('button', { name: 'Change to VNC…' }).click()
  const dialog = main.dialog(`Change ${vm} to VNC?`)
  await expect(dialog.getByText('USB devices of the viewer’s computer')).toBeVisible()
  await dialog.getByRole('button', { name: 'Change to VNC' }).click()
  await expect(app.page.getByText(`${vm} has VNC from its next start`)).toBeVisible({ timeout: 30_000 })
  const stored = await host.virsh(['dumpxml', '--inactive', vm])
  expect(stored).toContain(`<graphics type='vnc'`)
  expect(stored).not.toContain('spicevmc')
  await host.virsh(['destroy', vm])
  await host.virsh(['start', vm])
  await expect.poll(() => tab.screen.litShare(), { timeout: 60_000 }).toBeGreaterThan(0.0001)
})
