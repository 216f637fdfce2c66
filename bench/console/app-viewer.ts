import { setTimeout as delay } from 'node:timers/promises'
import { addHost } from '../../e2e/pages/connect'
import { ConsolePage } from '../../e2e/pages/console-page'
import { startApp, type RunningApp } from '../../e2e/start-app'
import { vmName } from './host'
import { betweenKeysMs, type Viewer } from './viewer'

/** The app with its console tab open, one to one, as its user sees it. */
export async function startBenchApp(
  socketPath: string,
  size: { readonly width: number; readonly height: number },
): Promise<RunningApp> {
  const app = await startApp()
  await app.electron.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width, height })
  }, size)
  await addHost(app.page, { uri: `qemu+unix:///system?socket=${socketPath}`, label: 'Bench' })
  return app
}

export async function openInApp(app: RunningApp): Promise<Viewer> {
  const console = await ConsolePage.open(app.page, vmName)
  await console.shows('Connected')
  const scale = console.region.getByRole('button', { name: 'Scale to fit' })
  if ((await scale.count()) > 0 && (await scale.getAttribute('aria-pressed')) === 'true') await scale.click()
  await console.screen.canvas.click({ position: { x: 5, y: 5 } })
  await countShown(console)
  return {
    name: 'innkeeper',
    pid: app.electron.process().pid ?? 0,
    pressKeys: async (count) => {
      await app.page.evaluate(() => {
        const page = globalThis as unknown as { pressedAtMs?: number[] }
        const isFirst = page.pressedAtMs === undefined
        page.pressedAtMs = []
        if (!isFirst) return
        // in the window's own path: before anybody else there hears of it
        addEventListener(
          'keydown',
          () => page.pressedAtMs?.push(performance.timeOrigin + performance.now()),
          {
            capture: true,
          },
        )
      })
      for (let key = 0; key < count; key += 1) {
        await app.page.keyboard.press('a')
        await delay(betweenKeysMs)
      }
      return app.page.evaluate(() => (globalThis as unknown as { pressedAtMs: number[] }).pressedAtMs)
    },
    shown: () => app.page.evaluate(() => (globalThis as unknown as { shown: number }).shown),
    close: async () => {
      const { items } = await app.api.vms.list()
      if (items.length === 0) throw new Error('the VM of the bench is gone')
      // another page: the tab goes, and its stream with it
      await app.page.reload()
    },
  }
}

/** Frames of the window in which something was drawn on the screen. */
function countShown(console: ConsolePage): Promise<void> {
  return console.screen.canvas.evaluate((element) => {
    const context = (element as HTMLCanvasElement).getContext('2d')
    if (!context) throw new Error('the screen has no canvas')
    const page = globalThis as unknown as { shown: number; look: () => void }
    page.shown = 0
    let isDrawn = false
    for (const name of ['putImageData', 'drawImage'] as const) {
      const draw = context[name].bind(context) as (...words: unknown[]) => void
      Object.assign(context, {
        [name]: (...words: unknown[]) => {
          isDrawn = true
          draw(...words)
        },
      })
    }
    // a function of its own would be named by a helper that the page does not have
    page.look = () => {
      if (isDrawn) page.shown += 1
      isDrawn = false
      requestAnimationFrame(page.look)
    }
    requestAnimationFrame(page.look)
  })
}
