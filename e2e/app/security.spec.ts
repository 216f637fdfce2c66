import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp

test.beforeAll(async () => {
  app = await startApp()
})

test.afterAll(async () => {
  await app.stop()
})

test('the window is sandboxed, isolated and without Node', async () => {
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
  const globals = await app.page.evaluate(() => ({
    require: typeof (globalThis as Record<string, unknown>)['require'],
    process: typeof (globalThis as Record<string, unknown>)['process'],
    bridge: Object.keys((globalThis as unknown as { innkeeper: object }).innkeeper).toSorted(),
  }))
  expect(globals).toEqual({ require: 'undefined', process: 'undefined', bridge: ['dropped', 'invoke', 'on'] })
})

test('the content security policy allows no inline script and no foreign source', async () => {
  const policy = await app.electron.evaluate(async ({ net }) => {
    const response = await net.fetch('app://ui/index.html')
    return response.headers.get('content-security-policy') ?? ''
  })
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  const ran = await app.page.evaluate(async () => {
    const violation = new Promise<string>((resolve) => {
      // a library that tries whether it may make code breaks the policy too, at a moment of its own
      document.addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective }) => {
        if (blockedURI === 'inline') resolve(violatedDirective)
      })
    })
    const script = document.createElement('script')
    script.textContent = 'globalThis.inlineRan = true'
    document.body.append(script)
    return { directive: await violation, inlineRan: 'inlineRan' in globalThis }
  })
  expect(ran).toEqual({ directive: 'script-src-elem', inlineRan: false })
})

test('the page cannot navigate away or open windows', async () => {
  const before = app.page.url()
  const opened = await app.page.evaluate(() => {
    const other = globalThis.open('https://example.invalid/')
    globalThis.location.assign('https://example.invalid/')
    return other === null
  })
  expect(opened).toBe(true)
  // the next answer of the page comes after the navigation was judged
  expect(await app.page.evaluate(() => document.location.href)).toBe(before)
  const windows = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  expect(windows).toBe(1)
})

test('permissions are denied', async () => {
  const states = await app.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'] as PermissionName[]
    const answers = await Promise.all(names.map((name) => navigator.permissions.query({ name })))
    const media = await navigator.mediaDevices
      .getUserMedia({ audio: true })
      .catch((error: Error) => error.name)
    return { answers: [...new Set(answers.map(({ state }) => state))], media }
  })
  expect(states).toEqual({
    answers: ['denied'],
    media: expect.stringMatching(/NotAllowedError|NotFoundError/),
  })
})

test('a foreign page with our preload is refused by every request', async () => {
  const reply = await app.electron.evaluate(
    async ({ BrowserWindow }, { preload }) => {
      const foreign = new BrowserWindow({
        show: false,
        webPreferences: {
          preload,
          sandbox: true,
          additionalArguments: ['--innkeeper-channels={"requests":["hosts.list"],"events":[]}'],
        },
      })
      await foreign.loadURL('data:text/html,<p>foreign</p>')
      const answer: unknown = await foreign.webContents.executeJavaScript("innkeeper.invoke('hosts.list')")
      foreign.destroy()
      return answer
    },
    { preload: join(import.meta.dirname, '../../dist/electron/preload.cjs') },
  )
  expect(reply).toMatchObject({ ok: false, error: { kind: 'denied' } })
})

test('a channel that is not in the contract is refused before it reaches main', async () => {
  const message = await app.page.evaluate(() =>
    (globalThis as unknown as { innkeeper: { invoke(channel: string): Promise<unknown> } }).innkeeper
      .invoke('app.quit')
      .catch((error: Error) => error.message),
  )
  expect(message).toContain('Unknown request app.quit')
})

test('the window’s scheme serves nothing outside the built window', async () => {
  const statuses = await app.electron.evaluate(async ({ net }) => {
    const paths = [
      '..%2f..%2fpackage.json',
      '%2e%2e/%2e%2e/package.json',
      'nothing.js',
      '..%5c..%5cpackage.json',
    ]
    return Promise.all(paths.map(async (path) => (await net.fetch(`app://ui/${path}`)).status))
  })
  expect(statuses).toEqual([404, 404, 404, 404])
})
