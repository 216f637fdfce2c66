// @ts-check
import { describe, expect, it } from 'vitest'
import { firstDifference } from './modules.mjs'

const locked = {
  packages: {
    '': {},
    'node_modules/react': { version: '19.3.1', integrity: 'sha512-a' },
    'node_modules/@esbuild/win32-x64': { version: '0.28.2', optional: true },
  },
}

describe('installed packages', () => {
  it('are in order when each has its locked version, other platforms aside', () => {
    expect(
      firstDifference(locked, {
        packages: { 'node_modules/react': { version: '19.3.1', integrity: 'sha512-a' } },
      }),
    ).toBeUndefined()
  })

  it('are installed when nothing is there, as after a clone or an interrupted install', () => {
    expect(firstDifference(locked, undefined)).toBe('node_modules is missing')
  })

  it('are installed again when one is missing, older, or of other contents', () => {
    expect(firstDifference(locked, { packages: {} })).toBe('node_modules/react is not installed')
    expect(firstDifference(locked, { packages: { 'node_modules/react': { version: '18.0.0' } } })).toBe(
      'node_modules/react is 18.0.0, not 19.3.1',
    )
    const changed = { 'node_modules/react': { version: '19.3.1', integrity: 'sha512-b' } }
    expect(firstDifference(locked, { packages: changed })).toBe('node_modules/react differs')
  })
})
