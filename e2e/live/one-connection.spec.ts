import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { ConsoleId } from '../../shared/model/ids'
import { sshConnections } from '../lab/faults/sshd'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { Screen } from '../pages/screen'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let host: LabHost
let userHome: string
let app: RunningApp
let main: MainWindow

/** They stay in their firmware, whose screen is enough for a console. */
const guests = ['one-1', 'one-2', 'one-3']

test.beforeAll(async () => {
  lab = await startLab({ hosts: ['labA'] })
  host = lab.host('labA')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  for (const name of guests) {
    const file = join(userHome, 'vm.xml')
    await writeFile(
      file,
      `<domain type='qemu'><name>${name}</name><memory unit='MiB'>16</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <devices><graphics type='vnc' autoport='yes'><listen type='address' address='127.0.0.1'/></graphics>
        <video><model type='vga'/></video></devices></domain>`,
    )
    await host.virsh(['define', file])
    if (name !== guests[2]) await host.virsh(['start', name])
  }
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
})

test.afterAll(async () => {
  await app?.stop()
  for (const name of guests) await host?.removeGuest(name)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test('three consoles, a start and polling share one ssh connection, counted on the server', async () => {
  await addHost(app.page, {
    uri: `qemu+ssh://root@${host.address}/system`,
    label: 'Lab A',
    password: host.password,
    fingerprint: host.hostKeyFingerprint,
  })
  await expect(main.host('Lab A')).toHaveAccessibleName(/Connected/i)
  await main.showAll()
  await main.selectVm('one-3')
  await main.power('Start').click()
  await expect(main.state('one-3')).toContainText('Running', { timeout: 20_000 })

  // one as the user opens it, the others as further windows would
  const screen = new Screen(await main.openConsole('one-1'))
  await expect.poll(() => screen.litShare(), { timeout: 30_000 }).toBeGreaterThan(0.001)
  await keepPorts()
  const { items } = await app.api.vms.list()
  const opened: ConsoleId[] = []
  for (const name of guests.slice(1)) {
    const vm = items.find((one) => one.name === name)
    if (!vm) throw new Error(`no ${name}`)
    const opening = await app.api.console.open({ host: vm.host, vm: vm.id })
    if (opening.kind !== 'open') throw new Error(`the screen of ${name} asks for ${opening.kind}`)
    opened.push(opening.console)
  }
  await expect.poll(() => vncConnections()).toBe(3)

  // for as long as it takes to poll some times
  const counts = new Set<number>()
  for (let times = 0; times < 12; times += 1) {
    counts.add(await sshConnections(host))
    await app.page.waitForTimeout(500)
  }
  expect([...counts]).toEqual([1])
  expect(await vncConnections()).toBe(3)
  for (const console of opened) await app.api.console.close({ console })
  await expect.poll(() => vncConnections()).toBe(1)
  expect(await sshConnections(host)).toBe(1)
})

/** A port that nobody holds is closed by the collector of garbage. */
function keepPorts(): Promise<void> {
  return app.page.evaluate(() => {
    const page = globalThis as unknown as { keptPorts: MessagePort[] }
    page.keptPorts = []
    addEventListener('message', (event) => {
      for (const port of event.ports) {
        port.start()
        page.keptPorts.push(port)
      }
    })
  })
}

/** Connections to the displays of guests, as the host's kernel has them. */
async function vncConnections(): Promise<number> {
  const table = await host.exec(['ss', '-Htn', 'state', 'established', 'sport >= :5900 and sport <= :5999'])
  return table.split('\n').filter((row) => row.trim() !== '').length
}
