import { expect, type Locator, type Page } from '@playwright/test'

/** The window's frame: host tree, table of VMs, power toolbar. Everything is found as a user of a screen reader would. */
export class MainWindow {
  readonly tree: Locator
  readonly table: Locator

  constructor(readonly page: Page) {
    this.tree = page.getByRole('tree', { name: 'Hosts' })
    this.table = page.getByRole('grid', { name: 'Virtual machines' })
  }

  host(label: string): Locator {
    return this.tree.getByRole('treeitem', { name: new RegExp(`^${escapeText(label)},`) })
  }

  vm(name: string): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  state(name: string): Locator {
    return this.vm(name).getByRole('gridcell').nth(1)
  }

  async showAll(): Promise<void> {
    await this.tree.getByRole('treeitem', { name: /^All virtual machines/ }).click()
    await expect(this.table).toBeVisible()
  }

  async selectVm(name: string): Promise<void> {
    await this.vm(name).click()
    await expect(this.vm(name)).toHaveAttribute('aria-selected', 'true')
  }

  async openVm(name: string): Promise<void> {
    await this.vm(name).dblclick()
    await expect(this.page.getByRole('tab', { name: 'Overview' })).toBeVisible()
  }

  /** A button of the power toolbar, for the selected or shown VM. */
  power(label: string): Locator {
    return this.page.getByRole('toolbar', { name: 'Power' }).getByRole('button', { name: label, exact: true })
  }

  async openConsole(name: string): Promise<Locator> {
    await this.openVm(name)
    await this.page.getByRole('tab', { name: 'Console' }).click()
    return this.page.getByRole('region', { name: `Console of ${name}` })
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name }).or(this.page.getByRole('alertdialog', { name }))
  }
}

export function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
