import { buildDefinition, cdrom, disk, gib, mib, nic, type Wish } from './build'
import type { FakeHost, Placement } from './fake-host'
import { seedSnapshots } from './snapshots/seed'

const days = 86_400_000
const bridge = { source: { kind: 'bridge', name: 'br0' } } as const

type Resident = Wish & Placement

/** The guests of the demo host: one of every kind a user meets. */
function residents(host: string): Resident[] {
  return [
    {
      name: 'web-01',
      title: 'Public website',
      autostart: true,
      uptimeMs: 41 * days,
      load: { cpu: 0.22, netReceiveBytesPerSecond: 900_000, netSendBytesPerSecond: 4_200_000 },
    },
    {
      name: 'db-01',
      title: 'PostgreSQL primary',
      description: 'Nightly dump at 02:30. Ask before restarting.',
      autostart: true,
      uptimeMs: 112 * days,
      vcpuCount: 4,
      maxVcpuCount: 8,
      memoryBytes: 12 * gib,
      maxMemoryBytes: 16 * gib,
      disks: [
        disk('vda', 'db-01.qcow2'),
        disk('vdb', '/dev/vg0/db-01-data', { sourceType: 'block', format: 'raw' }),
      ],
      nics: [nic(host, 'db-01', 0, bridge)],
      load: {
        cpu: 0.35,
        memory: 0.85,
        diskReadBytesPerSecond: 9_000_000,
        diskWriteBytesPerSecond: 14_000_000,
      },
    },
    {
      name: 'mail',
      title: 'Mail and calendar',
      autostart: true,
      uptimeMs: 9 * days,
      memoryBytes: 4 * gib,
      display: { kind: 'vnc', password: 'postmark' },
      load: { netReceiveBytesPerSecond: 120_000 },
    },
    {
      name: 'win11-office',
      title: 'Office desktop',
      uptimeMs: 2 * days,
      osId: 'http://microsoft.com/win/11',
      firmware: 'UEFI',
      hasTpm: true,
      vcpuCount: 4,
      memoryBytes: 8 * gib,
      disks: [disk('sda', 'win11-office.qcow2', { bus: 'sata' }), cdrom('sdb', 'virtio-win.iso')],
      nics: [nic(host, 'win11-office', 0, { model: 'e1000e' })],
      guest: { look: 'desktop' },
      load: { cpu: 0.18, memory: 0.7 },
    },
    {
      name: 'edge-router',
      title: 'Firewall and VPN',
      autostart: true,
      uptimeMs: 203 * days,
      vcpuCount: 1,
      memoryBytes: 512 * mib,
      display: { kind: 'none' },
      hasGuestAgentChannel: false,
      nics: [nic(host, 'edge-router', 0, bridge), nic(host, 'edge-router', 1)],
      load: { cpu: 0.3, netReceiveBytesPerSecond: 6_000_000, netSendBytesPerSecond: 5_800_000 },
    },
    {
      name: 'build-runner-07',
      uptimeMs: 5 * 3_600_000,
      vcpuCount: 8,
      memoryBytes: 16 * gib,
      cpuModel: 'EPYC-Milan',
      hostDevices: [{ kind: 'pci', place: '41:01.0' }],
      load: { cpu: 0.8, diskWriteBytesPerSecond: 30_000_000, diskReadBytesPerSecond: 22_000_000 },
    },
    {
      name: 'ci-job-4411',
      description: 'Created by the build system; vanishes when it stops.',
      isPersistent: false,
      uptimeMs: 240_000,
      disks: [disk('vda', 'ci-job-4411-overlay.qcow2')],
      load: { cpu: 0.6 },
    },
    {
      name: 'legacy-erp',
      title: 'ERP, out of support',
      description: 'Does not listen to the power button.',
      uptimeMs: 611 * days,
      machine: 'pc-i440fx-9.2',
      osId: 'http://centos.org/centos/6.10',
      hasGuestAgentChannel: false,
      disks: [disk('hda', 'legacy-erp.img', { bus: 'ide', format: 'raw' })],
      nics: [nic(host, 'legacy-erp', 0, { model: 'rtl8139' })],
      // set up long ago, before anybody thought of ssh tunnels
      display: { kind: 'vnc', listen: '0.0.0.0' },
      guest: { ignoresAcpi: true },
    },
    {
      name: 'design-studio',
      title: 'Design workstation',
      uptimeMs: 7 * 3_600_000,
      memoryBytes: 8 * gib,
      vcpuCount: 6,
      display: { kind: 'spice', listen: '0.0.0.0', hasTls: true },
      // its second screen with sound, and the key of its program
      hostDevices: [
        { kind: 'pci', place: '82:00.0' },
        { kind: 'pci', place: '82:00.1' },
        { kind: 'usb', vendorId: '096e', productId: '0006' },
      ],
      guest: { look: 'desktop' },
    },
    {
      name: 'staging-web',
      display: { kind: 'vnc', password: 'staging-2024', listen: '192.0.2.10' },
      state: 'paused',
      stateReason: 'by the user',
      uptimeMs: 3 * days,
      disks: [disk('vda', 'staging-web.qcow2'), sharedData()],
    },
    {
      name: 'sensor-gateway',
      state: 'crashed',
      stateReason: 'guest panicked',
      uptimeMs: 800_000,
      vcpuCount: 1,
    },
    { name: 'analytics', isSaved: true, uptimeMs: 18 * days, memoryBytes: 6 * gib },
    {
      name: 'old-fileserver',
      title: 'Kept until the audit',
      state: 'shut-off',
      disks: [
        disk('vda', 'old-fileserver.qcow2'),
        sharedData(),
        cdrom('sda', 'debian-12.5.0-amd64-netinst.iso'),
      ],
    },
    {
      name: 'template-debian-12',
      title: 'Template, do not start',
      state: 'shut-off',
      disks: [disk('vda', 'template-debian-12.qcow2', { isReadOnly: true }), cdrom('sda', undefined)],
    },
    {
      name: 'customer-acceptance-environment-for-the-quarterly-billing-migration-eu-central-second-attempt',
      state: 'shut-off',
      memoryBytes: 1 * gib,
    },
  ]
}

