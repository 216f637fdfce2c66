import { expect, type Locator, type Page } from '@playwright/test'

/** A terminal on the Console page of a VM or on a page of a host. */
export class TextConsole {
  readonly region: Locator
  readonly rows: Locator
  readonly state: Locator

  constructor(
    readonly page: Page,
    label: string,
  ) {
    this.region = page.getByRole('region', { name: label, exact: true })
    this.rows = this.region.locator('.xterm-rows')
    this.state = this.region.locator('.text-state')
  }

  button(name: string | RegExp): Locator {
    return this.region.getByRole('button', { name })
  }

  async isConnected(): Promise<void> {
    await expect(this.state).toHaveText('Connected')
  }

  /** By a click, unless it has the keyboard: a click would take back what is chosen. */
  async focus(): Promise<void> {
    const input = this.region.locator('textarea')
    const hasFocus = await input.evaluate((element) => element === element.ownerDocument.activeElement)
    if (!hasFocus) await this.region.locator('.xterm-screen').click()
  }

  /** Types as a keyboard does. */
  async type(text: string): Promise<void> {
    await this.focus()
    await this.page.keyboard.type(text)
  }

  async press(key: string): Promise<void> {
    await this.focus()
    await this.page.keyboard.press(key)
  }

  /** A paste, as by Ctrl+Shift+V: any letter, whatever keys there are. */
  async paste(text: string): Promise<void> {
    await this.region.locator('textarea').evaluate((element, pasted) => {
      const data = new DataTransfer()
      data.setData('text/plain', pasted)
      element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    }, text)
  }

  /** What can be seen, line by line. */
  async text(): Promise<string> {
    const lines = await this.rows.locator('> div').allTextContents()
    return lines
      .map((line) => line.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd()
  }

  async shows(wanted: RegExp, timeoutMs = 30_000): Promise<void> {
    await expect.poll(() => this.text(), { timeout: timeoutMs }).toMatch(wanted)
  }
}

/** The choice of consoles above them. */
export function consoleChoice(page: Page, vm: string): Locator {
  return page.getByRole('tablist', { name: `Consoles of ${vm}` })
}
