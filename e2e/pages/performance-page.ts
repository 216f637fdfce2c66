import { expect, type Locator, type Page } from '@playwright/test'

/** The charts of a VM or of a host. */
export class PerformancePage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Performance' }).click()
    await expect(this.chart('CPU')).toBeVisible()
  }

  chart(title: string): Locator {
    return this.page.getByRole('region', { name: `${title} chart` })
  }

  table(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true })
  }

  async choose(range: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Time shown' }).getByText(range, { exact: true }).click()
  }

  /** What is read out beside the title, as it is written; "–" for what is not known. */
  async value(chart: string, line: string): Promise<string> {
    const term = this.chart(chart).locator('dl > div').filter({ hasText: line })
    return (await term.locator('dd').textContent()) ?? ''
  }

  /** How many points the first line has. */
  async pointCount(chart: string): Promise<number> {
    const line = this.chart(chart).locator('.recharts-area-curve').first()
    const path = (await line.getAttribute('d', { timeout: 1000 }).catch(() => '')) ?? ''
    return path.split(/[ML]/).length - 1
  }

  /** Draws over a chart, from and to shares of its width. */
  async drag(chart: string, from: number, to: number): Promise<void> {
    const box = await this.plot(chart).boundingBox()
    if (!box) throw new Error(`${chart} is not drawn`)
    const y = box.y + box.height / 2
    await this.page.mouse.move(box.x + box.width * from, y)
    await this.page.mouse.down()
    await this.page.mouse.move(box.x + box.width * to, y, { steps: 4 })
    await this.page.mouse.up()
  }

  plot(chart: string): Locator {
    return this.chart(chart).getByRole('slider')
  }

  async menu(entry: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Export and limits' }).click()
    await this.page.getByRole('menuitem', { name: entry }).click()
  }
}
