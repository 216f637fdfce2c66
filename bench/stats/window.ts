/** In a process of its own: the app's window with the table of a thousand running VMs; figures as one JSON line. */
import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession } from '@playwright/test'
import { MainWindow } from '../../e2e/pages/main-window'
import { startApp } from '../../e2e/start-app'

const [vms = '1000', seconds = '30'] = process.argv.slice(2)
const app = await startApp({ args: ['--connect', `demo://scale/?vms=${vms}`] })
const { page, api } = app
const main = new MainWindow(page)
await main.showAll()
await main.table.getByRole('row').nth(20).waitFor()
await api.polling.set({ everySeconds: 1, figures: ['cpu', 'memory', 'disk', 'network'] })
const session = await page.context().newCDPSession(page)
// the thread's own time: on a busy machine tasks take longer than they work
await session.send('Performance.enable', { timeDomain: 'threadTicks' })
// all of a minute's sparkline
await pause(62_000)
const busy = await busyMs(session)
const sparklines = await page.locator('.sparkline').count()
await pause(Number(seconds) * 1000)
const after = await busyMs(session)
// the same window with nothing to draw
await api.polling.set({ everySeconds: 60, figures: [] })
await pause(2_000)
const idle = await busyMs(session)
await pause(Number(seconds) * 1000)
const idleAfter = await busyMs(session)
process.stdout.write(
  `${JSON.stringify({
    vms: Number(vms),
    sparklines,
    rendererMsPerTick: (after - busy - (idleAfter - idle)) / Number(seconds),
    rendererMsPerSecond: (after - busy) / Number(seconds),
    idleMsPerSecond: (idleAfter - idle) / Number(seconds),
  })}\n`,
)
await app.stop()
process.exit(0)

/** Of the window's main thread since it began. */
async function busyMs(of: CDPSession): Promise<number> {
  const { metrics } = await of.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}
