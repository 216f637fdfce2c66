import { describe, expect, it } from 'vitest'
import { parseJumps, type HostName } from './ssh-config/jumps'
import type { SshSettings } from './ssh-config/settings'
import { findRoute } from './ssh-route'

/** What each host's settings say as ProxyJump. */
const settings =
  (jumps: Record<string, string>) =>
  async ({ host, user = 'me', port = 22 }: HostName): Promise<SshSettings> => ({
    hostName: host,
    port,
    user,
    jumps: parseJumps(jumps[host] ?? jumps['*'] ?? '') ?? [],
    identityFiles: undefined,
    identitiesOnly: false,
    agent: undefined,
    userKnownHosts: undefined,
    systemKnownHosts: undefined,
    hostKeyAlias: undefined,
    hostKeyPolicy: 'ask',
    hashKnownHosts: false,
    keepaliveIntervalMs: undefined,
    keepaliveTries: undefined,
    connectTimeoutMs: undefined,
    isQuiet: false,
    methods: [],
    limits: [],
  })

const places = async (...about: Parameters<typeof findRoute>): Promise<string[]> =>
  (await findRoute(...about)).map(({ place }) => place)

describe('the way to a host', () => {
  it('is the host alone without jump hosts', async () => {
    expect(await places({ host: 'db' }, settings({}))).toEqual(['db'])
  })

  it('goes through the jump hosts in their order and names them', async () => {
    expect(await places({ host: 'db', port: 2222 }, settings({ db: 'a,b' }))).toEqual([
      'a (jump host)',
      'b (jump host, via a)',
      '[db]:2222 (via b)',
    ])
  })

  it('goes through the nearest jump host’s own jump hosts first, but not through those of the others', async () => {
    const jumps = { db: 'b', b: 'a', a: 'outer' }
    expect(await places({ host: 'db' }, settings(jumps))).toEqual([
      'outer (jump host)',
      'a (jump host, via outer)',
      'b (jump host, via a)',
      'db (via b)',
    ])
    expect((await places({ host: 'db' }, settings({ db: 'x,b', b: 'a' }))).length).toBe(3)
  })

  it('reaches a jump host directly that its own settings would send through itself', async () => {
    expect(await places({ host: 'db' }, settings({ '*': 'bastion' }))).toEqual([
      'bastion (jump host)',
      'db (via bastion)',
    ])
  })

  it('refuses a circle', async () => {
    await expect(findRoute({ host: 'db' }, settings({ db: 'a', a: 'b', b: 'a' }))).rejects.toMatchObject({
      kind: 'invalid',
      message: 'The jump hosts lead in a circle: a comes up twice',
      cure: expect.stringContaining('ProxyJump'),
    })
    await expect(findRoute({ host: 'db' }, settings({ db: 'a,a' }))).rejects.toThrow('circle')
  })

  it('refuses more than eight jump hosts, and takes eight', async () => {
    const list = (count: number): string => Array.from({ length: count }, (_, index) => `h${index}`).join()
    expect(await places({ host: 'db' }, settings({ db: list(8) }))).toHaveLength(9)
    await expect(findRoute({ host: 'db' }, settings({ db: list(9) }))).rejects.toMatchObject({
      kind: 'invalid',
      message: 'There are more than 8 jump hosts on the way',
    })
    const chain = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`h${index}`, `h${index + 1}`]))
    await expect(findRoute({ host: 'h0' }, settings(chain))).rejects.toThrow('more than 8')
  })
})
