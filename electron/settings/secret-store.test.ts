import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostId } from '../../shared/model/ids'
import { SecretStore, type SecretCipher } from './secret-store'

const a = hostId.parse('a')
const b = hostId.parse('b')
let directory: string

/** Reversible, and unlike the text: enough to see what is stored. */
function cipher(more: Partial<SecretCipher> = {}): SecretCipher {
  const turn = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0x5a)
  return {
    isAvailable: true,
    encrypt: (text) => turn(Buffer.from(text)),
    decrypt: (bytes) => Buffer.from(turn(bytes)).toString(),
    ...more,
  }
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'secrets-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const path = (): string => join(directory, 'secrets.json')

describe('kept secrets', () => {
  it('come back after a restart, per host and question', async () => {
    const store = await SecretStore.open(directory, cipher())
    store.set(a, 'password', ['s3cret'])
    store.set(b, 'password', ['other'])
    await store.flush()
    const again = await SecretStore.open(directory, cipher())
    expect(again.get(a, 'password')).toEqual(['s3cret'])
    expect(again.get(b, 'password')).toEqual(['other'])
    expect(again.get(a, 'passphrase')).toBeUndefined()
  })

  it('never lie readable on disk, and only their owner may read the file', async () => {
    const store = await SecretStore.open(directory, cipher())
    store.set(a, 'password', ['canary-7f3a'])
    await store.flush()
    expect(await readFile(path(), 'utf8')).not.toContain('canary-7f3a')
    expect((await stat(path())).mode & 0o777).toBe(0o600)
  })

  it('are not written where the system has no safe keychain', async () => {
    const store = await SecretStore.open(directory, cipher({ isAvailable: false }))
    store.set(a, 'password', ['s3cret'])
    await store.flush()
    await expect(stat(path())).rejects.toMatchObject({ code: 'ENOENT' })
    expect(store.has(a)).toBe(false)
  })

  it('are forgotten for one host only', async () => {
    const store = await SecretStore.open(directory, cipher())
    store.set(a, 'password', ['x'])
    store.set(b, 'password', ['y'])
    store.forget(a)
    await store.flush()
    const again = await SecretStore.open(directory, cipher())
    expect([again.has(a), again.has(b)]).toEqual([false, true])
  })

  it('that can no longer be decrypted count as absent and are dropped', async () => {
    const store = await SecretStore.open(directory, cipher())
    store.set(a, 'password', ['x'])
    await store.flush()
    const reset = cipher({
      decrypt: () => {
        throw new Error('another key')
      },
    })
    const again = await SecretStore.open(directory, reset)
    expect(again.get(a, 'password')).toBeUndefined()
    expect(again.has(a)).toBe(false)
  })

  it.each(['', 'no json', '{"version":2,"hosts":{}}', '{"version":1,"hosts":{"a":{"q":7}}}'])(
    'in a file that reads %j count as none',
    async (text) => {
      await writeFile(path(), text)
      const store = await SecretStore.open(directory, cipher())
      expect(store.has(a)).toBe(false)
    },
  )
})
