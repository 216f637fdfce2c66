import { expect, type Locator, type Page } from '@playwright/test'
import type { RunningApp } from '../start-app'
import { escapeText, MainWindow } from './main-window'

/** The page "Storage" of a host, found as a user of a screen reader would. */
export class StoragePage {
  readonly #page: Page
  readonly #main: MainWindow

  constructor(private readonly app: RunningApp) {
    this.#page = app.page
    this.#main = new MainWindow(app.page)
  }

  async open(host: string): Promise<void> {
    await this.#main.host(host).click()
    await this.#page.getByRole('tab', { name: 'Storage' }).click()
  }

  entry(pool: string): Locator {
    return this.#page.getByRole('listbox', { name: 'Storage pools' }).locator(`[data-pool="${pool}"]`)
  }

  pool(pool: string): Locator {
    return this.#page.getByRole('region', { name: `Pool ${pool}` })
  }

  row(pool: string, name: string): Locator {
    return this.#page
      .getByRole('grid', { name: `Volumes of ${pool}` })
      .getByRole('row')
      .filter({ has: this.#page.getByText(name, { exact: true }) })
  }

  task(text: RegExp): Locator {
    return this.#page.getByRole('listitem').filter({ hasText: text })
  }

  /** Opens "New pool…" with a kind of storage chosen, and creates after `fill`. */
  async newPool(
    kind: string,
    name: string,
    fill: (dialog: Locator) => Promise<void>,
    button = 'Create',
  ): Promise<void> {
    await this.#page.getByRole('button', { name: 'New pool…' }).click()
    const dialog = this.#main.dialog('New pool')
    const option = dialog.getByRole('option', { name: new RegExp(`^${escapeText(kind)}`) })
    // the rare ones are folded away
    if ((await option.count()) === 0) await dialog.getByRole('button', { name: /more kinds$/ }).click()
    await option.click()
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await fill(dialog)
    await dialog.getByRole('button', { name: button, exact: true }).click()
  }

  async newVolume(pool: string, fill: (dialog: Locator) => Promise<void>): Promise<void> {
    await this.pool(pool).getByRole('button', { name: 'New volume…' }).last().click()
    const dialog = this.#main.dialog(`New volume in ${pool}`)
    await fill(dialog)
    await dialog.getByRole('button', { name: 'Create', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  /** Selects a volume and presses one of its buttons. */
  async act(pool: string, volume: string, action: string): Promise<void> {
    await this.row(pool, volume).click()
    await this.#page
      .getByRole('toolbar', { name: 'Selected volumes' })
      .getByRole('button', { name: action })
      .click()
  }

  dialog(name: string | RegExp): Locator {
    return this.#main.dialog(name)
  }

  /** What the system's dialogs for files answer from now on. */
  async answerFileDialogs(paths: { readonly open: string; readonly save: string }): Promise<void> {
    await this.app.electron.evaluate(({ dialog }, { open, save }) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [open] })
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: save })
    }, paths)
  }

  async upload(pool: string, name: string, isOverwritten = false): Promise<void> {
    await this.pool(pool).getByRole('button', { name: 'Upload…' }).first().click()
    const dialog = this.#main.dialog(`Upload to ${pool}`)
    await dialog.getByRole('textbox', { name: 'Name in the pool' }).fill(name)
    if (isOverwritten) await dialog.getByText(/write over it/).click()
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async wipe(pool: string, name: string): Promise<void> {
    await this.row(pool, name).click()
    await this.#page.getByRole('button', { name: 'More for volumes' }).click()
    await this.#page.getByRole('menuitem', { name: 'Wipe…' }).click()
    const dialog = this.#main.dialog(`Wipe ${name}?`)
    await dialog.getByRole('textbox', { name: `Type ${name} to confirm` }).fill(name)
    await dialog.getByRole('button', { name: 'Wipe', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async copy(pool: string, name: string, copy: string): Promise<void> {
    await this.act(pool, name, 'Copy, move or convert…')
    const dialog = this.#main.dialog(`Copy or move ${name}`)
    await dialog.getByRole('textbox', { name: 'Name there' }).fill(copy)
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async resize(pool: string, name: string, size: string): Promise<void> {
    await this.act(pool, name, 'Resize…')
    const dialog = this.#main.dialog(`Resize ${name}`)
    await dialog.getByRole('textbox', { name: 'New capacity' }).fill(size)
    await dialog.getByRole('button', { name: 'Resize', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async deleteVolume(pool: string, name: string): Promise<void> {
    await this.act(pool, name, 'Delete…')
    const dialog = this.#main.dialog(`Delete ${name}?`)
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(this.row(pool, name)).toHaveCount(0)
  }

  async deletePool(pool: string, what: 'definition' | 'everything'): Promise<void> {
    await this.entry(pool).click()
    await this.#page.getByRole('button', { name: 'More for this pool' }).click()
    await this.#page.getByRole('menuitem', { name: 'Delete…' }).click()
    const dialog = this.#main.dialog(`Delete pool ${pool}?`)
    if (what === 'everything') {
      await dialog.getByText('Everything', { exact: true }).click()
      await dialog.getByRole('textbox', { name: new RegExp(`Type ${pool}`) }).fill(pool)
      await dialog.getByRole('button', { name: 'Destroy' }).click()
    } else {
      await dialog.getByRole('button', { name: /^(Delete|Remove)/ }).click()
    }
    await expect(this.entry(pool)).toHaveCount(0)
  }
}
