import { describe, expect, it } from 'vitest'
import { cloudInit, isPublicKey, type CloudInit } from './cloud'
import { hostNameFor, seedFiles, type SeedFacts } from './cloud-init'
import { looksLikeCloudImage, osOfImageName } from './image-names'

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8vDkLqvXyLfFqGJ0Ue3k9Ylnqh6f3oYgWm3c9s1a2b ann@desk'
const facts: SeedFacts = { vmName: 'web_01', uuid: '11111111-2222-4333-8444-555555555555', macs: [] }
const init = (more: Partial<CloudInit> = {}): CloudInit =>
  cloudInit.parse({
    user: { name: 'debian', sshKeys: [key], isAdmin: true },
    packages: [],
    network: { kind: 'dhcp' },
    ...more,
  })
const textOf = (name: string, of: CloudInit, more: Partial<SeedFacts> = {}): string | undefined =>
  seedFiles(of, { ...facts, ...more }).find((file) => file.name === name)?.text

describe('user-data', () => {
  it('says name, user and packages', () => {
    expect(
      textOf('user-data', init({ hostname: 'web-01.example.org', packages: ['nginx'] }), {
        shell: '/bin/bash',
      }),
    ).toBe(`#cloud-config
hostname: "web-01"
fqdn: "web-01.example.org"
users:
  - name: "debian"
    shell: "/bin/bash"
    sudo: "ALL=(ALL) NOPASSWD:ALL"
    lock_passwd: true
    ssh_authorized_keys:
      - "${key}"
package_update: true
packages:
  - "nginx"
`)
  })

  it('has the hash of a password, for which an administrator is asked then', () => {
    const text = textOf('user-data', init(), { passwordHash: '$6$salt$hash' })
    expect(text).toContain('    sudo: "ALL=(ALL) ALL"\n    lock_passwd: false\n    passwd: "$6$salt$hash"\n')
  })

  it('keeps whatever was typed inside of its quotes', () => {
    const comment = `${key} "\\ #: {}\u2028\u{1f600}`
    const text = textOf('user-data', init({ user: { name: 'a', sshKeys: [comment], isAdmin: false } }))
    expect(text).toContain(`- "${key} \\"\\\\ #: {}\\u2028\\U0001f600"\n`)
    expect(text).not.toContain('sudo')
  })

  it('is taken as it is when it was written by hand', () => {
    const userData = '#!/bin/sh\necho hello\n'
    expect(textOf('user-data', init({ userData }))).toBe(userData)
    expect(cloudInit.safeParse({ ...init(), userData: 'echo hello' }).success).toBe(false)
    expect(cloudInit.safeParse({ ...init(), userData: `#!${'x'.repeat(600_000)}` }).success).toBe(false)
    expect(cloudInit.safeParse({ ...init(), userData: 'Content-Type: multipart/mixed\n' }).success).toBe(true)
  })
})

it('meta-data names this very VM', () => {
  expect(textOf('meta-data', init())).toBe(`instance-id: "iid-${facts.uuid}"\nlocal-hostname: "web-01"\n`)
})

describe('network-config', () => {
  const fixed = init({
    network: { kind: 'static', address: '192.0.2.10/24', gateway: '192.0.2.1', dns: ['2001:db8::53'] },
  })

  it('names cards by their addresses; the first has the fixed one, others ask', () => {
    expect(
      textOf('network-config', fixed, { macs: ['52:54:00:AA:00:01', '52:54:00:aa:00:02'] }),
    ).toBe(`version: 2
ethernets:
  eth0:
    match:
      macaddress: "52:54:00:aa:00:01"
    set-name: "eth0"
    addresses:
      - "192.0.2.10/24"
    routes:
      - to: "0.0.0.0/0"
        via: "192.0.2.1"
    nameservers:
      addresses:
        - "2001:db8::53"
  eth1:
    match:
      macaddress: "52:54:00:aa:00:02"
    set-name: "eth1"
    dhcp4: true
`)
  })

  it('goes by the names of cards where their addresses are not known', () => {
    expect(textOf('network-config', init(), { macs: [undefined] })).toBe(
      'version: 2\nethernets:\n  card:\n    match:\n      name: "e*"\n    dhcp4: true\n',
    )
  })
})

