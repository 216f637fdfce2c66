import { setTimeout as delay } from 'node:timers/promises'
import { addHost } from '../../e2e/pages/connect'
import { MainWindow } from '../../e2e/pages/main-window'
import type { RunningApp } from '../../e2e/start-app'
import type { Contender } from './contender'

/** The app, which is open as its user has it, at the page of an empty host: one click makes the guest and its disk. */
export async function inApp(app: RunningApp, name: string, uri: string): Promise<Contender> {
  await addHost(app.page, { uri, label: name })
  const main = new MainWindow(app.page)
  const button = app.page.getByRole('button', { name: 'Try a test guest' })
  const host = async () => {
    const { items } = await app.api.hosts.list()
    const found = items.find((one) => one.uri === uri)
    if (!found) throw new Error('the host of the bench is gone')
    return found.id
  }
  return {
    name,
    async prepare() {
      await main.host(name).click()
      await button.hover()
    },
    async begin() {
      // when the window heard of it: before that the test driver looks for the button, which no user waits for
      await app.page.evaluate(() => {
        const page = globalThis as unknown as { clickedAtMs: number }
        addEventListener(
          'click',
          () => {
            page.clickedAtMs = performance.timeOrigin + performance.now()
          },
          { capture: true, once: true },
        )
      })
      await button.click()
      const clickedAtMs = await app.page.evaluate(
        () => (globalThis as unknown as { clickedAtMs: number }).clickedAtMs,
      )
      return clickedAtMs - performance.timeOrigin
    },
    async clear() {
      const on = await host()
      const { items } = await app.api.vms.list()
      for (const { host: at, id: vm } of items.filter((one) => one.host === on)) {
        const { stamp, files } = await app.api.vms.deletePlan({ host: at, vm, alongWith: [] })
        const deleteFiles = files.map(({ path }) => path)
        await app.api.vms.delete({
          host: at,
          vms: [{ vm, stamp, deleteFiles, keepParts: [], forceOff: true }],
        })
        await settled(app)
      }
    },
  }
}

async function settled(app: RunningApp): Promise<void> {
  while ((await app.api.tasks.list()).items.some(({ state }) => state === 'running')) await delay(50)
}