function sharedData() {
  return disk('vdb', 'shared-data.raw', { format: 'raw', isShareable: true })
}

export function moveIn(host: FakeHost, extra: readonly Resident[] = []): void {
  for (const resident of [...residents(host.name), ...extra]) place(host, resident)
  const mail = host.byName('mail')
  if (mail) seedSnapshots(host, mail)
}

function place(host: FakeHost, resident: Resident): void {
  const { state, stateReason, isPersistent, autostart, isSaved, uptimeMs, ...wish } = resident
  host.place(buildDefinition(host.name, wish), {
    ...(state === undefined ? {} : { state }),
    ...(stateReason === undefined ? {} : { stateReason }),
    ...(isPersistent === undefined ? {} : { isPersistent }),
    ...(autostart === undefined ? {} : { autostart }),
    ...(isSaved === undefined ? {} : { isSaved }),
    ...(uptimeMs === undefined ? {} : { uptimeMs }),
  })
}

/** Many small VMs for scale tests of the window: every third is off, every tenth paused. */
export function moveInMany(host: FakeHost, count: number): void {
  const roles = ['web', 'db', 'cache', 'queue', 'worker']
  for (let index = 0; index < count; index += 1) {
    const name = `${roles[index % roles.length]}-${String(index + 1).padStart(4, '0')}`
    const state = index % 3 === 2 ? 'shut-off' : index % 10 === 9 ? 'paused' : 'running'
    place(host, {
      name,
      state,
      uptimeMs: (index + 1) * 60_000,
      vcpuCount: 1 + (index % 4),
      memoryBytes: (1 + (index % 8)) * 512 * mib,
      load: { cpu: (index % 17) / 20 },
    })
  }
}

/** VMs whose names make actions fail; the table in sentinels.ts lists them. */
export function moveInFaulty(host: FakeHost): void {
  for (const name of ['fails-to-start', 'fails-to-save', 'keeps-its-files']) {
    place(host, { name, state: name === 'fails-to-save' ? 'running' : 'shut-off' })
  }
}

/** A name another tool could have given: shown as text, never as markup. */
export const markupName = '<img src=x onerror=alert(1)>'

export function moveInMarkup(host: FakeHost): void {
  place(host, {
    name: markupName,
    title: '<b>bold</b> & "quoted"',
    state: 'shut-off',
    disks: [disk('vda', 'markup.qcow2')],
  })
}
