import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { SavesPage } from '../pages/saves-page'

let page: Page
let main: MainWindow

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
})

test('the memory of a VM is written to a file after a look at the room, and the VM goes on', async () => {
  await main.showAll()
  await main.openVm('mail')
  await new SavesPage(page).more('Write memory to a file…')
  const dialog = main.dialog('Write the memory of mail to a file')
  await expect(dialog.getByText('Left in the folder')).toBeVisible()
  await expect(dialog).toContainText('cannot be cancelled')
  await dialog.getByRole('checkbox', { name: /^Memory only/ }).uncheck({ force: true })
  await expect(dialog).toContainText('It can be cancelled')
  await expect(dialog.getByRole('button', { name: /^Format/ })).toBeHidden()
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('textbox', { name: 'Name of the file' }).fill('mail.core')
  await dialog.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('Running', {
    timeout: 30_000,
  })
  // the file is there now: another of that name is refused before anything happens
  await new SavesPage(page).more('Write memory to a file…')
  await dialog.getByRole('textbox', { name: 'Name of the file' }).fill('mail.core')
  await expect(dialog).toContainText('There is already a file')
  await expect(dialog.getByRole('button', { name: 'Write', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})
