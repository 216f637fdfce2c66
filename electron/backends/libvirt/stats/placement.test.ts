import { expect, it } from 'vitest'
import { cpuList } from './placement'

it('writes a set of CPUs as virsh does', () => {
  expect(cpuList(Uint8Array.of(0b0000_1111, 0b0000_0001), 16)).toBe('0-3,8')
  expect(cpuList(Uint8Array.of(0xff, 0xff), 12)).toBe('0-11')
  expect(cpuList(Uint8Array.of(0b1000_0000, 0b0000_0011), 16)).toBe('7-9')
  expect(cpuList(Uint8Array.of(0), 8)).toBe('')
})
