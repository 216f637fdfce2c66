import { expect, test, type Locator, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { NewVmWizard } from '../pages/new-vm-wizard'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

onDemoHost((running) => {
  app = running
  page = running.page
  main = new MainWindow(page)
})

const definition = `<domain type='kvm'>
  <name>restored</name>
  <uuid>6f1e0b8a-0c52-4f0e-9a53-0d4f9d3c1a77</uuid>
  <memory unit='MiB'>512</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <disk type='file' device='disk'><source file='/srv/gone.qcow2'/><target dev='vda' bus='virtio'/></disk>
  </devices>
</domain>
`

async function openWizard(): Promise<Locator> {
  const wizard = new NewVmWizard(page)
  await wizard.open('Demo host')
  return wizard.dialog
}

const step = (wizard: Locator, name: string): Locator =>
  wizard.getByRole('tab', { name: new RegExp(`^${name}`) })
const createButton = (wizard: Locator): Locator => wizard.getByRole('button', { name: 'Create', exact: true })

const discard = (): Promise<void> => new NewVmWizard(page).discard()

test('from a disc to a running VM in three clicks: the system is told by the disc, the rest suggested', async () => {
  const wizard = await openWizard()
  await wizard.getByRole('option', { name: 'debian-12.5.0-amd64-netinst.iso' }).click()
  await expect(wizard).toContainText('Debian 12 installer')
  await expect(wizard.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('debian12')
  await expect(step(wizard, 'System')).toContainText('Debian 12')
  await expect(wizard.getByText('Ready to create')).toBeVisible()
  await createButton(wizard).click()
  await expect(page.getByRole('heading', { name: 'debian12', exact: true })).toBeVisible()
  await expect(page.getByRole('tab', { name: 'Console' })).toHaveAttribute('aria-selected', 'true')

  await main.host('Demo host').click()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('debian12')
  await expect(main.state('debian12')).toContainText('Running')
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('')
})

test('what was chosen is what is made: size, disks, cards, and not started', async () => {
  const wizard = await openWizard()
  await wizard.getByRole('option', { name: 'debian-12.5.0-amd64-netinst.iso' }).click()
  // the name of the first is taken by now
  await expect(wizard.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('debian12-2')
  await step(wizard, 'Size').click()
  await wizard.getByRole('button', { name: /^Large/ }).click()
  await wizard.getByRole('button', { name: 'More virtual CPUs' }).click()
  await step(wizard, 'Storage').click()
  await wizard.getByRole('textbox', { name: 'Size' }).fill('33')
  await wizard.getByRole('button', { name: 'Add a disk' }).click()
  await step(wizard, 'Network').click()
  await wizard.getByRole('button', { name: 'Add a network card' }).click()
  await step(wizard, 'Summary').click()
  await wizard.getByText('Start it now and open its console').click()
  await expect(wizard).toContainText('5 vCPUs, 8 GiB')
  await expect(wizard).toContainText('/var/lib/libvirt/images/debian12-2.qcow2')
  await expect(wizard).toContainText('/var/lib/libvirt/images/debian12-2-2.qcow2')
  await wizard.getByRole('tab', { name: 'XML' }).click()
  await expect(wizard.getByRole('textbox', { name: 'Definition of the new VM' })).toContainText('debian12-2')
  await wizard.getByRole('tab', { name: 'Command' }).click()
  await expect(wizard).toContainText('virt-install')
  await expect(wizard.getByRole('button', { name: 'Copy command' })).toBeVisible()
  await createButton(wizard).click()
  await expect(page.getByRole('heading', { name: 'debian12-2', exact: true })).toBeVisible()
  await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('main')).toContainText('Shut off')
  await expect(page.getByRole('main')).toContainText('debian12-2-2.qcow2')
})

test('a VM is made from a disk that is there', async () => {
  const wizard = await openWizard()
  await wizard.getByText('Existing disk').click()
  await createButton(wizard).click()
  await expect(wizard.getByText('Choose an image').first()).toBeVisible()
  await wizard.getByRole('button', { name: 'Choose…' }).click()
  const browse = main.dialog('Choose a volume or file')
  await browse.getByRole('searchbox').fill('spare-disk')
  await browse.getByRole('row', { name: /spare-disk\.qcow2/ }).click()
  await expect(wizard.getByRole('textbox', { name: 'Disk image' })).toHaveValue('default/spare-disk.qcow2')
  await expect(wizard.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('spare-disk')
  await createButton(wizard).click()
  await expect(page.getByRole('heading', { name: 'spare-disk', exact: true })).toBeVisible()
})

test('a cloud image becomes a running VM whose disc says who may log in', async () => {
  const wizard = await openWizard()
  await wizard.getByText('Cloud image').click()
  await wizard.getByRole('option', { name: /debian-12-genericcloud/ }).click()
  await wizard.getByRole('textbox', { name: 'Name', exact: true }).fill('cloudy')
  await expect(step(wizard, 'System')).toContainText('Debian 12')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await step(wizard, 'First start').click()
  await expect(wizard.getByRole('textbox', { name: 'Name of the computer' })).toHaveValue('cloudy')
  await wizard.getByLabel('Password', { exact: true }).fill('geheim')
  await expect(wizard.getByText('Ready to create')).toBeVisible()
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await step(wizard, 'Summary').click()
  await expect(wizard).toContainText('/var/lib/libvirt/images/cloudy-seed.iso')
  await wizard.getByRole('tab', { name: 'cloud-init' }).click()
  await expect(wizard.getByRole('region', { name: 'user-data' })).toContainText('hostname: "cloudy"')
  await expect(wizard).not.toContainText('geheim')
  await createButton(wizard).click()
  await expect(page.getByRole('heading', { name: 'cloudy', exact: true })).toBeVisible()
})

test('hardware is changed before there is a VM, which is made with it', async () => {
  const wizard = await openWizard()
  await wizard.getByText('No medium').click()
  await wizard.getByRole('textbox', { name: 'Name', exact: true }).fill('made-to-measure')
  await step(wizard, 'Summary').click()
  await wizard.getByText('Start it now and open its console').click()
  await wizard.getByRole('button', { name: 'Change hardware…' }).click()
  const editor = main.dialog('Hardware of made-to-measure')
  await expect(editor.getByRole('listbox', { name: 'Pages and devices' })).toBeVisible()
  expect(await accessibilityProblems(page, '.hw-draft')).toEqual([])
  await editor.getByRole('button', { name: 'Add hardware…' }).click()
  const add = main.dialog(/^Add hardware to/)
  await add.getByRole('option', { name: /^Watchdog/ }).click()
  await add.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(add).toHaveCount(0)
  await expect(editor).toContainText('1 change')
  await editor.getByRole('button', { name: 'Review…' }).click()
  const review = main.dialog(/^Review the changes/)
  await review.getByRole('tab', { name: 'XML difference' }).click()
  await expect(review).toContainText('<watchdog')
  await review.getByRole('button', { name: 'Back to editing' }).click()
  await editor.getByRole('button', { name: 'Done' }).click()
  await expect(wizard).toContainText('1 item changed')
  await expect(wizard.getByText('Ready to create')).toBeVisible()
  await createButton(wizard).click()
  await expect(page.getByRole('heading', { name: 'made-to-measure', exact: true })).toBeVisible()
  await page.getByRole('tab', { name: 'Hardware' }).click()
  await expect(page.getByRole('option', { name: /^Watchdog/ })).toBeVisible()
})

test('several VMs are made of one description, each with disks of its own', async () => {
  const wizard = await openWizard()
  await wizard.getByText('No medium').click()
  await wizard.getByRole('textbox', { name: 'Name', exact: true }).fill('farm')
  await step(wizard, 'Summary').click()
  await wizard.getByText('Start it now and open its console').click()
  await wizard.getByRole('textbox', { name: 'How many' }).fill('3')
  await expect(wizard).toContainText('farm-01, farm-02, farm-03')
  await expect(wizard).toContainText('farm-03.qcow2')
  await expect(wizard.getByText('Ready to create')).toBeVisible()
  await createButton(wizard).click()
  await expect(page.getByText('3 VMs were created')).toBeVisible()
  await main.host('Demo host').click()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('farm-')
  for (const name of ['farm-01', 'farm-02', 'farm-03'])
    await expect(main.state(name)).toContainText('Shut off')
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('')
})

test('a definition somebody has becomes a VM, and a UUID that is taken is told', async () => {
  const wizard = await openWizard()
  await wizard.getByRole('button', { name: 'From a definition…' }).click()
  const dialog = main.dialog('VM from a definition')
  const file = { name: 'restored.xml', mimeType: 'text/xml', buffer: Buffer.from(definition) }
  await dialog.getByLabel('Definition file').setInputFiles(file)
  await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('restored')
  await expect(dialog).toContainText('There is no /srv/gone.qcow2 on the host')
  await expect(dialog.getByRole('button', { name: 'Create', exact: true })).toBeEnabled()
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'restored', exact: true })).toBeVisible()

  const again = await openWizard()
  await again.getByRole('button', { name: 'From a definition…' }).click()
  await dialog.getByLabel('Definition file').setInputFiles(file)
  await expect(dialog).toContainText('Its UUID belongs to restored on this host')
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('restored-2')
  await dialog.getByText('A VM of its own, with a new UUID').click()
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'restored-2', exact: true })).toBeVisible()
})

