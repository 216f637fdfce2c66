import { expect, test } from '@playwright/test'
import { startApp, type RunningApp } from './start-app'

/** `home`: of an earlier start, whose settings it takes up. */
export async function startOnDemoHost(home?: string): Promise<RunningApp> {
  const app = await startApp({ args: ['--demo'], ...(home === undefined ? {} : { home }) })
  // the window opens before the host is connected
  const kinds = async () => (await app.api.hosts.list()).items.map(({ status }) => status.kind)
  await expect.poll(kinds).toEqual(['connected'])
  return app
}

/** One window with the demo host for all tests of a file, none of which may leave an error in the page. */
export function onDemoHost(take: (app: RunningApp) => void): void {
  let app: RunningApp
  test.beforeAll(async () => {
    app = await startOnDemoHost()
    take(app)
  })

  test.afterAll(async () => {
    await app?.stop()
  })

  test.afterEach(() => {
    expect(app.pageErrors).toEqual([])
  })
}
