import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { NewVmWizard } from '../pages/new-vm-wizard'

let page: Page

onDemoHost((running) => {
  page = running.page
})

const definition = `<domain type='xen'>
  <name>ordering</name>
  <memory unit='MiB'>512</memory>
  <vcpu>1</vcpu>
  <bootloader>/usr/bin/pygrub</bootloader>
  <os><type arch='x86_64' machine='xenpv'>linux</type></os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='tap2' type='aio'/>
      <source file='/var/lib/libvirt/images/ordering.raw'/>
      <target dev='xvda' bus='xen'/>
    </disk>
    <interface type='network'>
      <mac address='00:16:3e:1a:2b:3c'/>
      <source network='default'/>
      <script path='/etc/xen/scripts/vif-bridge'/>
    </interface>
    <console type='pty'><target type='xen' port='0'/></console>
    <memballoon model='xen'/>
  </devices>
</domain>
`

test('a definition made for Xen becomes a VM of KVM, with every change and the guest’s part shown before', async () => {
  const wizard = new NewVmWizard(page)
  await wizard.open('Demo host')
  await wizard.dialog.getByRole('button', { name: 'From a definition…' }).click()
  const dialog = page.getByRole('dialog', { name: 'VM from a definition' })
  await dialog.getByLabel('Definition file').setInputFiles({
    name: 'ordering.xml',
    mimeType: 'text/xml',
    buffer: Buffer.from(definition),
  })
  await expect(dialog).toContainText('This definition was made for Xen')
  await expect(dialog.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Convert it for KVM…' }).click()
  const conversion = page.getByRole('dialog', { name: 'Convert it for KVM' })
  await expect(conversion.getByRole('table', { name: 'Changes' })).toContainText('xvda becomes vda')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await conversion.getByRole('tab', { name: 'XML difference' }).click()
  await expect(conversion.getByRole('region', { name: 'Conversion' })).toContainText("bus='virtio'")
  await conversion.getByRole('tab', { name: 'In the guest' }).click()
  await expect(conversion).toContainText('/dev/xvda becomes /dev/vda')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await conversion.getByRole('button', { name: 'Use this definition' }).click()
  await expect(conversion).toBeHidden()
  await expect(dialog).not.toContainText('This definition was made for Xen')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { name: 'ordering', exact: true })).toBeVisible()
})
