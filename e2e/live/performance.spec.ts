/** A real guest works, and the window tells what the guest's own kernel says; what was is still there after a restart. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { LoadedGuest } from '../lab/loaded-guest'
import { addLabHost, typePassword } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { PerformancePage } from '../pages/performance-page'
import { startApp, type RunningApp } from '../start-app'

const name = 'e2e-performance'
const mib = 1024 ** 2
const inTime = { timeout: 60_000 }

let lab: Lab
let labA: LabHost
let guest: LoadedGuest
let userHome: string
let app: RunningApp
let main: MainWindow
let charts: PerformancePage

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  await labA.removeGuest(name)
  if (!(await labA.virsh(['net-list', '--name'])).split('\n').includes('default'))
    await labA.virsh(['net-start', 'default'])
  guest = new LoadedGuest(labA, name)
  await guest.start()
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  await openApp()
  await addLabHost(app.page, labA, 'Lab A')
})

test.afterAll(async () => {
  await app?.stop()
  await labA?.removeGuest(name)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

async function openApp(home?: string): Promise<void> {
  app = await startApp({
    env: { HOME: userHome, SSH_AUTH_SOCK: '' },
    ...(home === undefined ? {} : { home }),
  })
  main = new MainWindow(app.page)
  charts = new PerformancePage(app.page)
}

async function openCharts(): Promise<void> {
  await main.showAll()
  await expect(main.vm(name)).toBeVisible(inTime)
  await main.openVm(name)
  await charts.open()
}

/** "41.2 MiB" in mebibytes. */
function mebibytes(text: string): number {
  const [, figure, unit] = /([\d.]+) ([KMG])iB/.exec(text) ?? []
  return Number(figure) * ({ K: 1 / 1024, M: 1, G: 1024 }[unit ?? ''] ?? Number.NaN)
}

test('what the guest has written and received stands beside its disk and card', async () => {
  await openCharts()
  await guest.write(40)
  await guest.receive(12)
  const written = (await guest.disk()).writeBytes / mib
  const received = (await guest.receivedBytes()) / mib
  const disk = charts.table('Disks').getByRole('row').filter({ hasText: 'vda' })
  const card = charts.table('Network cards').getByRole('row').filter({ hasText: 'vnet' })
  const near = (text: string, truth: number): boolean => Math.abs(mebibytes(text) - truth) / truth < 0.05
  const shown = async (): Promise<boolean[]> => {
    const [, ofDisk = ''] = /read, (.*) written/.exec((await disk.textContent()) ?? '') ?? []
    return [near(ofDisk, written), near((await card.getByRole('cell').nth(4).textContent()) ?? '', received)]
  }
  await expect.poll(shown, inTime).toEqual([true, true])
})

test('the work was drawn: its peak reads as more than nothing, and the guest tells its memory', async () => {
  await openCharts()
  await charts.choose('5 min')
  const points = await charts.pointCount('CPU')
  await guest.compute()
  await expect.poll(() => charts.pointCount('CPU'), inTime).toBeGreaterThan(points)
  await expect.poll(() => charts.value('Memory', 'Used in the guest'), inTime).toMatch(/MiB$/)
  await expect(charts.chart('Network throughput').locator('.recharts-area-curve').first()).toBeVisible()
  const vcpu = charts.table('Virtual CPUs').getByRole('row').nth(1)
  await expect(vcpu).toContainText(/CPU \d+/)
})

test('a guest that is told not to report any more has no memory in use that is known, until it is asked', async () => {
  await openCharts()
  await expect.poll(() => charts.value('Memory', 'Used in the guest'), inTime).toMatch(/MiB$/)
  await labA.virsh(['dommemstat', name, '--period', '0', '--live'])
  const ask = charts.chart('Memory').getByRole('button', { name: 'Ask every 5 s' })
  await expect(ask).toBeVisible(inTime)
  await ask.click()
  await expect(ask).toHaveCount(0, inTime)
})

test('what was is there after a restart, and what happened behind our back is marked', async () => {
  await openCharts()
  await labA.virsh(['suspend', name])
  const marks = () => app.page.getByRole('list', { name: 'Events in the time shown' })
  await expect(marks()).toContainText('Paused', inTime)
  await labA.virsh(['resume', name])
  await expect(marks()).toContainText('Resumed', inTime)
  const vm = (await app.api.vms.list()).items.find((one) => one.name === name)
  if (!vm) throw new Error('The VM is not listed')
  const { home } = app
  await app.stop({ keepHome: true })
  await openApp(home)
  // the host waits for its password: whatever is known was recorded before
  const known = async (): Promise<number> => {
    const toMs = Date.now() + 60_000
    const { columns } = await app.api.stats.history({
      subjects: [{ kind: 'vm', host: vm.host, vm: vm.id }],
      fromMs: toMs - 3_600_000,
      toMs,
      maxPoints: 300,
    })
    return Object.keys(columns[0]?.atMs ?? {}).length
  }
  await expect.poll(known, inTime).toBeGreaterThan(0)
  await typePassword(app.page, 'Lab A', labA.password)
  await openCharts()
  await charts.choose('1 h')
  await expect(marks()).toContainText('Paused', inTime)
})
