import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { SavesPage } from '../pages/saves-page'

let page: Page
let main: MainWindow
let saves: SavesPage

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
  saves = new SavesPage(page)
})

test('a VM is saved to a file after its room was told, and restored from the list of its host, paused', async () => {
  await main.showAll()
  await main.openVm('mail')
  await saves.saveToFile('mail', 'mail.save', async (dialog) => {
    await expect(dialog.getByText('Left in the folder')).toBeVisible()
    await expect(dialog).toContainText('of which the guest uses')
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    await dialog.getByText('As a command').click()
    await expect(dialog.getByText(/virsh save mail \S+\/mail\.save/)).toBeVisible()
  })
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('Shut off', {
    timeout: 20_000,
  })
  await expect(saves.note).toContainText('mail was saved to')

  await saves.open('Demo host')
  await expect(saves.files).toContainText('mail.save')
  expect(await accessibilityProblems(page, 'main')).toEqual([])
  const restore = await saves.askToRestore('mail.save', 'mail')
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
  await saves.saveToFile('web-01', 'web.save')
  await main.power('Start').click()
  const ask = main.dialog('Boot web-01 anew?')
  await expect(ask).toContainText('/web.save')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await ask.getByRole('button', { name: 'Start anyway' }).click()
  await expect(saves.note).toBeHidden({ timeout: 20_000 })

  await main.showAll()
  await main.selectVm('web-01')
  await main.power('Force off').click()
  await main
    .dialog(/Force off/)
    .getByRole('button', { name: 'Force off' })
    .click()
  await expect(main.state('web-01')).toContainText('Shut off')
  await main.openVm('web-01')
  await saves.open('Demo host')
  const restore = await saves.askToRestore('web.save', 'web-01')
  await expect(restore).toContainText('Disks were written to after it was saved')
  const go = restore.getByRole('button', { name: 'Restore', exact: true })
  await expect(go).toBeDisabled()
  await restore.getByText('Restore it although its disks have changed').click()
  await expect(go).toBeEnabled()
  await restore.getByRole('button', { name: 'Cancel' }).click()
  const lose = await saves.askToDelete('web.save')
  await expect(lose).toContainText('of memory of web-01')
  await lose.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(lose).toBeHidden()
  await expect(page.getByRole('button', { name: 'Restore web.save' })).toHaveCount(0)
})

test('the definition of a saved state is edited, what would not fit is refused, and it is discarded with what is lost', async () => {
  await main.showAll()
  await main.openVm('analytics')
  const { note } = saves
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
