import type { Locator, Page } from '@playwright/test'
import { consoleChoice } from './text-console'

/** The monitor on the Console page of a VM. */
export class QemuMonitor {
  readonly tab: Locator
  readonly region: Locator
  readonly input: Locator
  readonly answers: Locator

  constructor(
    readonly page: Page,
    vm: string,
  ) {
    this.tab = consoleChoice(page, vm).getByRole('tab', { name: 'Monitor' })
    this.region = page.getByRole('region', { name: 'Monitor of QEMU' })
    this.input = this.region.getByRole('textbox', { name: /for QEMU$/ })
    this.answers = this.region.getByRole('list', { name: 'Answers' }).getByRole('listitem')
  }

  /** From the Console page, where its use was not agreed to yet. */
  async open(): Promise<void> {
    await this.tab.click()
    await this.page.getByRole('button', { name: 'Use the monitor' }).click()
  }

  async speak(language: 'HMP' | 'QMP'): Promise<void> {
    await this.region.getByRole('radio', { name: new RegExp(`^${language}`) }).check({ force: true })
  }

  async run(command: string): Promise<void> {
    await this.input.fill(command)
    await this.input.press('Enter')
  }
}
