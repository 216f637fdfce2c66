import { describe, expect, it } from 'vitest'
import type { Host } from '../../../shared/model/host'
import { hostId } from '../../../shared/model/ids'
import { destinations, emptyForm, mistakeIn, optionsOf } from './move-form'

const host = (
  id: string,
  hypervisor: string | undefined,
  isReadOnly = false,
  connectedUri = 'qemu:///system',
): Host =>
  ({
    id: hostId.parse(id),
    label: id,
    status:
      hypervisor === undefined
        ? { kind: 'disconnected' }
        : { kind: 'connected', info: { hypervisor, isReadOnly, connectedUri } },
  }) as unknown as Host

describe('the form of a move', () => {
  it('offers hosts with the same hypervisor, the others with the reason', () => {
    const from = host('a', 'QEMU')
    const all = [from, host('b', 'QEMU'), host('c', 'Xen'), host('d', undefined), host('e', 'QEMU', true)]
    expect(destinations(all, from).map(({ host: { id }, whyNot }) => [id, whyNot])).toEqual([
      ['b', undefined],
      ['c', 'Another hypervisor: Xen'],
      ['d', 'Not connected'],
      ['e', 'This connection is read-only'],
    ])
  })

  it('keeps hosts with libvirt and hosts without it apart', () => {
    const [byLibvirt, plain] = [host('a', 'QEMU'), host('b', 'QEMU', false, 'qemu-direct:///')]
    const other = host('c', 'QEMU', false, 'qemu-direct:///?root=/vms')
    const all = [byLibvirt, plain, other]
    expect(destinations(all, plain).map(({ whyNot }) => whyNot)).toEqual([
      'Runs its VMs by libvirt',
      undefined,
    ])
    expect(destinations(all, byLibvirt).map(({ whyNot }) => whyNot)).toEqual([
      'Runs QEMU without libvirt',
      'Runs QEMU without libvirt',
    ])
  })

  it('asks with bytes where MiB are typed, and not at all while a number is wrong', () => {
    const form = { ...emptyForm(undefined), bandwidthMib: 8 }
    expect(optionsOf(form)?.bandwidthBytesPerSecond).toBe(8 * 1_048_576)
    const packed = { ...form, options: { ...form.options, compression: 'xbzrle' as const } }
    expect(optionsOf({ ...packed, compressionCacheMib: 16 })?.compressionCacheBytes).toBe(16 * 1_048_576)
    expect(optionsOf({ ...form, compressionCacheMib: 16 })).not.toHaveProperty('compressionCacheBytes')
    const wrong = { ...form, parallelConnections: 'many' }
    expect(optionsOf(wrong)).toBeUndefined()
    expect(mistakeIn(wrong, 'parallelConnections')).toBe('Enter 2 to 255')
    expect(mistakeIn(form, 'bandwidthMib')).toBeUndefined()
  })
})
