import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addHost, typePassword } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { heapOf, processesOf } from '../inside'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let host: LabHost
let userHome: string
let app: RunningApp
let main: MainWindow

/** New for each run, so that finding it anywhere is proof. */
let password: string
const wrong = `wrong-${crypto.randomUUID()}`

test.beforeAll(async () => {
  lab = await startLab({ hosts: ['labA'] })
  host = lab.host('labA')
  password = host.password
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  await addHost(app.page, {
    uri: `qemu+ssh://root@${host.address}/system`,
    label: 'Lab A',
    password: wrong,
    fingerprint: host.hostKeyFingerprint,
  })
  await expect(main.dialog('Sign in to Lab A').getByText(/not accepted/)).toBeVisible()
  await typePassword(app.page, 'Lab A', password)
  await expect(main.host('Lab A')).toHaveAccessibleName(/Connected/i)
})

test.afterAll(async () => {
  await app?.stop()
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

const forms = (secret: string): Buffer[] => [
  Buffer.from(secret),
  Buffer.from(secret, 'utf16le'),
  Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, '')),
]

function holdsSecret(bytes: Buffer): boolean {
  return [password, wrong].some((secret) => forms(secret).some((form) => bytes.includes(form)))
}

test('a password that was typed is in no file, neither of the settings nor of the home folder', async () => {
  await app.api.hosts.update({ host: (await onlyHost()).id, label: 'Lab A renamed' })
  await app.api.hosts.update({ host: (await onlyHost()).id, label: 'Lab A' })
  const found: string[] = []
  let files = 0
  for (const folder of [app.home, userHome]) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      files += 1
      const path = join(entry.parentPath ?? entry.path, entry.name)
      if (holdsSecret(await readFile(path).catch(() => Buffer.alloc(0)))) found.push(path)
    }
  }
  expect(files).toBeGreaterThan(2)
  expect(found).toEqual([])
})

test('it is in no log and in nothing the app prints', async () => {
  const lines = (await app.api.hosts.log({ host: (await onlyHost()).id })).map((line) => line.text)
  expect(lines.length).toBeGreaterThan(3)
  expect(holdsSecret(Buffer.from(lines.join('\n')))).toBe(false)
  expect(holdsSecret(Buffer.from(app.output()))).toBe(false)
})

test('it is in no argument and no environment of any process of the app', async () => {
  const processes = await processesOf(app.electron.process().pid ?? 0)
  expect(processes.length).toBeGreaterThan(2)
  expect(processes.filter((one) => holdsSecret(one.commandAndEnvironment))).toEqual([])
})

test('the window never gets it back: main signs in again by itself, and a fresh window does not hold it', async () => {
  await renewWindow()
  const { id } = await onlyHost()
  await app.api.hosts.disconnect({ host: id })
  await app.api.hosts.connect({ host: id })
  await expect(main.host('Lab A')).toHaveAccessibleName(/Connected/i)
  expect(await app.api.prompts.list()).toEqual([])
  const mark = `mark-${crypto.randomUUID()}`
  await app.page.evaluate((text) => Object.assign(globalThis, { innkeeperMark: text }), mark)
  const heap = await heapOf(app.page)
  expect(heap.includes(mark), 'the search sees the window’s memory').toBe(true)
  expect(holdsSecret(heap)).toBe(false)
})

/** In a process of its own: one that is reloaded may keep the page before, in which the password was typed, for long. */
async function renewWindow(): Promise<void> {
  const { before, after } = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (!contents) throw new Error('there is no window')
    const [page, process] = [contents.getURL(), contents.getOSProcessId()]
    await contents.loadURL('data:text/html,')
    await contents.loadURL(page)
    return { before: process, after: contents.getOSProcessId() }
  })
  expect(after).not.toBe(before)
}

test('an error that tells of a refused password does not repeat it', async () => {
  const { id } = await onlyHost()
  await app.api.hosts.disconnect({ host: id })
  await app.api.hosts.forgetSecrets({ host: id })
  await app.api.hosts.connect({ host: id })
  for (let tries = 0; tries < 3; tries += 1) await typePassword(app.page, 'Lab A', wrong)
  await expect.poll(async () => (await onlyHost()).status.kind).toBe('failed')
  const { status } = await onlyHost()
  expect(status).toMatchObject({ kind: 'failed', error: { kind: 'auth-failed' } })
  expect(holdsSecret(Buffer.from(JSON.stringify(status)))).toBe(false)
})

async function onlyHost() {
  const [first] = (await app.api.hosts.list()).items
  if (!first) throw new Error('the host is gone')
  return first
}
