import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import { fingerprint } from './known-hosts'
import { acceptKey, publicHalf, TestSshClient } from './testing/ssh-client'
import { makeKey, type TestSshServer } from './testing/ssh-server'

let client: TestSshClient
let server: TestSshServer
let address: string
beforeEach(async () => {
  client = await TestSshClient.create()
  server = await client.serve((context) => context.accept())
  address = `[127.0.0.1]:${server.port}`
})
afterEach(() => client.end())

const never = (): never => {
  throw new Error('nobody should be asked')
}
const decline = (prompt: Prompt): PromptAnswer =>
  prompt.kind === 'host-key' ? { kind: 'host-key', accept: false } : null
const otherKey = (): string => publicHalf(makeKey())
const ours = (): string => server.publicKey.toString('base64')

describe('ssh host keys by the settings', () => {
  it('are accepted unseen and remembered where the settings say accept-new', async () => {
    await client.write('config', 'StrictHostKeyChecking accept-new\n')
    await client.connect(server, never)
    expect(await client.read('known_hosts')).toBe(`${address} ssh-ed25519 ${ours()}\n`)
  })

  it('are refused without asking where the settings are strict', async () => {
    await client.write('config', 'StrictHostKeyChecking yes\n')
    await expect(client.connect(server, never)).rejects.toMatchObject({
      kind: 'denied',
      message: `The key of ${address} is not known, and the ssh settings accept no new ones (StrictHostKeyChecking yes)`,
      cure: 'Compare its fingerprint with the administrator, then add it to known_hosts',
      detail: `The host presents ssh-ed25519 ${fingerprint(server.publicKey)}`,
    })
  })

  it('are refused without asking where nothing may be asked', async () => {
    await expect(client.connect(server, never, { isQuiet: true })).rejects.toMatchObject({
      kind: 'denied',
      message: `The key of ${address} is not known, and nothing may be asked for this host`,
    })
  })

  it.each(['accept-new', 'no'])(
    'are refused when changed, also with StrictHostKeyChecking %s',
    async (word) => {
      await client.write('config', `StrictHostKeyChecking ${word}\n`)
      await client.write('known_hosts', `${address} ssh-ed25519 ${otherKey()}\n`)
      await expect(client.connect(server, never)).rejects.toMatchObject({
        kind: 'denied',
        message: expect.stringContaining('is not the one on record'),
      })
    },
  )

  it('are not looked at where the URI says so, and the log warns', async () => {
    await client.write('known_hosts', `${address} ssh-ed25519 ${otherKey()}\n`)
    await client.connect(server, never, { hostKeyPolicy: 'ignore' })
    expect(client.logged.join('\n')).toContain(`Warning: the host key of ${address} is not checked`)
  })

  it('are refused when revoked, whatever else says they are good', async () => {
    await client.trust(server)
    const before = await client.read('known_hosts')
    await client.write('known_hosts', `${before}@revoked * ssh-ed25519 ${ours()}\n`)
    await expect(client.connect(server, never)).rejects.toMatchObject({
      kind: 'denied',
      message: `The key of ${address} has been revoked`,
      cure: expect.stringContaining('Do not connect'),
      detail: expect.stringContaining('known_hosts line 2'),
    })
  })

  it('name the system engine where only a certificate authority vouches for the host', async () => {
    await client.write('known_hosts', `@cert-authority [127.0.0.1]:* ssh-ed25519 ${otherKey()}\n`)
    await expect(client.connect(server, decline)).rejects.toMatchObject({
      kind: 'cancelled',
      cure: expect.stringContaining('or switch this host to the system ssh engine (Edit host → SSH)'),
      detail: expect.stringContaining('known_hosts line 1 trusts'),
    })
    expect(client.kinds).toEqual(['host-key'])
  })

  it('are looked up by their alias, whatever the address', async () => {
    await client.write('config', 'Host 127.*\n HostKeyAlias database\n')
    await client.connect(server, (prompt) => {
      expect(prompt).toMatchObject({ kind: 'host-key', address: 'database' })
      return acceptKey
    })
    expect(await client.read('known_hosts')).toMatch(/^database ssh-ed25519 /)
    await client.connect(server, never)
  })

  it('are looked up in all the lists and added to the first', async () => {
    await client.write('config', 'UserKnownHostsFile ~/.ssh/one ~/.ssh/two\n')
    await client.write('two', `${address} ssh-ed25519 ${ours()}\n`)
    await client.connect(server, never)
    await client.write('two', '')
    await client.connect(server, () => acceptKey)
    expect(await client.read('one')).toContain(address)
    expect(await client.read('two')).toBe('')
  })

  it('are remembered with hashed names where the settings say so', async () => {
    await client.write('config', 'HashKnownHosts yes\n')
    await client.connect(server, () => acceptKey)
    expect(await client.read('known_hosts')).toMatch(/^\|1\|\S+ ssh-ed25519 /)
    await client.connect(server, never)
  })
})
