import { expect, test } from 'vitest'
import type { VmOverview } from '../../../shared/model/vm-overview'
import {
  cpuText,
  diskKind,
  diskNotes,
  generalFacts,
  hardwareFacts,
  memoryText,
  nicNotes,
  osName,
} from './overview-text'

const gib = 1024 ** 3

const bare: VmOverview = {
  name: 'web-01',
  uuid: '11111111-2222-3333-4444-555555555555',
  virtType: 'kvm',
  osType: 'hvm',
  cpu: { count: 1, maxCount: 1 },
  memory: { currentBytes: gib, maxBytes: gib },
  bootOrder: [],
  disks: [],
  nics: [],
  displays: [],
  serialCount: 0,
  hasGuestAgentChannel: false,
  hasTpm: false,
}

const pairs = (facts: { label: string; value: string }[]): Record<string, string> =>
  Object.fromEntries(facts.map(({ label, value }) => [label, value]))

test('what the definition does not tell is left out, not shown empty', () => {
  expect(pairs(generalFacts(bare, 'rack-1'))).toEqual({
    Name: 'web-01',
    Host: 'rack-1',
    UUID: '11111111-2222-3333-4444-555555555555',
  })
  expect(pairs(generalFacts(bare, 'rack-1', 7))).toMatchObject({ 'Id of this run': '7' })
  expect(pairs(hardwareFacts(bare))).toEqual({
    CPU: '1 vCPU',
    Memory: '1 GiB',
    Hypervisor: 'KVM · full virtualization',
    Display: 'None',
    'Serial ports': 'None',
    'Guest agent': 'No channel',
    TPM: 'None',
  })
})

test('an agent that does not answer is told of', () => {
  const silent = { ...bare, hasGuestAgentChannel: true, isAgentSilent: true } as const
  expect(pairs(hardwareFacts(silent))['Guest agent']).toBe('Channel present, no agent in the guest')
})

test('a full definition is told in words', () => {
  const full: VmOverview = {
    ...bare,
    osId: 'http://fedoraproject.org/fedora/41',
    architecture: 'x86_64',
    machine: 'pc-q35-7.2',
    firmware: 'UEFI',
    cpu: { count: 2, maxCount: 8, model: 'host-passthrough', topology: { sockets: 1, cores: 4, threads: 2 } },
    memory: { currentBytes: 2 * gib, maxBytes: 4 * gib },
    bootOrder: ['hd', 'network'],
    displays: [{ type: 'vnc', address: '127.0.0.1:5900' }, { type: 'spice' }],
    videoModel: 'virtio',
    serialCount: 1,
    hasGuestAgentChannel: true,
    hasTpm: true,
  }
  expect(pairs(generalFacts(full, 'rack-1'))).toMatchObject({ 'Operating system': 'Fedora 41' })
  const named = { ...full, osName: 'Fedora Linux 41' }
  expect(pairs(generalFacts(named, 'rack-1'))).toMatchObject({ 'Operating system': 'Fedora Linux 41' })
  expect(pairs(hardwareFacts(full))).toEqual({
    CPU: '2 vCPUs of at most 8 · 1 socket × 4 cores × 2 threads',
    'CPU model': 'host-passthrough',
    Memory: '2 GiB of at most 4 GiB',
    Hypervisor: 'KVM · full virtualization · x86_64',
    Machine: 'pc-q35-7.2',
    Firmware: 'UEFI',
    'Boot order': 'hd, network',
    Display: 'VNC on 127.0.0.1:5900, SPICE',
    Video: 'virtio',
    'Serial ports': '1',
    'Guest agent': 'Channel present',
    TPM: 'Present',
  })
})

test('one vCPU is singular and equal limits are said once', () => {
  expect(cpuText({ count: 1, maxCount: 1 })).toBe('1 vCPU')
  expect(memoryText({ currentBytes: gib, maxBytes: gib })).toBe('1 GiB')
})

test('an operating system id that is no libosinfo address is shown as it is', () => {
  expect(osName('debian12')).toBe('debian12')
  expect(osName('http://microsoft.com/win/11')).toBe('Win 11')
})

test('disks and network cards say what is special about them', () => {
  const disk = { target: 'sda', device: 'cdrom', bus: 'sata', isReadOnly: true, isShareable: false } as const
  expect([diskKind(disk), diskNotes(disk)]).toEqual(['CD/DVD · sata', 'read-only'])
  expect(diskNotes({ ...disk, isReadOnly: false })).toBe('–')
  expect(nicNotes({ source: 'bridge br0', model: 'virtio', isLinkUp: false })).toBe('virtio · link down')
  expect(nicNotes({ source: 'bridge br0', model: 'virtio', hostDevice: 'vnet3', isLinkUp: true })).toBe(
    'virtio · vnet3',
  )
})
