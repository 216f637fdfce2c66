import { expect, type Locator, type Page } from '@playwright/test'
import { MainWindow } from './main-window'
import { Screen } from './screen'

/** The console tab of one VM. */
export class ConsolePage {
  readonly region: Locator
  readonly screen: Screen
  readonly state: Locator
  readonly question: Locator

  private constructor(
    readonly page: Page,
    region: Locator,
  ) {
    this.region = region
    this.screen = new Screen(region)
    this.state = region.locator('.console-state')
    this.question = region.getByRole('region', { name: /certificate of this screen/ })
  }

  static async open(page: Page, vm: string): Promise<ConsolePage> {
    const main = new MainWindow(page)
    await main.showAll()
    return new ConsolePage(page, await main.openConsole(vm))
  }

  /** Connected, and something is drawn. */
  async shows(state: string, timeout = 30_000): Promise<void> {
    await expect(this.state).toHaveText(state, { timeout })
    await expect.poll(() => this.screen.litShare(), { timeout }).toBeGreaterThan(0.001)
  }

  async signIn(password: string, user?: string): Promise<void> {
    const form = this.region.getByRole('form', { name: 'The screen of this VM is locked' })
    if (user !== undefined) await form.getByLabel('User name').fill(user)
    await form.getByLabel('Password').fill(password)
    await form.getByRole('button', { name: 'Unlock' }).click()
  }
}
