import { expect, test, type Locator, type Page } from '@playwright/test'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { TopPage } from '../pages/top-page'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let region: Locator
let top: TopPage

test.beforeAll(async () => {
  app = await startApp({ args: ['--connect', 'demo://xen/'] })
  page = app.page
  top = new TopPage(page)
  region = page.getByRole('region', { name: 'Domains of xen' })
  await new MainWindow(page).host('xen').click()
  await page.getByRole('tab', { name: 'Domains', exact: true }).click()
})

test.afterAll(async () => {
  await app?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

test('a Xen host tells of its domains, its own included, with states in words', async () => {
  const grid = region.getByRole('grid', { name: 'Xen domains' })
  await expect(grid.getByText('Domain-0', { exact: true })).toBeVisible()
  await expect(grid.getByTitle('p: it keeps its memory and gets no CPU until it is resumed')).toHaveText(
    'paused',
  )
  const shares = (await top.column(grid, 'CPU')).map((text) => Number.parseFloat(text))
  expect(shares).toEqual(shares.toSorted((a, b) => b - a))
  await expect(page.getByRole('tab', { name: 'KVM', exact: true })).toHaveCount(0)
  expect(await accessibilityProblems(page, '.xen')).toEqual([])
})

test('networks and block devices are listed one by one, and how long to wait between readings is chosen', async () => {
  await region.getByText('Networks', { exact: true }).click()
  await expect(
    region.getByRole('grid', { name: 'Networks of Xen domains' }).getByText('db-01').first(),
  ).toBeVisible()
  await region.getByText('Block devices', { exact: true }).click()
  const disks = region.getByRole('grid', { name: 'Block devices of Xen domains' })
  await expect(disks.getByText('51712').first()).toBeVisible()
  await region.getByRole('button', { name: /Wait between readings/ }).click()
  await page.getByRole('option', { name: 'Every 10 s' }).click()
  await expect(region.getByRole('button', { name: /Wait between readings/ })).toContainText('Every 10 s')
  await disks.getByText('db-01').first().dblclick()
  await expect(page.getByRole('main', { name: 'Virtual machine db-01' })).toBeVisible()
})
