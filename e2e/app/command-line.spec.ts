import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startApp } from '../start-app'

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the app as a script would, to its end. */
function runApp(args: readonly string[], home: string): Promise<Ended> {
  const folder = join(import.meta.dirname, '../..')
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.env['INNKEEPER_RUNTIME'] ?? '',
      ['--no-sandbox', '--disable-gpu', folder, ...args],
      {
        env: { ...process.env, INNKEEPER_HOME: home },
        timeout: 30_000,
      },
    )
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => (stdout += String(chunk)))
    child.stderr.on('data', (chunk) => (stderr += String(chunk)))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

let home: string

test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'innkeeper-e2e-'))
})

test.afterEach(async () => {
  await rm(home, { recursive: true, force: true })
})

test('--version prints the version and --help the options, and both end', async () => {
  expect(await runApp(['--version'], home)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/innkeeper \d+\.\d+\.\d+/),
  })
  expect(await runApp(['--help'], home)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('--connect URI'),
  })
})

test('an unknown option ends with code 2 and a sentence on standard error', async () => {
  const ended = await runApp(['--conect', 'x'], home)
  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain('Unknown option --conect')
})

test('a second start hands its wish to the open window and ends', async () => {
  const app = await startApp({ args: ['--demo'], home })
  try {
    await expect(app.page.getByRole('tree')).toContainText('web-01')
    expect((await runApp(['--show-vm', 'web-01', '--tab', 'console'], home)).code).toBe(0)
    await expect(app.page.getByRole('region', { name: 'Console of web-01' })).toBeVisible()
    const windows = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    expect(windows).toBe(1)
  } finally {
    await app.stop({ keepHome: true })
  }
})

test('a first start connects to the host libvirt’s own clients would use, and later ones leave that to the user', async () => {
  const env = { LIBVIRT_DEFAULT_URI: 'demo://local/' }
  const first = await startApp({ home, env })
  await expect(first.page.getByRole('tree')).toContainText('web-01')
  const [host] = (await first.api.hosts.list()).items
  if (!host) throw new Error('no host')
  await first.api.hosts.remove({ host: host.id })
  await first.stop({ keepHome: true })
  const second = await startApp({ home, env })
  await expect(second.page.getByRole('heading', { name: 'Welcome to Innkeeper' })).toBeVisible()
  expect((await second.api.hosts.list()).items).toEqual([])
  await second.stop({ keepHome: true })
})

test('a first start whose host cannot be used says why', async () => {
  const app = await startApp({ home, env: { LIBVIRT_DEFAULT_URI: 'nonsense' } })
  await expect(app.page.getByText(/is not a connection URI/).first()).toBeVisible()
  await app.stop({ keepHome: true })
})
