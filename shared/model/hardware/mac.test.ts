import { describe, expect, it } from 'vitest'
import { problemOf } from './field'
import { freshMac, macAfter, qemuDefaultMac } from './mac'

const field = { label: 'MAC address', type: { kind: 'mac' } } as const

describe('a new MAC address', () => {
  it('is in the range of QEMU, or of Xen for Xen guests', () => {
    expect(freshMac('kvm', [], () => 0)).toBe('52:54:00:00:00:00')
    expect(freshMac('qemu', [], () => 0.999_999_99)).toBe('52:54:00:ff:ff:ff')
    expect(freshMac('xen', [], () => 0.5)).toBe('00:16:3e:80:00:00')
  })

  it('is one that the form takes, whatever chance gives', () => {
    for (let at = 0; at < 200; at += 1) expect(problemOf(field, freshMac('kvm', []))).toBeUndefined()
  })

  it('is none of those in use, however they are written', () => {
    const taken = ['52:54:00:AA:00:00', '52:54:00:aa:00:01']
    expect(freshMac('kvm', taken, () => 0xaa_00_00 / 0x1_00_00_00)).toBe('52:54:00:aa:00:02')
  })

  it('goes on at the beginning of the range behind its end', () => {
    expect(freshMac('kvm', ['52:54:00:ff:ff:ff'], () => 0.999_999_99)).toBe('52:54:00:00:00:00')
    expect(macAfter('52:54:00:ff:ff:ff', [])).toBe('52:54:00:00:00:00')
  })

  it('is never the address QEMU gives to every card without one', () => {
    expect(freshMac('kvm', [], () => 0x12_34_56 / 0x1_00_00_00)).not.toBe(qemuDefaultMac)
    expect(macAfter('52:54:00:12:34:55', [])).toBe('52:54:00:12:34:57')
  })

  it('differs from one to the next', () => {
    expect(new Set(Array.from({ length: 20 }, () => freshMac('kvm', []))).size).toBeGreaterThan(15)
  })

  it('after another stays in its range and passes over those in use', () => {
    expect(macAfter('00:16:3E:00:00:0F', ['00:16:3e:00:00:10'])).toBe('00:16:3e:00:00:11')
  })
})
