import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'

let page: Page
let main: MainWindow

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
})

const more = (entry: string): Promise<void> =>
  page
    .getByRole('button', { name: 'More actions' })
    .click()
    .then(() => page.getByRole('menuitem', { name: entry }).click())

test('a VM is saved to a file after its room was told, and restored from the list of its host, paused', async () => {
  await main.showAll()
  await main.openVm('mail')
  await more('Save to file…')
  const dialog = main.dialog('Save mail to a file')
  await expect(dialog.getByText('Left in the folder')).toBeVisible()
  await expect(dialog).toContainText('of which the guest uses')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('textbox', { name: 'Name of the file' }).fill('mail.save')
  await dialog.getByText('As a command').click()
  await expect(dialog.getByText(/virsh save mail \S+\/mail\.save/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('Shut off', {
    timeout: 20_000,
  })
  await expect(page.getByRole('region', { name: 'Saved state' })).toContainText('mail was saved to')

  await main.host('Demo host').click()
  await page.getByRole('tab', { name: 'Saved states' }).click()
  const files = page.getByRole('table', { name: 'Saved states in files' })
  await expect(files).toContainText('mail.save')
  expect(await accessibilityProblems(page, 'main')).toEqual([])
  await files.getByRole('button', { name: 'Restore mail.save' }).click()
  const restore = main.dialog('Restore mail?')
  await expect(restore).toContainText('When saved it wasrunning')
  await restore.getByRole('radio', { name: 'Paused' }).check({ force: true })
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await restore.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(restore).toBeHidden()
  await main.showAll()
  await expect(main.state('mail')).toContainText('Paused')
})

test('a start of a VM that was saved to a file asks first, and the file is not restored unseen afterwards', async () => {
  await main.openVm('web-01')
  await more('Save to file…')
  const dialog = main.dialog('Save web-01 to a file')
  await dialog.getByRole('textbox', { name: 'Name of the file' }).fill('web.save')
  const save = dialog.getByRole('button', { name: 'Save', exact: true })
  await expect(save).toBeEnabled()
  await save.click()
  const note = page.getByRole('region', { name: 'Saved state' })
  await expect(note).toContainText('/web.save', { timeout: 20_000 })
  await page.getByRole('toolbar', { name: 'Power' }).getByRole('button', { name: 'Start' }).click()
  const ask = main.dialog('Boot web-01 anew?')
  await expect(ask).toContainText('/web.save')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await ask.getByRole('button', { name: 'Start anyway' }).click()
  await expect(note).toBeHidden({ timeout: 20_000 })

  await main.showAll()
  await main.selectVm('web-01')
  await main.power('Force off').click()
  await main
    .dialog(/Force off/)
    .getByRole('button', { name: 'Force off' })
    .click()
  await expect(main.state('web-01')).toContainText('Shut off')
  await main.openVm('web-01')
  await main.host('Demo host').click()
  await page.getByRole('tab', { name: 'Saved states' }).click()
  await page.getByRole('button', { name: 'Restore web.save' }).click()
  const restore = main.dialog('Restore web-01?')
  await expect(restore).toContainText('Disks were written to after it was saved')
  const go = restore.getByRole('button', { name: 'Restore', exact: true })
  await expect(go).toBeDisabled()
  await restore.getByText('Restore it although its disks have changed').click()
  await expect(go).toBeEnabled()
  await restore.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'More for web.save' }).click()
  await page.getByRole('menuitem', { name: 'Delete file…' }).click()
  const lose = main.dialog('Delete web.save?')
  await expect(lose).toContainText('of memory of web-01')
  await lose.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(lose).toBeHidden()
  await expect(page.getByRole('button', { name: 'Restore web.save' })).toHaveCount(0)
})

test('the definition of a saved state is edited, what would not fit is refused, and it is discarded with what is lost', async () => {
  await main.showAll()
  await main.openVm('analytics')
  const note = page.getByRole('region', { name: 'Saved state' })
  await note.getByRole('button', { name: 'Edit saved definition…' }).click()
  const dialog = main.dialog('Saved definition of analytics')
  const text = dialog.getByRole('textbox', { name: 'Saved definition of analytics' })
  await expect(text).toContainText('<name>analytics</name>')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await text.click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.insertText('oops ')
  await dialog.getByRole('button', { name: 'Store' }).click()
  await expect(dialog.getByText(/Changed, not stored/)).toBeVisible()
  await text.click()
  await page.keyboard.press('Control+Home')
  for (let back = 0; back < 5; back += 1) await page.keyboard.press('Delete')
  await dialog.getByRole('radio', { name: 'Paused' }).check({ force: true })
  await dialog.getByRole('button', { name: 'Store' }).click()
  await expect(dialog).toBeHidden()

  await note.getByRole('button', { name: 'Discard…' }).click()
  const ask = main.dialog('Discard saved state of analytics?')
  await expect(ask).toContainText('Lost: 6 GiB of memory')
  await ask.getByRole('button', { name: 'Discard saved state' }).click()
  await expect(note).toBeHidden()
})
