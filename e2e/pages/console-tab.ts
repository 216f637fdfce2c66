import { expect, type Locator, type Page } from '@playwright/test'
import { MainWindow } from './main-window'
import { Screen } from './screen'

/** The console of one VM with its toolbar. */
export class ConsoleTab {
  readonly region: Locator
  readonly screen: Screen

  constructor(
    readonly page: Page,
    readonly vm: string,
  ) {
    this.region = page.getByRole('region', { name: `Console of ${vm}` })
    this.screen = new Screen(this.region)
  }

  button(name: string): Locator {
    return this.region.getByRole('toolbar', { name: 'Console' }).getByRole('button', { name, exact: true })
  }

  /** An entry of one of the toolbar's menus. */
  async choose(menu: string, entry: string | RegExp): Promise<void> {
    await this.button(menu).click()
    await this.page.getByRole('menu').getByRole('menuitem', { name: entry }).click()
  }

  /** Chooses the guest's keyboard layout and types; ends when all keys are sent. */
  async typeText(text: string, layout: string): Promise<void> {
    await this.choose('Send keys', 'Type text…')
    const dialog = new MainWindow(this.page).dialog(`Type text into ${this.vm}`)
    await dialog.getByLabel('Text', { exact: true }).fill(text)
    await dialog.getByRole('button', { name: /Keyboard layout of the guest/ }).click()
    await this.page.getByRole('option', { name: layout, exact: true }).click()
    await dialog.getByText('Slow', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Type', exact: true }).click()
    await this.typed()
  }

  /** Nothing is being typed any more. */
  async typed(): Promise<void> {
    await expect(this.region.getByRole('group', { name: 'Typing' })).toHaveCount(0, { timeout: 120_000 })
  }
}
