import { expect, test, type Page } from '@playwright/test'
import { MainWindow } from '../pages/main-window'
import { onDemoHost } from '../on-demo-host'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

onDemoHost((running) => {
  app = running
  page = app.page
  main = new MainWindow(page)
})

async function openHardware(vm: string, entry: RegExp): Promise<void> {
  await main.showAll()
  await main.openVm(vm)
  await page.getByRole('tab', { name: /^Hardware/ }).click()
  await page.getByRole('navigation', { name: 'Hardware' }).getByRole('option', { name: entry }).click()
}

async function definitionOf(name: string): Promise<string> {
  const vm = (await app.api.vms.list()).items.find((one) => one.name === name)
  if (!vm) throw new Error('no VM')
  return (await app.api.hardware.definition({ host: vm.host, vm: vm.id, which: 'stored' })).xml
}

const bar = () => page.getByRole('region', { name: 'Changes not applied yet' })
const apply = async () => {
  await bar().getByRole('button', { name: 'Apply' }).click()
  await expect(bar()).toHaveCount(0)
}

test('the boot order is changed by dragging and by keys, and the old way becomes places of devices', async () => {
  await openHardware('old-fileserver', /^Boot and firmware/)
  const rows = page.getByRole('list', { name: 'Devices to start from' }).getByRole('listitem')
  const disk = rows.filter({ hasText: 'disk' }).first()
  const card = rows.filter({ hasText: 'Network card' }).first()
  await expect(page.getByText(/by kind of device, the old way/)).toBeVisible()
  expect(await definitionOf('old-fileserver')).toContain("<boot dev='hd'/>")
  await card.dragTo(disk, { targetPosition: { x: 200, y: 4 } })
  await expect(rows.first()).toContainText('Network card')
  await expect(rows.first().getByRole('checkbox')).toBeChecked()
  await rows.first().getByRole('checkbox').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(rows.nth(1)).toContainText('Network card')
  await expect(rows.nth(1).getByRole('checkbox')).toBeFocused()
  await apply()
  await expect(page.getByText(/the old way/)).toHaveCount(0)
  const xml = await definitionOf('old-fileserver')
  expect(xml).not.toContain('<boot dev=')
  // in the order of the document: the first disk, the CD drive, the network card
  expect([...xml.matchAll(/<boot order='(\d)'\/>/g)].map(([, place]) => place)).toEqual(['1', '3', '2'])
})

test('virtual CPUs are placed by dragging over the host’s CPUs and by a preset', async () => {
  await openHardware('old-fileserver', /^CPU placement/)
  const cpu = (number: number) => page.getByRole('checkbox', { name: new RegExp(`^CPU ${number}(,|$)`) })
  await cpu(0).hover()
  await page.mouse.down()
  await cpu(16).hover()
  await cpu(1).hover()
  await page.mouse.up()
  await expect(page.getByLabel('Host CPUs of vCPU 0')).toHaveValue('0-1,16')
  await page.getByRole('option', { name: /^Emulator,/ }).click()
  await page.getByRole('button', { name: 'Node 1' }).click()
  await expect(page.getByLabel('Host CPUs of Emulator')).toHaveValue('8-15,24-31')
  await page.getByRole('button', { name: 'Presets' }).click()
  await page.getByRole('menuitem', { name: 'One to one on node 0' }).click()
  await apply()
  const xml = await definitionOf('old-fileserver')
  expect(xml).toContain("<vcpupin vcpu='0' cpuset='0'/>")
  expect(xml).toContain("<emulatorpin cpuset='8-15,24-31'/>")
})

test('the topology says when it does not fit, and a feature is switched off by name', async () => {
  await openHardware('old-fileserver', /^Processor/)
  const topology = page.getByRole('group', { name: 'Topology' })
  await topology.getByText('Set here', { exact: true }).click()
  await topology.getByLabel('Sockets').fill('4')
  await expect(page.getByText(/The topology makes/)).toBeVisible()
  await topology.getByRole('button', { name: /^Give the VM/ }).click()
  await expect(page.getByText(/The topology makes/)).toHaveCount(0)
  await page.getByLabel('Find a CPU feature').fill('x2a')
  await page.getByRole('button', { name: 'x2apic: off' }).click()
  await apply()
  const xml = await definitionOf('old-fileserver')
  expect(xml).toMatch(/<topology sockets='4'/)
  expect(xml).toContain("<feature name='x2apic' policy='disable'/>")
})

test('a suggestion is taken over as a change like any other', async () => {
  await openHardware('web-01', /^General/)
  const suggestions = page.getByRole('region', { name: 'Suggestions' })
  await expect(suggestions).toBeVisible()
  const count = await suggestions.getByRole('listitem').count()
  await suggestions
    .getByRole('button', { name: /^Take over/ })
    .first()
    .click()
  await expect(suggestions.getByRole('listitem')).toHaveCount(count - 1)
  await bar().getByRole('button', { name: 'Discard' }).click()
  await expect(suggestions.getByRole('listitem')).toHaveCount(count)
})
