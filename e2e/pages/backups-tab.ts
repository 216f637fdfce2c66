import { expect, type Locator, type Page } from '@playwright/test'
import { MainWindow } from './main-window'

/** The tab "Backups" of a VM, and the dialogs that begin there. */
export class BackupsTab {
  /** Newest first. */
  readonly list: Locator
  readonly checkpoints: Locator
  readonly #main: MainWindow

  constructor(private readonly page: Page) {
    this.#main = new MainWindow(page)
    this.list = page.getByRole('region', { name: 'Backups', exact: true })
    this.checkpoints = page.getByRole('region', { name: 'Checkpoints' })
  }

  async open(vm: string): Promise<void> {
    await this.show(vm)
    await this.#main.openVm(vm)
    await this.page.getByRole('tab', { name: 'Backups' }).click()
  }

  /** In the table of all VMs, where the list of tasks takes room: what is looked for shall not be below its edge. */
  async show(vm: string): Promise<void> {
    await this.#main.showAll()
    await this.page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill(vm)
  }

  row(at: number): Locator {
    return this.list.getByRole('listitem').nth(at)
  }

  async hasBackups(count: number, limit: { timeout: number }): Promise<void> {
    await expect(this.list.getByRole('listitem')).toHaveCount(count, limit)
  }

  async hasNone(limit?: { timeout: number }): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'No backups of this VM' })).toBeVisible(limit)
  }

  get button(): Locator {
    return this.page.getByRole('button', { name: 'Back up…' })
  }

  /** From the button to the task. `look`: at the dialog, before it is answered. */
  async backUp(
    vm: string,
    what: 'Everything' | 'What changed',
    look: (dialog: Locator) => Promise<void> = async () => undefined,
  ): Promise<void> {
    await this.button.click()
    const dialog = this.#main.dialog(`Back up ${vm}`)
    await dialog.getByRole('radio', { name: what }).click({ force: true })
    await look(dialog)
    await dialog.getByRole('button', { name: 'Back up', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  /** Of the backup in this place of the list, 0 for the newest. */
  async restore(at: number, vm: string, name: string, toPool?: string): Promise<void> {
    await this.row(at).getByRole('button', { name: 'Restore…' }).click()
    const dialog = this.#main.dialog(`Restore ${vm} as a new VM`)
    await dialog.getByRole('textbox', { name: 'Name of the new VM' }).fill(name)
    if (toPool !== undefined) await this.choosePool(dialog, 'Its disks go to', toPool)
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async choosePool(dialog: Locator, label: string, pool: string): Promise<void> {
    await dialog.getByRole('button', { name: new RegExp(`${label}$`) }).click()
    // its free space is said beside it
    await this.page
      .getByRole('listbox', { name: label })
      .getByRole('option', { name: new RegExp(`^${pool}\\b`) })
      .click()
  }
}