describe('what is typed', () => {
  it('keys are whole lines of an authorized_keys file', () => {
    expect(isPublicKey(key)).toBe(true)
    for (const wrong of [
      key.slice(0, 20),
      key.replace('ssh-ed25519', 'ssh-rsa'),
      `${key}\nssh-rsa AAAA`,
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      '',
    ])
      expect(isPublicKey(wrong), wrong).toBe(false)
  })

  it.each([
    ['user', { name: 'Ann Lee', sshKeys: [], isAdmin: true }],
    ['hostname', 'my host'],
    ['packages', ['nginx; rm -rf /']],
    ['network', { kind: 'static', address: '192.0.2.10', dns: [] }],
    ['network', { kind: 'static', address: '192.0.2.256/24', dns: [] }],
    ['network', { kind: 'static', address: '2001:db8::1::2/64', dns: [] }],
    ['network', { kind: 'static', address: '192.0.2.10/24', dns: ['dns.example.org'] }],
  ])('a wrong %s is refused: %j', (field, value) => {
    const told = cloudInit.safeParse({ ...init(), [field]: value })
    expect(told.error?.issues[0]?.path[0]).toBe(field)
  })

  it('addresses of version 6 are taken, short or long', () => {
    for (const address of ['2001:db8::10/64', '::1/128', '2001:db8:0:0:0:0:0:1/64'])
      expect(init({ network: { kind: 'static', address, dns: [] } }).network).toMatchObject({ address })
  })
})

it.each([
  ['web_01', 'web-01'],
  ['Web.Example.org', 'web.example.org'],
  ['--', 'vm'],
  ['größe 2', 'gr-e-2'],
])('the VM %j is a computer called %j', (name, host) => expect(hostNameFor(name)).toBe(host))

it.each([
  ['debian-12-genericcloud-amd64.qcow2', 'debian12'],
  ['noble-server-cloudimg-amd64.img', 'ubuntunoble'],
  ['ubuntu-24.04-server-cloudimg-amd64.img', 'ubuntu24.04'],
  ['Fedora-Cloud-Base-Generic.x86_64-40-1.14.qcow2', 'fedora40'],
  ['Fedora-Cloud-Base-Generic-41-1.4.x86_64.qcow2', 'fedora41'],
  ['CentOS-Stream-GenericCloud-9-latest.x86_64.qcow2', 'centos-stream9'],
  ['AlmaLinux-9-GenericCloud-latest.x86_64.qcow2', 'almalinux9'],
  ['/var/lib/libvirt/images/Rocky-9-GenericCloud-Base.latest.x86_64.qcow2', 'rocky9'],
  ['rhel-9.4-x86_64-kvm.qcow2', 'rhel9.4'],
  ['OL9U4_x86_64-kvm-b234.qcow2', 'ol9.4'],
  ['openSUSE-Leap-15.6.x86_64-NoCloud.qcow2', 'opensuse15.6'],
  ['Arch-Linux-x86_64-cloudimg.qcow2', 'archlinux'],
  ['nocloud_alpine-3.20.3-x86_64-bios-cloudinit-r0.qcow2', 'alpinelinux3.20'],
  ['FreeBSD-14.1-RELEASE-amd64-BASIC-CLOUDINIT.qcow2', 'freebsd14.1'],
  ['my-own-cloud.qcow2', undefined],
])('%s is an image of %s', (name, os) => {
  expect(osOfImageName(name)).toBe(os)
  expect(looksLikeCloudImage(name.slice(name.lastIndexOf('/') + 1), 'qcow2')).toBe(true)
})

it('disks of VMs and discs are no cloud images', () => {
  for (const [name, format] of [
    ['web-01.qcow2', 'qcow2'],
    ['debian-12-generic-amd64.iso', undefined],
    ['cloud.vmdk', 'vmdk'],
  ] as const)
    expect(looksLikeCloudImage(name, format), name).toBe(false)
})