test('a name that is taken is told at its field, and a long one is no harm', async () => {
  const wizard = await openWizard()
  await wizard.getByRole('option', { name: 'fedora-40-server.iso' }).click()
  const name = wizard.getByRole('textbox', { name: 'Name', exact: true })
  await name.fill('web-01')
  await expect(wizard.getByText('There is already a VM called "web-01" on this host').first()).toBeVisible()
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await createButton(wizard).click()
  await expect(wizard).toBeVisible()
  await name.fill('a b')
  await expect(wizard.getByText('Use letters, digits and _ - . : + only').first()).toBeVisible()
  const long = `long-${'x'.repeat(200)}`
  await name.fill(long)
  await step(wizard, 'Summary').click()
  await expect(wizard).toContainText(`${long}.qcow2`)
  const isTooWide = await wizard.evaluate((element) => element.scrollWidth > element.clientWidth)
  expect(isTooWide).toBe(false)
  await discard()
})

test('an operating system is found by a few letters and decides what is suggested', async () => {
  const wizard = await openWizard()
  await wizard.getByText('Network boot').click()
  await expect(wizard.getByText('Ready to create')).toBeVisible()
  await step(wizard, 'System').click()
  await wizard.getByRole('combobox', { name: 'Operating system' }).fill('win 11')
  await page.getByRole('option', { name: /^Microsoft Windows 11/ }).click()
  await expect(wizard.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('win11')
  await expect(step(wizard, 'Size')).toContainText('4 GiB')
  await wizard.getByRole('button', { name: 'Machine, firmware and TPM' }).click()
  await expect(wizard.getByRole('button', { name: /UEFI with Secure Boot/ })).toBeVisible()
  await expect(wizard.getByRole('checkbox', { name: 'Virtual TPM 2.0' })).toBeChecked()
  await discard()
})

test('a VM is made by the keyboard alone, and asks before what was typed is thrown away', async () => {
  await main.host('Demo host').click()
  await page.getByRole('button', { name: 'New VM…' }).focus()
  await page.keyboard.press('Enter')
  const wizard = main.dialog('New VM')
  await expect(wizard).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(wizard).toHaveCount(0)
  // keys that are sent to the page do not reach the menu
  const keys = await app.electron.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
    const item = items.find(({ label }) => label === 'New VM…')
    item?.click()
    return item?.accelerator
  })
  expect(keys).toBe('CmdOrCtrl+N')
  await expect(wizard).toBeVisible()
  await wizard.getByRole('textbox', { name: 'Name', exact: true }).focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('by-keys')
  await page.keyboard.press('Escape')
  const question = main.dialog('Close without creating the VM?')
  await expect(question).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)

  await wizard.getByRole('radio', { name: 'ISO image' }).focus()
  for (const name of ['Network install', 'Cloud image', 'Network boot', 'Existing disk', 'No medium']) {
    await page.keyboard.press('ArrowRight')
    await expect(wizard.getByRole('radio', { name })).toBeChecked()
  }
  await wizard.getByRole('textbox', { name: 'Name', exact: true }).focus()
  for (const name of ['System', 'Size', 'Storage', 'Network', 'Summary']) {
    // Enter goes on, a step each time
    await wizard.getByRole('textbox', { name: 'Name', exact: true }).press('Enter')
    await expect(step(wizard, name)).toHaveAttribute('aria-selected', 'true')
  }
  await expect(wizard.getByText('Ready to create')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'by-keys', exact: true })).toBeVisible()
})

