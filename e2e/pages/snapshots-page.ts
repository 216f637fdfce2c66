import { expect, type Locator, type Page } from '@playwright/test'
import { escapeText, MainWindow } from './main-window'

const inTime = { timeout: 60_000 }

/** The Snapshots tab of a VM with its dialogs, found as a user of a screen reader would. */
export class SnapshotsPage {
  readonly tree: Locator
  readonly #main: MainWindow

  constructor(readonly page: Page) {
    this.tree = page.getByRole('tree', { name: 'Snapshots' })
    this.#main = new MainWindow(page)
  }

  async open(vm: string): Promise<void> {
    await this.#main.showAll()
    await this.page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill(vm)
    await this.#main.openVm(vm)
    await this.page.getByRole('tab', { name: 'Snapshots' }).click()
  }

  row(name: string): Locator {
    return this.tree.getByRole('treeitem', { name: new RegExp(`^${escapeText(name)} `) })
  }

  /** The row of the snapshot that the VM is built on. */
  current(name: string): Locator {
    return this.tree.getByRole('treeitem', {
      name: new RegExp(`^${escapeText(name)} .*the VM is built on it$`),
    })
  }

  /** The row of what the VM is now. */
  get now(): Locator {
    return this.row('You are here')
  }

  /** Name and depth of each row, as they stand below each other. */
  outline(): Promise<[string, number][]> {
    return this.tree
      .getByRole('treeitem')
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.querySelector('[title]')?.getAttribute('title') ?? '',
          Number(row.getAttribute('aria-level')),
        ]),
      )
  }

  /** The page of a snapshot that is shown. */
  shown(name: string): Locator {
    return this.page.getByRole('region', { name: `Snapshot ${name}`, exact: true })
  }

  async show(name: string): Promise<Locator> {
    await this.row(name).click()
    return this.shown(name)
  }

  async askToTake(vm: string): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Take a snapshot…' }).click()
    return this.#main.dialog(`Take a snapshot of ${vm}`)
  }

  /** Takes one, as the dialog proposes or with other choices, and waits until the host has it. */
  async take(vm: string, name: string, choose?: (dialog: Locator) => Promise<void>): Promise<void> {
    const dialog = await this.askToTake(vm)
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    await choose?.(dialog)
    await dialog.getByRole('button', { name: 'Take it' }).click()
    await expect(dialog).toBeHidden()
    await this.#ended()
    await expect(this.row(name)).toBeVisible(inTime)
  }

  async askToGoBack(name: string): Promise<Locator> {
    const shown = await this.show(name)
    await shown.getByRole('button', { name: 'Go back to it…' }).click()
    return this.#main.dialog(`Go back to ${name}?`)
  }

  /** After a look at what the dialog tells. */
  async goBack(name: string, look?: (dialog: Locator) => Promise<void>): Promise<void> {
    const dialog = await this.askToGoBack(name)
    await look?.(dialog)
    await dialog.getByRole('button', { name: 'Go back', exact: true }).click()
    await expect(dialog).toBeHidden()
    await this.#ended()
  }

  async askToDelete(name: string, entry = 'Delete…'): Promise<Locator> {
    const shown = await this.show(name)
    await shown.getByRole('button', { name: 'Delete and more' }).click()
    await this.page.getByRole('menuitem', { name: entry }).click()
    return this.#main.dialog(`Delete ${name}?`)
  }

  /** After a look at what the dialog tells; `button` is what its button says. */
  async remove(
    name: string,
    options: { entry?: string; button?: string; look?: (dialog: Locator) => Promise<void> } = {},
  ): Promise<void> {
    const dialog = await this.askToDelete(name, options.entry)
    await options.look?.(dialog)
    await dialog.getByRole('button', { name: options.button ?? 'Delete', exact: true }).click()
    await expect(dialog).toBeHidden()
    await this.#ended()
    await expect(this.row(name)).toHaveCount(0, inTime)
  }

  /** What was begun is over: its strip is there before its dialog closes. */
  async #ended(): Promise<void> {
    await expect(this.page.getByRole('status', { name: 'Work in progress' })).toBeHidden(inTime)
  }
}
