import { expect, type Locator, type Page } from '@playwright/test'
import { MainWindow } from './main-window'
import { Screen } from './screen'

/** From "New VM…" on, with the clicks and fields that a user needs; it is one of the ways whose figures are told. */
export class NewVmWizard {
  readonly dialog: Locator
  readonly #main: MainWindow
  #fromMs = 0
  #clicks = 0
  #fields = 0
  #forEmulation = 0

  constructor(private readonly page: Page) {
    this.#main = new MainWindow(page)
    this.dialog = this.#main.dialog('New VM')
  }

  async open(host: string): Promise<void> {
    await this.#main.host(host).click()
    await this.page.getByRole('tab', { name: 'Virtual machines', exact: true }).click()
    this.#fromMs = Date.now()
    await this.click(this.page.getByRole('button', { name: 'New VM…' }))
    await expect(this.dialog).toBeVisible()
  }

  async click(what: Locator): Promise<void> {
    await what.click()
    this.#clicks += 1
  }

  async fill(role: 'textbox' | 'combobox', name: string, text: string): Promise<void> {
    await this.fillIn(this.dialog.getByRole(role, { name, exact: true }), text)
  }

  async fillIn(field: Locator, text: string): Promise<void> {
    await field.fill(text)
    this.#fields += 1
  }

  from(source: string): Promise<void> {
    return this.click(this.dialog.getByText(source, { exact: true }))
  }

  step(name: string): Promise<void> {
    return this.click(this.dialog.getByRole('tab', { name: new RegExp(`^${name}`) }))
  }

  async choose(label: string, option: string | RegExp): Promise<void> {
    await this.click(this.dialog.getByRole('button', { name: new RegExp(`${label}$`) }))
    await this.click(this.page.getByRole('listbox', { name: label }).getByRole('option', { name: option }))
  }

  /** Machines that tests run on may offer a KVM that real guests cannot use. */
  async emulate(): Promise<void> {
    const before = this.#clicks
    await this.step('System')
    await this.click(this.dialog.getByRole('button', { name: 'Machine, firmware and TPM' }))
    await this.choose('Runs by', /^Emulation/)
    this.#forEmulation += this.#clicks - before
  }

  async create(): Promise<void> {
    await expect(this.dialog.locator('.nv-status')).toContainText('Ready to create', { timeout: 15_000 })
    await this.click(this.dialog.getByRole('button', { name: 'Create', exact: true }))
  }

  async discard(): Promise<void> {
    await this.page.keyboard.press('Escape')
    const question = this.#main.dialog('Close without creating the VM?')
    await question.getByRole('button', { name: 'Close' }).last().click()
    await expect(this.dialog).toHaveCount(0)
  }

  /** The console that opens by itself, once something is on it. */
  async console(name: string): Promise<Screen> {
    const screen = new Screen(this.page.getByRole('region', { name: `Console of ${name}` }))
    await expect(screen.canvas).toBeVisible({ timeout: 60_000 })
    await expect.poll(() => screen.litShare(), { timeout: 60_000 }).toBeGreaterThan(0.001)
    return screen
  }

  /** Up to now. */
  figures(): Figures {
    return {
      clicks: this.#clicks - this.#forEmulation,
      clicksForEmulation: this.#forEmulation,
      fields: this.#fields,
      seconds: Math.round((Date.now() - this.#fromMs) / 100) / 10,
    }
  }
}

export interface Figures {
  readonly clicks: number
  /** Which only the lab needs. */
  readonly clicksForEmulation: number
  readonly fields: number
  readonly seconds: number
}

/** The lower one of the two in the middle, if there are two. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN
}
