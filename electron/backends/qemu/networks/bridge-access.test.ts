import { describe, expect, it } from 'vitest'
import { whyNotPlugged } from './bridge-access'

const ready = { isInstalled: true, isSetuid: true, path: '/usr/libexec/qemu-bridge-helper' }

describe('a bridge of the host', () => {
  it('can be used when the helper has rights and is allowed to', () => {
    for (const bridges of [['br0'], ['all']])
      expect(whyNotPlugged('br0', { isRoot: false, helper: { ...ready, bridges } }, ['br0'])).toBeUndefined()
  })

  it('can be used when nobody can tell', () => {
    expect(whyNotPlugged('br0', { isRoot: false }, [])).toBeUndefined()
    expect(whyNotPlugged('br0', { isRoot: false, helper: ready }, ['br0'])).toBeUndefined()
  })

  it('that is not there is said to be, with those that are', () => {
    expect(whyNotPlugged('br1', { isRoot: true, helper: ready }, ['br0', 'br2'])).toMatchObject({
      message: 'The host has no bridge br1',
      cure: expect.stringContaining('br0, br2') as string,
    })
  })

  it('is refused with the package, the command or the line that opens it', () => {
    const cure = (isRoot: boolean, helper: object) =>
      whyNotPlugged('br0', { isRoot, helper: { ...ready, ...helper } }, ['br0'])?.cure
    expect(cure(false, { isInstalled: false })).toContain('install qemu-system-common')
    expect(cure(false, { isSetuid: false })).toContain('chmod u+s /usr/libexec/qemu-bridge-helper')
    expect(cure(true, { isSetuid: false, bridges: ['br0'] })).toBeUndefined()
    expect(cure(true, { bridges: [] })).toContain('"allow br0" to /etc/qemu/bridge.conf')
  })
})
