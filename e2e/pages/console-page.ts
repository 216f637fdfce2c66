import { expect, type Locator, type Page } from '@playwright/test'
import { MainWindow } from './main-window'
import { litShare, Screen } from './screen'

/** The console tab of one VM. */
export class ConsolePage {
  readonly region: Locator
  readonly screen: Screen
  readonly state: Locator
  readonly question: Locator
  /** The picture that is left of a screen which is gone. */
  readonly lastFrame: Locator

  private constructor(
    readonly page: Page,
    region: Locator,
  ) {
    this.region = region
    this.screen = new Screen(region)
    this.state = region.locator('.console-state')
    this.lastFrame = region.locator('.console-last-frame')
    this.question = region.getByRole('region', { name: /certificate of this screen/ })
  }

  static async open(page: Page, vm: string): Promise<ConsolePage> {
    const main = new MainWindow(page)
    await main.showAll()
    return new ConsolePage(page, await main.openConsole(vm))
  }

  /** Of a console in a window of its own. */
  static in(page: Page, vm: string): ConsolePage {
    return new ConsolePage(page, page.getByRole('region', { name: `Console of ${vm}`, exact: true }))
  }

  /** Connected, and something is drawn. */
  async shows(state: string, timeout = 30_000): Promise<void> {
    await expect(this.state).toHaveText(state, { timeout })
    await expect.poll(() => this.screen.litShare(), { timeout }).toBeGreaterThan(0.001)
  }

  /** Begin to wait before the state comes: however short it stays, it is seen. */
  async seen(state: RegExp): Promise<void> {
    await this.state.evaluate(
      (element, [source, limitMs]) =>
        new Promise<void>((resolve, reject) => {
          const wanted = new RegExp(source)
          const timer = setTimeout(() => reject(new Error(`the state never was ${source}`)), limitMs)
          const look = (): void => {
            if (!wanted.test(element.textContent ?? '')) return
            clearTimeout(timer)
            observer.disconnect()
            resolve()
          }
          const observer = new MutationObserver(look)
          observer.observe(element, { childList: true, characterData: true, subtree: true })
          look()
        }),
      [state.source, 30_000] as const,
    )
  }

  /** As Screen.litShare, of the picture that is left. */
  litShareOfLastFrame(): Promise<number> {
    return litShare(this.lastFrame)
  }

  async signIn(password: string, user?: string): Promise<void> {
    const form = this.region.getByRole('form', { name: 'The screen of this VM is locked' })
    if (user !== undefined) await form.getByLabel('User name').fill(user)
    await form.getByLabel('Password').fill(password)
    await form.getByRole('button', { name: 'Unlock' }).click()
  }
}
