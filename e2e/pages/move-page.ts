import { expect, type Locator, type Page } from '@playwright/test'
import { MainWindow } from './main-window'
import { TasksPanel } from './tasks-panel'

/** The dialog "Move to another host…", and the tasks that come of it. */
export class MovePage {
  readonly tasks: TasksPanel
  readonly #main: MainWindow

  constructor(private readonly page: Page) {
    this.#main = new MainWindow(page)
    this.tasks = new TasksPanel(page)
  }

  /** For the VM that is selected or shown. */
  async open(vm: string): Promise<Locator> {
    await this.page.getByRole('button', { name: 'More actions' }).click()
    await this.page.getByRole('menuitem', { name: 'Move to another host…' }).click()
    const dialog = this.dialog(vm)
    await expect(dialog).toBeVisible()
    return dialog
  }

  dialog(vm: string): Locator {
    return this.#main.dialog(`Move ${vm} to another host`)
  }

  /** What was looked at before anything is done. */
  checks(vm: string): Locator {
    return this.dialog(vm).getByRole('region', { name: 'Checks' })
  }

  async choose(label: string, option: string): Promise<void> {
    await this.page
      .getByRole('button', { name: new RegExp(label) })
      .last()
      .click()
    await this.page.getByRole('option', { name: new RegExp(option) }).click()
  }

  /** Of "More options", which are folded until then. */
  async limit(vm: string, mebibytesPerSecond: number): Promise<void> {
    await this.dialog(vm).getByText('More options').click()
    await this.dialog(vm).getByRole('textbox', { name: 'No faster than' }).fill(String(mebibytesPerSecond))
  }

  /** Waits until both hosts have answered; returns the task. */
  async begin(vm: string): Promise<Locator> {
    const dialog = this.dialog(vm)
    await dialog.getByRole('button', { name: 'Move', exact: true }).click()
    await expect(dialog).toBeHidden()
    await this.tasks.open()
    return this.task(vm)
  }

  /** The newest of this VM. */
  task(vm: string): Locator {
    return this.tasks.rows(`Moving ${vm} to`).first()
  }
}
