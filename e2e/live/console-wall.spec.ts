import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addLabHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let host: LabHost
let userHome: string
let app: RunningApp

const moving = 'e2e-wall-moving'
const off = 'e2e-wall-off'

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  host = lab.host('labA')
  await host.startGuest({ name: moving, load: 'anim' })
  await host.defineGuest({ name: off })
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  await addLabHost(app.page, host, 'Lab A')
})

test.afterAll(async () => {
  await app?.stop()
  for (const name of [moving, off]) await host?.removeGuest(name)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test('the wall shows what is on the screen of a real guest, anew as it changes, with no console open', async () => {
  await new MainWindow(app.page).showAll()
  await app.page.getByRole('button', { name: 'Screens' }).click()
  const wall = app.page.getByRole('main', { name: 'Screens' })
  const picture = wall.getByRole('button', { name: `${moving} on Lab A, Running` }).locator('img')
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: 30_000 })
    .toBeGreaterThan(100)
  const before = await picture.getAttribute('src')
  await expect.poll(() => picture.getAttribute('src'), { timeout: 60_000 }).not.toBe(before)
  await expect(wall.getByRole('button', { name: new RegExp(`^${off} on`) })).toHaveCount(0)
  expect(
    await host.exec(['sh', '-c', 'ss -Htn state established "( sport >= :5900 and sport <= :5999 )"']),
  ).toBe('')
})

test('a guest that is shut off leaves the wall', async () => {
  await host.virsh(['destroy', moving])
  const wall = app.page.getByRole('main', { name: 'Screens' })
  await expect(wall.getByRole('heading', { name: 'No VM runs now' })).toBeVisible({ timeout: 30_000 })
})
