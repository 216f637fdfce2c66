import { describe, expect, it } from 'vitest'
import { unlockKey } from './key-unlock'
import { makeKey } from './testing/ssh-server'

describe('unlocking a key', () => {
  it('gives the private key to whoever knows its passphrase, and nothing to others', async () => {
    const keyText = makeKey('ed25519', 'open')
    expect(await unlockKey({ keyText, passphrase: 'open' }, 'key')).toMatch(/^-----BEGIN PRIVATE KEY-----/)
    expect(await unlockKey({ keyText, passphrase: 'shut' }, 'key')).toBeUndefined()
  })

  it('lets other work go on meanwhile', async () => {
    const keyText = makeKey('ed25519', 'open')
    let turns = 0
    const done = unlockKey({ keyText, passphrase: 'open' }, 'key').then(() => 'unlocked')
    const turn = (): Promise<string> =>
      new Promise((resolve) => {
        setImmediate(() => {
          turns += 1
          resolve('turn')
        })
      })
    while ((await Promise.race([done, turn()])) !== 'unlocked') continue
    expect(turns).toBeGreaterThan(10)
  })

  it('gives up on a key that takes too long, and says what to do', async () => {
    const keyText = makeKey('ed25519', 'open')
    await expect(unlockKey({ keyText, passphrase: 'open' }, '/home/maria/key', 1)).rejects.toMatchObject({
      kind: 'timed-out',
      message: 'The key /home/maria/key takes too long to unlock',
      cure: expect.stringContaining('ssh-add'),
    })
  })
})
