import { expect, type Locator, type Page } from '@playwright/test'
import { HardwarePage } from './hardware-page'
import { MainWindow } from './main-window'

/** Work on the images of a disk: the menu of its hardware page, the dialogs, and the line that shows what runs. */
export class DiskWork {
  readonly hardware: HardwarePage
  readonly #main: MainWindow

  constructor(
    private readonly page: Page,
    private readonly target = 'vda',
  ) {
    this.#main = new MainWindow(page)
    this.hardware = new HardwarePage(page)
  }

  /** What the host does with disks of the VM that is shown. */
  jobs(): Locator {
    return this.page.getByRole('region', { name: 'Work on disks' })
  }

  /** An entry of the menu "Images" on the page of the disk. */
  async choose(entry: string): Promise<void> {
    await this.hardware.show(new RegExp(this.target))
    await this.page.getByRole('button', { name: 'Images', exact: true }).click()
    await this.page.getByRole('menuitem', { name: entry }).click()
  }

  moveDialog(vm: string): Locator {
    return this.#main.dialog(`Move disk ${this.target} of ${vm}`)
  }

  flattenDialog(vm: string): Locator {
    return this.#main.dialog(`Flatten disk ${this.target} of ${vm}`)
  }

  mergeDialog(vm: string): Locator {
    return this.#main.dialog(`Merge layers of ${this.target} of ${vm}`)
  }

  /** From the menu to the task. */
  async move(vm: string, fill: (dialog: Locator) => Promise<void>): Promise<void> {
    await this.choose('Move disk…')
    const dialog = this.moveDialog(vm)
    await fill(dialog)
    await dialog.getByRole('button', { name: 'Move', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async limit(dialog: Locator, perSecond: string): Promise<void> {
    await dialog.getByRole('textbox', { name: 'At most, per second' }).fill(perSecond)
  }

  /** Of the work that runs; nothing: as fast as it goes. */
  async changeSpeed(perSecond: string): Promise<void> {
    await this.jobs().getByRole('button', { name: 'Speed…' }).click()
    const dialog = this.#main.dialog(`Speed of the work on ${this.target}`)
    await this.limit(dialog, perSecond)
    await dialog.getByRole('button', { name: 'Set' }).click()
    await expect(dialog).toBeHidden()
  }
}
