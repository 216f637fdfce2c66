import { expect, type Locator, type Page } from '@playwright/test'

/** The list of tasks at the bottom of the window, newest first. */
export class TasksPanel {
  readonly panel: Locator

  constructor(private readonly page: Page) {
    this.panel = page.getByRole('region', { name: 'Tasks' })
  }

  async open(): Promise<void> {
    if (await this.panel.isVisible()) return
    await this.page
      .getByRole('contentinfo')
      .getByRole('button', { name: /^Tasks|tasks? running$/ })
      .click()
    await expect(this.panel).toBeVisible()
  }

  rows(text: string | RegExp): Locator {
    return this.panel.getByRole('listitem').filter({ hasText: text })
  }

  /** The one that was begun last. */
  newest(text: string | RegExp): Locator {
    return this.rows(text).first()
  }

  /** How far the newest one is. */
  progress(text: string | RegExp): Locator {
    return this.newest(text).getByRole('progressbar')
  }

  async cancel(text: string | RegExp): Promise<void> {
    await this.newest(text).getByRole('button', { name: 'Cancel' }).click()
  }

  async retry(text: string | RegExp): Promise<void> {
    await this.newest(text)
      .getByRole('button', { name: /^Retry/ })
      .click()
  }
}
