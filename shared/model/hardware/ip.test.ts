import { describe, expect, it } from 'vitest'
import { isHostName, isIp, isIpv4, isIpv6 } from './ip'

describe('an internet address', () => {
  it.each(['0.0.0.0', '10.0.0.255', '224.0.0.1'])('of version 4 is %s', (value) =>
    expect(isIpv4(value)).toBe(true),
  )
  it.each(['', '10.0.0', '10.0.0.256', '010.0.0.1', '1.2.3.4.5', 'a.b.c.d', ' 10.0.0.1'])(
    'of version 4 is not "%s"',
    (value) => expect(isIpv4(value)).toBe(false),
  )
  it.each(['::', '::1', 'fe80::1', '2001:db8:0:1:2:3:4:5', '::ffff:10.0.0.1', '1::'])(
    'of version 6 is %s',
    (value) => expect(isIpv6(value)).toBe(true),
  )
  it.each(['', ':', '1:2:3', '1::2::3', '12345::', '::g', '1:2:3:4:5:6:7:8:9', '::10.0.0.300'])(
    'of version 6 is not "%s"',
    (value) => expect(isIpv6(value)).toBe(false),
  )
  it('is either; a host may also have a name', () => {
    expect(isIp('::1') && isIp('1.2.3.4')).toBe(true)
    expect(['db-1.example.org', 'localhost', '::1'].every(isHostName)).toBe(true)
    expect(['', 'a b', '-x', '<tag>', 'größer'].some(isHostName)).toBe(false)
  })
})
