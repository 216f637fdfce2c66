import { expect, test, type Page } from '@playwright/test'
import { MainWindow } from '../pages/main-window'
import { onDemoHost } from '../on-demo-host'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

onDemoHost((running) => {
  app = running
  page = app.page
  main = new MainWindow(page)
})

async function openHardware(name: string): Promise<void> {
  await main.showAll()
  await main.openVm(name)
  await page.getByRole('tab', { name: /^Hardware/ }).click()
  await expect(page.getByRole('navigation', { name: 'Hardware' })).toBeVisible()
}

const entry = (name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Hardware' }).getByRole('option', { name })
const title = () => page.getByRole('textbox', { name: 'Title' })
const bar = () => page.getByRole('region', { name: 'Changes not applied yet' })

test('a hardware setting is changed, reviewed as XML and as commands, and applied', async () => {
  await openHardware('old-fileserver')
  await entry(/^General/).click()
  await title().fill('Files of the archive')
  await expect(bar()).toContainText('1 change')
  await bar().getByRole('button', { name: 'Review…' }).click()
  const dialog = main.dialog(/^Review the changes/)
  await expect(dialog).toContainText('Files of the archive')
  await dialog.getByRole('tab', { name: 'XML difference' }).click()
  await expect(dialog).toContainText('<title>Files of the archive</title>')
  await dialog.getByRole('tab', { name: 'Same as commands' }).click()
  await expect(dialog).toContainText('virt-xml old-fileserver')
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(bar()).toHaveCount(0)
  await expect(title()).toHaveValue('Files of the archive')
})

test('hardware changes that are not applied stay when the tab and the VM are left', async () => {
  await openHardware('old-fileserver')
  await entry(/^General/).click()
  await title().fill('Not yet')
  await openHardware('mail')
  await expect(bar()).toHaveCount(0)
  await openHardware('old-fileserver')
  await expect(title()).toHaveValue('Not yet')
  await bar().getByRole('button', { name: 'Discard' }).click()
  await expect(title()).toHaveValue('Files of the archive')
})

test('a hardware device is added, and removed again', async () => {
  await openHardware('old-fileserver')
  await page.getByRole('button', { name: 'Add hardware…' }).click()
  const dialog = main.dialog(/^Add hardware/)
  await dialog.getByRole('option', { name: 'Watchdog' }).click()
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(entry(/^Watchdog/)).toBeVisible()
  await bar().getByRole('button', { name: 'Apply' }).click()
  await expect(bar()).toHaveCount(0)
  await entry(/^Watchdog/).click()
  await page.getByRole('button', { name: 'Remove…' }).click()
  await main
    .dialog(/^Remove Watchdog/)
    .getByRole('button', { name: 'Remove', exact: true })
    .click()
  await page.keyboard.press('Control+Enter')
  await expect(entry(/^Watchdog/)).toHaveCount(0)
})

test('what waits for the next start of a running VM is told and can be reverted', async () => {
  await openHardware('web-01')
  await page.getByRole('button', { name: 'Add hardware…' }).click()
  const dialog = main.dialog(/^Add hardware/)
  await dialog.getByRole('option', { name: 'Watchdog' }).click()
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText('At the next start', { exact: true }).click()
  await bar().getByRole('button', { name: 'Apply' }).click()
  const pending = page.getByRole('region', { name: 'Waiting for the next start' })
  await pending.getByRole('button', { name: /waits? for the next start/ }).click()
  await pending.getByRole('button', { name: 'Revert all' }).click()
  await bar().getByRole('button', { name: 'Apply' }).click()
  await expect(pending).toHaveCount(0)
})

test('hardware changed by somebody else meanwhile is never overwritten: both differences are shown', async () => {
  await openHardware('old-fileserver')
  await entry(/^General/).click()
  await title().fill('Mine')
  const vm = (await app.api.vms.list()).items.find(({ name }) => name === 'old-fileserver')
  if (!vm) throw new Error('no VM')
  const ref = { host: vm.host, vm: vm.id }
  const { base } = await app.api.hardware.view(ref)
  await app.api.hardware.apply({
    ...ref,
    base,
    when: 'next-start',
    changes: [{ kind: 'set', item: { kind: 'general', key: '' }, values: { description: 'Theirs' } }],
  })
  // nothing tells the window, so it looks again by itself
  await expect(page.getByText(/was changed elsewhere while you were editing/)).toBeVisible({
    timeout: 30_000,
  })
  await bar().getByRole('button', { name: 'Apply' }).click()
  const dialog = main.dialog(/was changed elsewhere/)
  await expect(dialog).toContainText('Theirs')
  await dialog.getByRole('button', { name: 'Keep editing on top of theirs' }).click()
  await expect(title()).toHaveValue('Mine')
  await bar().getByRole('button', { name: 'Apply' }).click()
  await expect(bar()).toHaveCount(0)
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('Theirs')
})

test('the hardware definition is edited as XML, reviewed, applied, and restored from the history', async () => {
  await openHardware('old-fileserver')
  await entry('XML').click()
  const editor = page.getByRole('textbox', { name: /^Definition of/ })
  await editor.click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('End')
  await page.keyboard.type('<!-- By hand -->')
  await page.getByRole('button', { name: 'Review and apply…' }).click()
  const review = main.dialog(/^Review the definition/)
  await expect(review).toContainText('By hand')
  await review.getByRole('button', { name: 'Apply' }).click()
  await expect(review).toHaveCount(0)
  await page.getByRole('tab', { name: 'History' }).click()
  await page
    .getByRole('button', { name: /^XML definition/ })
    .first()
    .click()
  await page.getByRole('button', { name: /^Restore the definition/ }).click()
  await main
    .dialog(/^Restore the definition/)
    .getByRole('button', { name: 'Apply' })
    .click()
  await page.getByRole('tab', { name: 'Stored' }).click()
  await expect(editor).toContainText('<title>Mine</title>')
  await expect(editor).not.toContainText('By hand')
})
