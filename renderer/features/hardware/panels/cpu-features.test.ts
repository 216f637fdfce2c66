import { expect, test } from 'vitest'
import type { GuestCapabilities } from '../../../../shared/model/host-details'
import { featureLines, isFeatureName, withPolicy } from './cpu-features'

const capabilities: GuestCapabilities = {
  virtType: 'kvm',
  architecture: 'x86_64',
  firmware: { kinds: [], loaders: [], secureBoot: 'unknown' },
  cpuModes: [],
  hostModel: {
    model: 'EPYC',
    features: [
      { name: 'vmx', policy: 'require' },
      { name: 'avx2', policy: 'require' },
      { name: 'hle', policy: 'disable' },
    ],
  },
  cpuModels: [{ name: 'Skylake', usable: 'no', isDeprecated: false, blockers: ['pcid'] }],
  devices: [],
  features: [],
}

test('features that are set come first, the host’s follow by name, each with what is known of it', () => {
  const values = {
    model: 'Skylake',
    features: [
      { name: 'zeta', policy: 'force' },
      { name: 'vmx', policy: 'disable' },
    ],
  }
  expect(featureLines(values, capabilities)).toEqual([
    { name: 'zeta', policy: 'force' },
    { name: 'vmx', policy: 'disable', note: 'this host has it' },
    { name: 'avx2', note: 'this host has it' },
    { name: 'hle', note: 'this host lacks it' },
    { name: 'pcid', note: 'the model has it, this host lacks it' },
  ])
  expect(featureLines({}, undefined)).toEqual([])
})

test('a policy is added, changed in its place and taken away', () => {
  let values = withPolicy({}, 'vmx', 'require')
  values = withPolicy(values, 'avx2', 'disable')
  values = withPolicy(values, 'vmx', 'optional')
  expect(values).toEqual({
    features: [
      { name: 'vmx', policy: 'optional' },
      { name: 'avx2', policy: 'disable' },
    ],
  })
  expect(withPolicy(withPolicy(values, 'vmx', undefined), 'avx2', undefined)).toEqual({ features: undefined })
})

test('only what can be a name is offered as one', () => {
  expect(isFeatureName('spec-ctrl')).toBe(true)
  expect(isFeatureName('sse4.1')).toBe(true)
  expect(isFeatureName('a b')).toBe(false)
  expect(isFeatureName('')).toBe(false)
})
