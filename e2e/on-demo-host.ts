import { expect, test } from '@playwright/test'
import { startApp, type RunningApp } from './start-app'

/** One window with the demo host for all tests of a file, none of which may leave an error in the page. */
export function onDemoHost(take: (app: RunningApp) => void): void {
  let app: RunningApp
  test.beforeAll(async () => {
    app = await startApp({ args: ['--demo'] })
    // the window opens before the host is connected
    const kinds = async () => (await app.api.hosts.list()).items.map(({ status }) => status.kind)
    await expect.poll(kinds).toEqual(['connected'])
    take(app)
  })

  test.afterAll(async () => {
    await app?.stop()
  })

  test.afterEach(() => {
    expect(app.pageErrors).toEqual([])
  })
}
