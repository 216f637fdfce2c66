import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp
let main: MainWindow

const connected = async (): Promise<string | undefined> => {
  const [host] = (await app.api.hosts.list()).items
  return host?.status.kind === 'connected' ? host.id : undefined
}

// the demo host begins anew with the app, so what a creation left there is one of the volumes it always has
test.beforeAll(async () => {
  app = await startApp({ args: ['--demo'] })
  await expect.poll(connected).toBeTruthy()
  const { home } = app
  const host = await connected()
  await app.stop({ keepHome: true })
  const made = [{ kind: 'volume', pool: 'default', volume: 'spare-disk.qcow2' }]
  const entry = {
    id: 'one',
    host,
    name: 'lost-01',
    what: 'create',
    startedAtMs: 1,
    lastAtMs: Date.now(),
    made,
  }
  await writeFile(join(home, 'unfinished-creations.json'), JSON.stringify([entry]))
  app = await startApp({ args: ['--demo'], home })
  main = new MainWindow(app.page)
})

test.afterAll(async () => {
  await app?.stop()
})

test('what is left of a creation is told after the next start, and removed when that is confirmed', async () => {
  const { page } = app
  await main.host('Demo host').click()
  const region = page
    .getByRole('main', { name: 'Host Demo host' })
    .getByRole('region', { name: 'Unfinished creation of lost-01' })
  await expect(region).toContainText('Creating lost-01 was cut off at ')
  await expect(region).toContainText('1 file of ')
  expect(await accessibilityProblems(page, '.cut-off')).toEqual([])
  await region.getByRole('button', { name: 'Clean up…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Remove what is left of lost-01?' })
  await expect(dialog.getByRole('list', { name: 'Removed' })).toContainText(
    '/var/lib/libvirt/images/spare-disk.qcow2',
  )
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Remove 1 file' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(region).toHaveCount(0)
  expect(JSON.parse(await readFile(join(app.home, 'unfinished-creations.json'), 'utf8'))).toEqual([])
  expect(app.pageErrors).toEqual([])
})

test('VMs are let through to a disk in a home after the wizard has said what that changes', async () => {
  const { page } = app
  await main.host('Demo host').click()
  await page.getByRole('button', { name: 'New VM…' }).click()
  const wizard = main.dialog('New VM')
  await wizard.getByText('Existing disk', { exact: true }).click()
  await wizard.getByPlaceholder('Path on the host, or choose one').fill('/home/anna/virtio-win.iso')
  const let_ = wizard.getByRole('button', { name: 'Let VMs through…' })
  await let_.click()
  const dialog = page.getByRole('alertdialog', { name: 'Let VMs get to this image?' })
  await expect(dialog).toContainText('setfacl -m u:libvirt-qemu:x -- /home/anna')
  await expect(dialog).toContainText('setfacl -x u:libvirt-qemu -- /home/anna')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Let VMs through', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(let_).toHaveCount(0)
  expect(app.pageErrors).toEqual([])
})
