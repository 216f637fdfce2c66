/** The command behind a VM without libvirt: read option by option, and compared with what the next start would use. */
import { expect, test } from '@playwright/test'
import { PlainStore } from '../lab/plain-vm'
import { addHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

const name = 'e2e-command'
const id = '5717e000-0000-4000-8000-0000000e2e02'
const label = 'Commands'

let store: PlainStore
let app: RunningApp
let main: MainWindow

const rows = () => app.page.getByRole('list', { name: 'Options of the command' }).getByRole('listitem')
const tab = (title: string) => app.page.getByRole('tab', { name: title, exact: true })
const shown = (which: RegExp) => app.page.getByRole('radio', { name: which })

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  store = await PlainStore.make()
  await store.define(name, id)
  app = await startApp()
  main = new MainWindow(app.page)
  await addHost(app.page, { uri: store.uri, label })
  await expect(main.host(label)).toHaveAccessibleName(/Connected/i)
})

test.afterAll(async () => {
  await app?.stop()
  await store?.remove(id)
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

test('each option of a VM that is off stands with its reason, and the page it comes from is a click away', async () => {
  await main.showAll()
  await main.openVm(name)
  await tab('Command').click()
  await expect(rows().filter({ hasText: 'qemu-system-x86_64' })).toHaveCount(1)
  await expect(rows().filter({ hasText: '-m 160M' })).toContainText(/memory/i)
  await app.page.getByRole('searchbox', { name: 'Find in the command' }).fill('balloon')
  await expect(rows()).toHaveCount(1)
  await rows().getByRole('button', { name: 'Memory balloon' }).click()
  await expect(tab('Hardware')).toHaveAttribute('aria-selected', 'true')
  await expect(app.page.getByRole('heading', { name: 'Memory balloon' })).toBeVisible()
})

test('the whole command is copied as a shell would read it', async () => {
  await tab('Command').click()
  await app.page.getByRole('button', { name: 'Copy command' }).click()
  const text = await app.electron.evaluate(({ clipboard }) => clipboard.readText())
  expect(text).toContain(` \\\n  -name guest=${name}`)
  expect(text).toContain(`-append 'console=tty0 console=ttyS0 quiet no_timer_check lab.name=${name}'`)
})

test('a change under a running VM shows what only runs now and what comes with the next start', async () => {
  await main.power('Start').click()
  await expect(shown(/^Running now/)).toBeChecked({ timeout: 60_000 })
  await expect(shown(/^Differences \(0\)/)).toBeVisible()
  const ref = await app.api.vms.list().then(({ items }) => items.find((vm) => vm.name === name))
  if (!ref) throw new Error('The VM is gone')
  const target = { host: ref.host, vm: ref.id }
  const { base } = await app.api.hardware.view(target)
  await app.api.hardware.apply({
    ...target,
    base,
    when: 'next-start',
    changes: [
      {
        kind: 'set',
        item: { kind: 'memory', key: '' },
        values: { maximum: 201_326_592 },
      },
    ],
  })
  await tab('Overview').click()
  await tab('Command').click()
  await shown(/^Differences \(2\)/).check({ force: true })
  await expect(rows()).toHaveCount(2)
  await expect(rows().filter({ hasText: 'Only until it stops' })).toContainText('-m')
  await expect(rows().filter({ hasText: 'From the next start' })).toContainText('-m')
})

test('the app ends at once and the guest goes on, as it holds nothing of what the app had open', async () => {
  const pid = await store.pidOf(id)
  expect(pid).toBeDefined()
  await app.stop({ keepHome: true })
  expect(await store.pidOf(id)).toBe(pid)
})
