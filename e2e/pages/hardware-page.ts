import { expect, type Locator, type Page } from '@playwright/test'
import { escapeText, MainWindow } from './main-window'

/** Why not less: storing, hot-plug and the guest's answer are real, and the machine may be busy. */
const applyMs = 60_000

/** The tab "Hardware" of a VM: its list, the form of one entry, and what becomes of changes. */
export class HardwarePage {
  readonly list: Locator
  /** Changes that are not applied yet. */
  readonly bar: Locator
  readonly pending: Locator
  readonly #main: MainWindow

  constructor(readonly page: Page) {
    this.#main = new MainWindow(page)
    this.list = page.getByRole('navigation', { name: 'Hardware' })
    this.bar = page.getByRole('region', { name: 'Changes not applied yet' })
    this.pending = page.getByRole('region', { name: 'Waiting for the next start' })
  }

  async open(vm: string): Promise<void> {
    await this.#main.showAll()
    await this.#main.openVm(vm)
    await this.page.getByRole('tab', { name: /^Hardware/ }).click()
    await expect(this.list).toBeVisible()
  }

  entry(name: string | RegExp): Locator {
    return this.list.getByRole('option', { name })
  }

  async show(name: string | RegExp): Promise<void> {
    await this.entry(name).click()
    await expect(this.entry(name)).toHaveAttribute('aria-selected', 'true')
  }

  /** A field one types in, of the form that is shown or of the dialog that is open. */
  field(label: string): Locator {
    const named = { name: label, exact: true }
    return this.page.getByRole('textbox', named).or(this.page.getByRole('combobox', named))
  }

  /** A field one chooses from: the button that says what is chosen and of what. */
  choice(label: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`${escapeText(label)}$`) })
  }

  async choose(label: string, option: string): Promise<void> {
    await this.choice(label).click()
    await this.page
      .getByRole('listbox', { name: label })
      .getByRole('option', { name: option, exact: true })
      .click()
    await expect(this.choice(label)).toContainText(option)
  }

  /** Chooses a kind in the dialog "Add hardware", has its form filled in, and takes it into the changes. */
  async add(kind: string, fill: () => Promise<void> = async () => undefined): Promise<void> {
    await this.page.getByRole('button', { name: 'Add hardware…' }).click()
    const dialog = this.#main.dialog(/^Add hardware/)
    await dialog.getByRole('option', { name: kind, exact: true }).click()
    await fill()
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(dialog).toHaveCount(0)
  }

  /** Takes the entry that is shown away, after the question what goes with it. */
  async remove(name: string | RegExp): Promise<void> {
    await this.show(name)
    await this.page.getByRole('button', { name: 'Remove…' }).click()
    const question = this.#main.dialog(/^Remove /)
    await question.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(question).toHaveCount(0)
  }

  async apply(): Promise<void> {
    await this.bar.getByRole('button', { name: 'Apply' }).click()
  }

  /** Applies, and the host takes all of it. */
  async applied(): Promise<void> {
    await this.apply()
    await expect(this.bar).toHaveCount(0, { timeout: applyMs })
  }

  async discard(): Promise<void> {
    await this.bar.getByRole('button', { name: 'Discard' }).click()
    await expect(this.bar).toHaveCount(0)
  }

  /** Unfolds the list of what waits for the next start. */
  async showPending(): Promise<void> {
    const toggle = this.pending.getByRole('button', { name: /waits? for the next start/ })
    await expect(toggle).toBeVisible()
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
    await expect(toggle).toHaveAttribute('aria-expanded', 'true')
  }

  /** Makes the stored definition what runs. */
  async revertAll(): Promise<void> {
    await this.showPending()
    await this.pending.getByRole('button', { name: 'Revert all' }).click()
    await this.applied()
    await expect(this.pending).toHaveCount(0)
  }
}
