import type { Locator, Page } from '@playwright/test'

/** The list of tasks below everything else, newest first. */
export class TasksPanel {
  readonly region: Locator

  constructor(private readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Tasks' })
  }

  async open(): Promise<void> {
    if (!(await this.region.isVisible()))
      await this.page.getByRole('button', { name: /^(Tasks|\d+ tasks? running)$/ }).click()
  }

  rows(text: string): Locator {
    return this.region.getByRole('listitem').filter({ hasText: text })
  }
}
