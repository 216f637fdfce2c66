import { expect, test, type Page } from '@playwright/test'
import { startApp } from '../start-app'

async function openHost(page: Page, label: string): Promise<void> {
  await page.getByRole('treeitem').filter({ hasText: label }).first().click()
}

const dialog = (page: Page) => page.getByRole('dialog', { name: /^Diagnosis of/ })

test('a host that fails is diagnosed from its page by keyboard, and the report can be copied', async () => {
  const app = await startApp({ args: ['--connect', 'demo://denied/'] })
  const { page } = app
  await openHost(page, 'denied')
  const diagnose = page.getByRole('button', { name: 'Diagnose…' })
  await diagnose.focus()
  await page.keyboard.press('Enter')
  await expect(
    dialog(page).getByText('Connecting fails here: You may not manage virtual machines on this host.'),
  ).toBeVisible()
  // the failed step is open with its cure and the host's own words
  await expect(dialog(page).getByText(/Ask to be added to the group "libvirt"/)).toBeVisible()
  await expect(dialog(page).getByText(/org\.libvirt\.unix\.manage/)).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Copy report' }).press('Enter')
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^Diagnosis of denied\nURI: demo:\/\/denied\/\n[^]*\[Failed\]/)
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  expect(app.pageErrors).toEqual([])
  await app.stop()
})

test('a diagnosis asks what connecting asks, above its own window, and then finds everything working', async () => {
  const app = await startApp({ args: ['--connect', 'demo://wrong-password/'] })
  const { page } = app
  const question = page
    .getByRole('dialog')
    .filter({ hasText: 'wrong-password' })
    .getByLabel(/^Password/)
  await expect(question).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await openHost(page, 'wrong-password')
  await page
    .getByRole('button', { name: 'Host actions' })
    .or(page.getByLabel('Actions for wrong-password'))
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Diagnose…' }).click()
  await expect(question).toBeVisible()
  await question.fill('inn')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByText('Everything works.')).toBeVisible()
  await app.stop()
})

test('a recipe found by a word has the name of the host in its commands', async () => {
  const app = await startApp({ args: ['--connect', 'qemu+tls://keeper@localhost:9/system'] })
  const { page } = app
  await openHost(page, 'localhost')
  await page.getByRole('button', { name: 'Diagnose…' }).click()
  await expect(
    dialog(page)
      .getByText(/Port 9 of localhost refuses connections/)
      .first(),
  ).toBeVisible()
  await dialog(page)
    .getByRole('button', { name: 'Recipe: Certificates for a host, and TLS switched on' })
    .click()
  const recipes = page.getByRole('dialog', { name: 'Set-up recipes for localhost' })
  await expect(recipes.getByText('subjectAltName = DNS:localhost')).toBeVisible()
  await recipes.getByLabel('Search recipes').fill('tls_allowed_dn_list')
  await expect(recipes.getByRole('heading', { name: 'Allow only some client certificates' })).toBeVisible()
  await expect(recipes.getByText('*CN=keeper*')).toBeVisible()
  await recipes.getByRole('button', { name: 'Back to the diagnosis' }).click()
  await expect(dialog(page).getByRole('button', { name: 'Run again' })).toBeVisible()
  await app.stop()
})
