import { expect, type Locator, type Page } from '@playwright/test'
import { MainWindow } from './main-window'

/** Saved states: the note on the page of a VM, the tab of its host, and their dialogs, found as a user of a screen reader would. */
export class SavesPage {
  /** On the page of a VM whose memory is saved. */
  readonly note: Locator
  readonly kept: Locator
  readonly files: Locator
  readonly #main: MainWindow

  constructor(readonly page: Page) {
    this.note = page.getByRole('region', { name: 'Saved state' })
    this.kept = page.getByRole('table', { name: 'Saved states of VMs' })
    this.files = page.getByRole('table', { name: 'Saved states in files' })
    this.#main = new MainWindow(page)
  }

  /** The tab of a host. */
  async open(host: string): Promise<void> {
    await this.#main.host(host).click()
    await this.page.getByRole('tab', { name: 'Saved states' }).click()
  }

  /** An entry of the menu of the VM that is shown. */
  async more(entry: string): Promise<void> {
    await this.#main.power('More actions').click()
    await this.page.getByRole('menuitem', { name: entry, exact: true }).click()
  }

  async askToSave(vm: string): Promise<Locator> {
    await this.more('Save to file…')
    return this.#main.dialog(`Save ${vm} to a file`)
  }

  /** Saves the VM that is shown to a file, in the folder that is proposed, and waits until its page says so. */
  async saveToFile(vm: string, file: string, look?: (dialog: Locator) => Promise<void>): Promise<void> {
    const dialog = await this.askToSave(vm)
    await dialog.getByRole('textbox', { name: 'Name of the file' }).fill(file)
    await look?.(dialog)
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(this.note).toContainText(`/${file}`, { timeout: 60_000 })
  }

  /** Of a file that is listed on the tab of the host. */
  async askToRestore(file: string, vm: string): Promise<Locator> {
    await this.files.getByRole('button', { name: `Restore ${file}` }).click()
    return this.#main.dialog(`Restore ${vm}?`)
  }

  async askToDelete(file: string): Promise<Locator> {
    await this.page.getByRole('button', { name: `More for ${file}` }).click()
    await this.page.getByRole('menuitem', { name: 'Delete file…' }).click()
    return this.#main.dialog(`Delete ${file}?`)
  }
}
