import { expect, type Locator, type Page } from '@playwright/test'

/** The page about all that runs. */
export class TopPage {
  readonly vms: Locator
  readonly vcpus: Locator
  readonly hostCpus: Locator
  readonly disks: Locator
  readonly nics: Locator
  readonly summary: Locator
  readonly filter: Locator

  constructor(readonly page: Page) {
    const grid = (name: string): Locator => page.getByRole('grid', { name })
    this.vms = grid('Running VMs')
    this.vcpus = grid('Virtual CPUs')
    this.hostCpus = grid('CPUs of hosts')
    this.disks = grid('Disks of running VMs')
    this.nics = grid('Network cards of running VMs')
    this.summary = page.locator('.top-summary')
    this.filter = page.getByRole('searchbox', { name: 'Filter by VM or host' })
  }

  async open(): Promise<void> {
    await this.page
      .getByRole('tree', { name: 'Hosts' })
      .getByRole('treeitem', { name: 'Top', exact: true })
      .click()
    await this.show('VMs')
    await expect(this.vms).toBeVisible()
  }

  async show(view: 'VMs' | 'vCPUs' | 'Host CPUs' | 'Disks' | 'Networks'): Promise<void> {
    await this.page.getByRole('main', { name: 'Top' }).getByText(view, { exact: true }).click()
  }

  /** What stands in a column, from top to bottom, of the rows that are drawn. */
  async column(grid: Locator, header: string): Promise<string[]> {
    return grid.evaluate((element, name) => {
      const headings = [...element.querySelectorAll('[role=columnheader]')].map(
        ({ textContent }) => textContent,
      )
      const at = headings.indexOf(name)
      return [...element.querySelectorAll('[role=row][data-row]')]
        .toSorted((a, b) => Number(a.getAttribute('data-row')) - Number(b.getAttribute('data-row')))
        .map((row) => row.querySelectorAll('[role=gridcell]')[at]?.textContent ?? '')
    }, header)
  }
}
