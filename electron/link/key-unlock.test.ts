import { describe, expect, it } from 'vitest'
import { unlockKey } from './key-unlock'
import { makeKey } from './testing/ssh-server'

describe('unlocking a key', () => {
  it('gives the private key to whoever knows its passphrase, and nothing to others', async () => {
    const keyText = makeKey('ed25519', 'open')
    expect(await unlockKey({ keyText, passphrase: 'open' }, 'key')).toMatch(/^-----BEGIN PRIVATE KEY-----/)
    expect(await unlockKey({ keyText, passphrase: 'shut' }, 'key')).toBeUndefined()
  })
})
