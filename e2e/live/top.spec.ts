/** What runs on a real host, busiest first, held against virsh; and what KVM counts there, or why it cannot be told. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { KvmTree } from '../lab/kvm-tree'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addLabHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { TopPage } from '../pages/top-page'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let userHome: string
let app: RunningApp
let main: MainWindow
let top: TopPage

const busy = 'e2e-top-busy'
const idle = 'e2e-top-idle'
const inTime = { timeout: 60_000 }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab({ hosts: ['labA'] })
  labA = lab.host('labA')
  await labA.startGuest({ name: idle })
  await labA.startGuest({ name: busy, disk: true, load: ['cpu', 'disk'] })
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  top = new TopPage(app.page)
  await addLabHost(app.page, labA, 'Lab A')
  await app.api.polling.set({ everySeconds: 1, figures: ['cpu', 'memory', 'disk', 'network'] })
})

test.afterAll(async () => {
  await app?.stop()
  await labA?.removeGuest(busy)
  await labA?.removeGuest(idle)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

/** "0:12.3" or "1:02:03". */
function secondsOf(text: string): number {
  return text
    .replaceAll(',', '')
    .split(':')
    .reduce((all, part) => all * 60 + Number(part), 0)
}

async function virshCpuSeconds(): Promise<number> {
  const text = await labA.virsh(['domstats', busy, '--cpu-total'])
  return Number(/cpu\.time=(\d+)/.exec(text)?.[1]) / 1e9
}

test('the busy guest is first by CPU, and its CPU time is what virsh tells', async () => {
  await top.open()
  await expect.poll(async () => (await top.column(top.vms, 'VM'))[0], inTime).toBe(busy)
  const shown = async (): Promise<number> => secondsOf((await top.column(top.vms, 'Time'))[0] ?? '')
  const first = await shown()
  const before = await virshCpuSeconds()
  // read after virsh was asked
  await expect.poll(shown, inTime).toBeGreaterThan(Math.max(first, before))
  const now = await shown()
  const after = await virshCpuSeconds()
  expect(now).toBeLessThanOrEqual(after)
})

test('what the guest reads and writes stands beside its disk, and its virtual CPU has a place on the host', async () => {
  await top.show('Disks')
  await expect.poll(async () => (await top.column(top.disks, 'VM'))[0], inTime).toBe(busy)
  expect((await top.column(top.disks, 'Disk'))[0]).toBe('vda')
  await expect.poll(async () => (await top.column(top.disks, 'Read'))[0], inTime).toMatch(/B\/s$/)
  await top.show('vCPUs')
  await expect.poll(async () => (await top.column(top.vcpus, 'VM'))[0], inTime).toBe(busy)
  expect((await top.column(top.vcpus, 'Runs on'))[0]).toMatch(/^CPU \d+$/)
  await top.show('Host CPUs')
  await expect
    .poll(async () => (await top.column(top.hostCpus, 'VMs that last ran on it'))[0], inTime)
    .toContain(busy)
})

test('a host whose KVM counters cannot be read says what would help, and shows them once it was done', async () => {
  await main.host('Lab A').click()
  await app.page.getByRole('tab', { name: 'KVM', exact: true }).click()
  const region = app.page.getByRole('region', { name: 'KVM counters of Lab A' })
  await expect(region).toContainText(
    existsSync('/dev/kvm') ? 'mount -t debugfs debugfs /sys/kernel/debug' : 'The host has no KVM',
    inTime,
  )
  // the lab's guests are emulated: what KVM would count for one is written in its place
  const tree = await KvmTree.of(labA, busy)
  try {
    await tree.count('exits', 1000)
    await tree.mount()
    await region.getByRole('button', { name: 'Try again' }).click()
    await region.getByText('Guests', { exact: true }).click()
    const guests = region.getByRole('grid', { name: 'Guests that KVM runs' })
    await expect(guests.getByText(busy, { exact: true })).toBeVisible(inTime)
    await tree.count('exits', 1250)
    await expect(guests.getByRole('row').nth(1).getByRole('gridcell').last()).toHaveText('250', inTime)
    await guests.getByText(busy, { exact: true }).dblclick()
    await expect(app.page.getByRole('main', { name: `Virtual machine ${busy}` })).toBeVisible()
  } finally {
    await tree.remove()
  }
})
