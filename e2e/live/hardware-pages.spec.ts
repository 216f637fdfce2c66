/** A VM of a real host with a hundred devices: from the key that leaves a page to the next page on the screen. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { kindOf } from '../../shared/model/hardware/kinds'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addHost } from '../pages/connect'
import { HardwarePage } from '../pages/hardware-page'
import { MainWindow } from '../pages/main-window'
import { figuresOf, PaintTimes } from '../pages/paint-times'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let userHome: string
let app: RunningApp

const vm = 'e2e-hundred'

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  const file = join(userHome, 'hundred.xml')
  await writeFile(file, hundredDevices())
  await labA.virsh(['define', file])
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  await addHost(app.page, {
    uri: `qemu+ssh://root@${labA.address}/system`,
    label: 'Lab A',
    password: labA.password,
    fingerprint: labA.hostKeyFingerprint,
  })
  await expect(new MainWindow(app.page).host('Lab A')).toHaveAccessibleName(/Connected/i)
})

test.afterAll(async () => {
  await app?.stop()
  await labA?.removeGuest(vm)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test('each page of a VM with a hundred devices is on the screen within 100 ms of the key', async () => {
  const hardware = new HardwarePage(app.page)
  await hardware.open(vm)
  const [record] = (await app.api.vms.list()).items
  if (!record) throw new Error('no VM')
  const { items } = await app.api.hardware.view({ host: record.host, vm: record.id })
  expect(items.filter(({ ref }) => kindOf(ref.kind)?.role === 'device').length).toBeGreaterThanOrEqual(100)

  const entries = hardware.list.getByRole('option')
  const names = await entries.allInnerTexts()
  const count = names.length
  // all kinds of pages, and XML at the end
  expect(count).toBe(items.length + 1)
  await entries.first().click()
  const times = await PaintTimes.watch(app.page, 'nav [role=option][aria-selected=true], main h2')
  for (let at = 1; at < count; at += 1) {
    await app.page.keyboard.press('ArrowDown')
    await times.answered(at)
  }
  await expect(hardware.entry('XML')).toHaveAttribute('aria-selected', 'true')
  const figures = figuresOf(await times.sorted())
  process.stdout.write(`hardware pages of a VM with 100 devices: ${JSON.stringify(figures)}\n`)
  const slowest = (await times.inOrder())
    .map((ms, at) => ({ ms, name: names[at + 1]?.replaceAll('\n', ' ') }))
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 8)
  process.stdout.write(
    `the slowest: ${slowest.map(({ ms, name }) => `${name} ${Math.round(ms)} ms`).join(', ')}\n`,
  )
  expect(figures.medianMs).toBeLessThan(100)
  expect(app.pageErrors).toEqual([])
})

/** No two of one name: a page that looks like the one before could not be told from it. */
function hundredDevices(): string {
  const each = (count: number, device: (at: number) => string): string =>
    Array.from({ length: count }, (_, at) => device(at)).join('\n')
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const devices = [
    each(6, (at) => `<controller type='scsi' index='${at}' model='virtio-scsi'/>`),
    each(
      26,
      (at) => `<disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none' discard='unmap'/>
        <source file='/var/lib/libvirt/images/hundred-${at}.qcow2'/><target dev='sd${letters[at]}' bus='scsi'/></disk>`,
    ),
    each(
      10,
      (at) => `<disk type='file' device='disk'><driver name='qemu' type='raw' io='threads'/>
        <source file='/var/lib/libvirt/images/hundred-v${at}.img'/><target dev='vd${letters[at]}' bus='virtio'/>
        <serial>HUNDRED-${at}</serial></disk>`,
    ),
    each(
      12,
      (at) =>
        `<interface type='user'><mac address='52:54:00:64:00:${String(at + 10)}'/><model type='virtio'/></interface>`,
    ),
    each(4, (at) => `<serial type='pty'><target port='${at}'/></serial>`),
    each(12, (at) => `<channel type='unix'><target type='virtio' name='org.example.${at}'/></channel>`),
    `<input type='tablet' bus='usb'/><input type='keyboard' bus='usb'/><input type='mouse' bus='usb'/>
     <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
     <graphics type='vnc' port='-1'/>
     <video><model type='virtio'/></video>
     <sound model='ich9'/>
     <watchdog model='i6300esb' action='reset'/>
     <memballoon model='virtio'/>`,
  ]
  return `<domain type='qemu'>
  <name>${vm}</name>
  <memory unit='MiB'>256</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/><apic/></features>
  <devices>${devices.join('\n')}</devices>
</domain>
`
}
