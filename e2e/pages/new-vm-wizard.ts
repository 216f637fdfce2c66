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
  #forLab = 0

  constructor(private readonly page: Page) {
    this.#main = new MainWindow(page)
    this.dialog = this.#main.dialog('New VM')
  }

  async open(host: string): Promise<void> {
    await this.#main.host(host).click()
    await this.openHere()
  }

  /** On the page of a host. */
  async openHere(): Promise<void> {
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
    await this.#onlyForLab(async () => {
      await this.step('System')
      await this.click(this.dialog.getByRole('button', { name: 'Machine, firmware and TPM' }))
      await this.choose('Runs by', /^Emulation/)
    })
  }

  /** The lab's images have no boot loader: their kernel is given on the hardware pages, before there is a VM. */
  async startKernel(name: string, fields: Readonly<Record<string, string>>): Promise<void> {
    await this.#onlyForLab(async () => {
      await this.step('Summary')
      await this.click(this.dialog.getByRole('button', { name: 'Change hardware…' }))
      const editor = this.#main.dialog(`Hardware of ${name}`)
      await this.click(
        editor
          .getByRole('navigation', { name: 'Hardware' })
          .getByRole('option', { name: 'Boot and firmware' }),
      )
      for (const [label, text] of Object.entries(fields)) {
        const named = { name: label, exact: true }
        await this.fillIn(editor.getByRole('textbox', named).or(editor.getByRole('combobox', named)), text)
        await this.page.keyboard.press('Tab')
      }
      await this.click(editor.getByRole('button', { name: 'Done', exact: true }))
      await expect(editor).toHaveCount(0)
    })
  }

  async #onlyForLab(steps: () => Promise<void>): Promise<void> {
    const before = this.#clicks
    await steps()
    this.#forLab += this.#clicks - before
  }

  /** What the wizard says of all that is chosen. */
  get status(): Locator {
    return this.dialog.locator('.nv-status')
  }

  async notStarted(): Promise<void> {
    await this.step('Summary')
    await this.click(this.dialog.getByText('Start it now and open its console'))
  }

  async create(): Promise<void> {
    await expect(this.status).toContainText('Ready to create', { timeout: 15_000 })
    await this.tryToCreate()
  }

  async tryToCreate(): Promise<void> {
    await this.click(this.dialog.getByRole('button', { name: 'Create', exact: true }))
  }

  /** What was entered for a VM that failed comes back with the wizard until it is dropped. */
  async afresh(): Promise<void> {
    const afresh = this.dialog.getByRole('button', { name: 'Start afresh' })
    if (await afresh.isVisible()) await afresh.click()
  }

  async discard(): Promise<void> {
    await this.page.keyboard.press('Escape')
    const question = this.#main.dialog('Close without creating the VM?')
    await question.getByRole('button', { name: 'Close' }).last().click()
    await expect(this.dialog).toHaveCount(0)
  }

  /** The console that opens by itself. */
  async console(name: string): Promise<Screen> {
    const screen = new Screen(this.page.getByRole('region', { name: `Console of ${name}` }))
    await expect(screen.canvas).toBeVisible({ timeout: 60_000 })
    return screen
  }

  /** The same, once something is on it. */
  async litConsole(name: string): Promise<Screen> {
    const screen = await this.console(name)
    await expect.poll(() => screen.litShare(), { timeout: 60_000 }).toBeGreaterThan(0.001)
    return screen
  }

  /** Up to now. */
  figures(): Figures {
    return {
      clicks: this.#clicks - this.#forLab,
      clicksForLab: this.#forLab,
      fields: this.#fields,
      seconds: Math.round((Date.now() - this.#fromMs) / 100) / 10,
    }
  }
}

export interface Figures {
  readonly clicks: number
  /** Which only the lab needs. */
  readonly clicksForLab: number
  readonly fields: number
  readonly seconds: number
}

/** The lower one of the two in the middle, if there are two. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN
}