/** Presses Tab until it has the focus, and returns what had it on the way. */
async function tabTo(target: Locator): Promise<string[]> {
  const stops: string[] = []
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return stops
    stops.push(await page.evaluate(() => document.activeElement?.textContent ?? ''))
  }
  throw new Error(`It is not reached by Tab, only ${stops.join(' | ')}`)
}

test('a VM is installed from a disc by the keyboard alone, in the order in which things stand', async () => {
  await main.host('Demo host').click()
  await page.getByRole('button', { name: 'New VM…' }).focus()
  await page.keyboard.press('Enter')
  const wizard = main.dialog('New VM')
  await tabTo(wizard.getByRole('textbox', { name: 'Name', exact: true }))
  const toWays = await tabTo(wizard.getByRole('radio', { name: 'ISO image' }))
  // the host and the steps are one stop each
  expect(toWays).toHaveLength(2)
  const disc = wizard.getByRole('option', { name: 'fedora-40-server.iso' })
  const toDiscs = await tabTo(wizard.getByRole('option').first())
  expect(toDiscs).toEqual([
    'From a definition…',
    'From a QEMU command…',
    'From a template…',
    'From another hypervisor’s file…',
  ])
  // the list goes to what is typed
  await page.keyboard.type('fedora')
  await expect(disc).toBeFocused()
  // what has the focus can be told from what is chosen
  await expect(disc).toHaveAttribute('data-focus-visible', 'true')
  // a space would belong to what is typed
  await page.keyboard.press('Enter')
  await expect(disc).toHaveAttribute('aria-selected', 'true')
  await expect(wizard.getByText('Ready to create')).toBeVisible()
  const name = await wizard.getByRole('textbox', { name: 'Name', exact: true }).inputValue()
  expect(name).toMatch(/^fedora40/)

  // the installer's questions are answered on the way
  await tabTo(wizard.getByRole('radio', { name: 'I answer them' }))
  await page.keyboard.press('ArrowRight')
  const agree = wizard.getByRole('checkbox', { name: 'The first disk is erased without being asked' })
  await tabTo(agree)
  // the box itself is drawn beside these words
  await expect(wizard.getByText('The first disk is erased without being asked')).toBeInViewport()
  await page.keyboard.press('Space')
  const password = wizard.getByLabel('Password of the user')
  await tabTo(password)
  await expect(password).toBeInViewport()
  await page.keyboard.type('geheim')
  await expect(wizard.getByText('Ready to create')).toBeVisible()
  await tabTo(createButton(wizard))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every step of the wizard can be used by everybody, ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    const wizard = await openWizard()
    await createButton(wizard).click()
    await page.mouse.move(0, 0)
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    await wizard.getByRole('option', { name: 'debian-12.5.0-amd64-netinst.iso' }).click()
    await expect(wizard.getByText('Ready to create')).toBeVisible()
    for (const name of ['Source', 'System', 'Size', 'Storage', 'Network', 'Summary']) {
      await step(wizard, name).click()
      expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    }
    await wizard.getByRole('tab', { name: 'Command' }).click()
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    await discard()
  })

  test(`every source of the wizard can be used by everybody, ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    const wizard = await openWizard()
    for (const name of ['Network install', 'Cloud image', 'Network boot', 'Existing disk', 'No medium']) {
      await wizard.getByText(name, { exact: true }).click()
      await expect(wizard.getByRole('radio', { name })).toBeChecked()
      await createButton(wizard).hover()
      expect(await accessibilityProblems(page, '.dialog')).toEqual([])
      // nothing is wider than its place
      const panel = wizard.locator('.nv-panels')
      expect(await panel.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    }
    await wizard.getByText('ISO image', { exact: true }).click()
    await wizard.getByRole('option', { name: 'fedora-40-server.iso' }).click()
    for (const way of ['A short form', 'My own file']) {
      await wizard.getByText(way, { exact: true }).click()
      await createButton(wizard).hover()
      expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    }
    await wizard.getByText('Cloud image', { exact: true }).click()
    await step(wizard, 'First start').click()
    await wizard.getByText('Fixed', { exact: true }).click()
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    await wizard.getByText('Write the configuration myself').click()
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    await discard()
  })
}
