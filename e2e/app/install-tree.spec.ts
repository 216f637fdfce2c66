import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { NewVmWizard } from '../pages/new-vm-wizard'

const treeInfo = `[general]
family = Fedora
version = 42
arch = x86_64
variant = Server
[images-x86_64]
kernel = images/pxeboot/vmlinuz
initrd = images/pxeboot/initrd.img
`
let main: MainWindow
let server: Server
let url = ''
const asked: string[] = []
const files: Readonly<Record<string, string | Buffer>> = {
  '/os/.treeinfo': treeInfo,
  '/os/images/pxeboot/vmlinuz': Buffer.alloc(200_000, 'kernel'),
  '/os/images/pxeboot/initrd.img': Buffer.alloc(400_000, 'initrd'),
}

onDemoHost(({ page }) => {
  main = new MainWindow(page)
})

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const file = files[path]
    if (file === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-length': Buffer.byteLength(file) }).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

test.afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('an address on the web is all that a VM needs to be installed: its kernel is fetched, used once and removed', async () => {
  const { page } = main
  const opened = new NewVmWizard(page)
  await opened.open('Demo host')
  const wizard = opened.dialog
  await wizard.getByText('Network install').click()
  await wizard.getByRole('combobox', { name: 'Address' }).fill(`${url}/none`)
  await expect(wizard.getByText('There is nothing to install from').first()).toBeVisible()
  await wizard.getByRole('combobox', { name: 'Address' }).fill(`${url}/os`)
  await expect(wizard.getByText('Fedora Linux 42 installer, Server, x86_64')).toBeVisible()
  await wizard.getByRole('textbox', { name: 'Arguments for the kernel' }).fill('ip=dhcp')
  await wizard.getByText('Install on the text console').click()
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await wizard.getByRole('tab', { name: /^Summary/ }).click()
  await expect(wizard).toContainText(`inst.repo=${url}/os/ console=ttyS0,115200 inst.text ip=dhcp`)
  await expect(wizard).toContainText('/var/lib/libvirt/images/fedora42-initrd')
  await wizard.getByRole('tab', { name: 'Command' }).click()
  await expect(wizard).toContainText(`--location ${url}/os`)
  await expect(wizard.getByText('Ready to create')).toBeVisible()
  await wizard.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'fedora42', exact: true })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Running')
  expect(asked).toContain('/os/images/pxeboot/initrd.img')

  await main.host('Demo host').click()
  await page.getByRole('tab', { name: 'Storage' }).click()
  await page.getByRole('listbox', { name: 'Storage pools' }).locator('[data-pool="default"]').click()
  const volumes = page.getByRole('grid', { name: 'Volumes of default' })
  await page.getByRole('searchbox', { name: 'Filter volumes' }).fill('fedora42')
  await expect(volumes.getByRole('row').filter({ hasText: 'fedora42.qcow2' })).toBeVisible()
  await expect(volumes.getByRole('row').filter({ hasText: /fedora42-(kernel|initrd)/ })).toHaveCount(0)
})
