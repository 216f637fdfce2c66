import { expect, it } from 'vitest'
import { derivedMac } from './derived-mac'

const of = { uuid: '11111111-2222-4333-8444-555555555555', card: 0, virtType: 'kvm' }

it('an address is the same each time, in the range of the hypervisor, and another one for each card', () => {
  const mac = derivedMac(of, new Set())
  expect(mac).toMatch(/^52:54:00(:[0-9a-f]{2}){3}$/)
  expect(derivedMac(of, new Set())).toBe(mac)
  expect(derivedMac({ ...of, card: 1 }, new Set())).not.toBe(mac)
  expect(derivedMac({ ...of, virtType: 'xen' }, new Set())).toMatch(/^00:16:3e:/)
})

it('an address that a VM of the host has is passed by', () => {
  const used = new Set<string>()
  for (let turn = 0; turn < 3; turn += 1) {
    const mac = derivedMac(of, used)
    expect(used.has(mac)).toBe(false)
    used.add(mac)
  }
  expect(used.size).toBe(3)
})
