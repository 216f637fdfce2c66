import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { MainWindow } from '../pages/main-window'

let page: Page
let main: MainWindow

onDemoHost((app) => {
  page = app.page
  main = new MainWindow(page)
})

async function fromMenu(vm: string, entry: string): Promise<void> {
  await main.showAll()
  await main.selectVm(vm)
  await main.power('More actions').click()
  await page.getByRole('menuitem', { name: entry, exact: true }).click()
}

test('a VM is started paused from its menu, and runs once it is resumed', async () => {
  await fromMenu('old-fileserver', 'Start paused')
  await expect(main.state('old-fileserver')).toContainText('Paused')
  await main.power('Resume').click()
  await expect(main.state('old-fileserver')).toContainText('Running')
})

test('a guest is put to sleep by its agent, and woken from the toolbar', async () => {
  await fromMenu('mail', 'Ask the guest’s agent…')
  const dialog = main.dialog('Ask the agent inside mail')
  await dialog.getByText('Sleep', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Sleep', exact: true }).click()
  await expect(main.state('mail')).toContainText('Asleep')
  await main.power('Wake up').click()
  await expect(main.state('mail')).toContainText('Running')
})

test('a guest is shut down by its agent', async () => {
  await fromMenu('mail', 'Ask the guest’s agent…')
  const dialog = main.dialog('Ask the agent inside mail')
  await dialog.getByRole('button', { name: 'Shut down', exact: true }).click()
  await expect(main.state('mail')).toContainText('Shut off')
})

test('a VM without a channel for an agent says so, and what to do', async () => {
  await fromMenu('edge-router', 'Ask the guest’s agent…')
  const dialog = main.dialog('Ask the agent inside edge-router')
  await expect(dialog).toContainText('The VM has no channel for the guest agent')
  await expect(dialog).toContainText('Add the channel org.qemu.guest_agent.0 on its Hardware tab')
  await expect(dialog.getByRole('radio')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
})
