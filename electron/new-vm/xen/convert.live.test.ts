import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { HostCapabilities } from '../../../shared/model/host-details'
import { convertXen } from './convert'
import { arm, emulatingHost, fullyVirtual, kvmHost, paravirtual, pvh, xenHost } from './testing/definitions'

const schema = '/usr/share/libvirt/schemas/domain.rng'
const folder = mkdtempSync(join(tmpdir(), 'converted-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What libvirt's own schema has against it. */
function wrongIn(xml: string): string {
  const file = join(folder, 'definition.xml')
  writeFileSync(file, xml)
  try {
    execFileSync('xmllint', ['--noout', '--relaxng', schema, file], { stdio: 'pipe' })
    return ''
  } catch (error) {
    return (error as { stderr: Buffer }).stderr.toString()
  }
}

const all: readonly (readonly [string, string, 'kvm' | 'qemu' | 'xen-hvm', HostCapabilities])[] = [
  ['PV for KVM', paravirtual, 'kvm', kvmHost],
  ['HVM for KVM', fullyVirtual, 'kvm', kvmHost],
  ['PVH for QEMU', pvh, 'qemu', emulatingHost],
  ['Arm for QEMU', arm, 'qemu', kvmHost],
  ['PV for HVM', paravirtual, 'xen-hvm', xenHost],
]

describe.each(['virtio', 'emulated'] as const)('converted with %s devices', (devices) => {
  it.each(all)('%s passes libvirt’s schema', (_, xml, to, host) => {
    // of Xen on Arm the schema knows nothing
    if (xml !== arm) expect(wrongIn(xml)).toBe('')
    expect(wrongIn(convertXen({ xml, to, devices }, host).xml)).toBe('')
  })
})
