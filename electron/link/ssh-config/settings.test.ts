import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sshSettings, type SettingsQuery, type SshSettings } from './settings'

let home: string
let logged: string[]
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'config-'))
  await mkdir(join(home, '.ssh'))
  logged = []
})
afterEach(() => rm(home, { recursive: true, force: true }))

async function read(
  config: string,
  query: Partial<SettingsQuery> & { host: string },
  more: { system?: string; files?: Record<string, string> } = {},
): Promise<SshSettings> {
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(home, name)
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(path, text, { mode: 0o600 })
    return path
  }
  for (const [name, text] of Object.entries(more.files ?? {})) await write(name, text)
  return sshSettings({
    home,
    files: {
      user: await write('.ssh/config', config),
      system: more.system === undefined ? undefined : await write('etc/ssh_config', more.system),
    },
    env: { LAB: '/lab', AGENT: '/run/agent' },
    log: (text) => logged.push(text),
    ...query,
  })
}

describe('ssh settings', () => {
  it('are those of ssh when no file says anything', async () => {
    expect(await read('', { host: 'db1' })).toEqual({
      hostName: 'db1',
      port: 22,
      user: userInfo().username,
      identityFiles: undefined,
      identitiesOnly: false,
      agent: undefined,
      jumps: [],
      userKnownHosts: undefined,
      systemKnownHosts: undefined,
      hostKeyAlias: undefined,
      hostKeyPolicy: 'ask',
      hashKnownHosts: false,
      keepaliveIntervalMs: undefined,
      keepaliveTries: undefined,
      connectTimeoutMs: undefined,
      isQuiet: false,
      methods: ['publickey', 'keyboard-interactive', 'password'],
      limits: [],
    })
  })

  it('turn an alias into a host with everything that belongs to it', async () => {
    const config = `
      Host db
        HostName db1.example.com
        Port 2222
        User maria
        IdentityFile ~/.ssh/%h-%r
        IdentityFile \${LAB}/key
        IdentitiesOnly yes
        IdentityAgent $AGENT
        ProxyJump joe@bastion:22,edge
        UserKnownHostsFile ~/.ssh/one ~/.ssh/two
        HostKeyAlias database
        StrictHostKeyChecking yes
        HashKnownHosts yes
        ServerAliveInterval 7
        ServerAliveCountMax 2
        ConnectTimeout 9
        BatchMode yes
        PreferredAuthentications password,publickey`
    expect(await read(config, { host: 'db' })).toMatchObject({
      hostName: 'db1.example.com',
      port: 2222,
      user: 'maria',
      identityFiles: [join(home, '.ssh/db1.example.com-maria'), '/lab/key'],
      identitiesOnly: true,
      agent: '/run/agent',
      jumps: [{ host: 'bastion', user: 'joe', port: 22 }, { host: 'edge' }],
      userKnownHosts: [join(home, '.ssh/one'), join(home, '.ssh/two')],
      hostKeyAlias: 'database',
      hostKeyPolicy: 'strict',
      hashKnownHosts: true,
      keepaliveIntervalMs: 7000,
      keepaliveTries: 2,
      connectTimeoutMs: 9000,
      isQuiet: true,
      methods: ['password', 'publickey'],
    })
  })

  it('take the first value of each, from the user’s file before the system’s', async () => {
    const settings = await read(
      'Host db\n User first\n IdentityFile /a\nHost *\n User second\n Port 1\n IdentityFile /b\n',
      { host: 'db' },
      { system: 'Host *\n Port 2\n HashKnownHosts yes\n' },
    )
    expect(settings).toMatchObject({ user: 'first', port: 1, hashKnownHosts: true })
    expect(settings.identityFiles).toEqual(['/a', '/b'])
  })

  it('give way to what the URI says', async () => {
    const config = 'Host db\n User joe\n Port 1\nMatch user maria\n IdentityFile /marias\n'
    const settings = await read(config, { host: 'db', user: 'maria', port: 2 })
    expect(settings).toMatchObject({ user: 'maria', port: 2, identityFiles: ['/marias'] })
  })

  it('leave out hosts behind an exclamation mark', async () => {
    const config = 'Host *.lab !db.lab\n User guest\n'
    expect((await read(config, { host: 'web.lab' })).user).toBe('guest')
    expect((await read(config, { host: 'db.lab' })).user).toBe(userInfo().username)
  })

  it('read included files, with patterns, and only where the block applies', async () => {
    const files = {
      '.ssh/conf.d/10-a': 'User a\n',
      '.ssh/conf.d/20-b': 'User b\nPort 7\n',
      'c/x': 'Port 9\n',
    }
    const config = 'Include conf.d/*\nHost other\n Include ~/c/x\nHost *\n Port 8\n'
    expect(await read(config, { host: 'db' }, { files })).toMatchObject({ user: 'a', port: 7 })
    const later = 'Host other\n Include ~/c/x\nHost *\n Port 8\n'
    expect((await read(later, { host: 'db' }, { files })).port).toBe(8)
    expect((await read(later, { host: 'other' }, { files })).port).toBe(9)
  })

  it('refuse a file that includes itself', async () => {
    await expect(read('Include config\n', { host: 'db' })).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('includes itself'),
    })
  })

  it('compare Match with the real name, the name as written, and the users', async () => {
    const config = `
      Host db
        HostName db1.lab
      Match host db1.* originalhost db
        Port 5
      Match host db1.lab !user ${userInfo().username}
        Port 6
      Match localuser ${userInfo().username}
        User maria
      Match all
        ConnectTimeout 3`
    expect(await read(config, { host: 'db' })).toMatchObject({
      port: 5,
      user: 'maria',
      connectTimeoutMs: 3000,
    })
    expect(await read(config, { host: 'db1.lab' })).toMatchObject({ port: 22 })
  })

  it('never run a program to find out whether a Match block applies, and say that it is left out', async () => {
    const trace = join(home, 'trace')
    const config = `Match exec "touch ${trace}"\n User exec\nMatch !exec "touch ${trace}"\n User notexec\n`
    expect((await read(config, { host: 'db' })).user).toBe(userInfo().username)
    await expect(chmod(trace, 0o600)).rejects.toThrow('ENOENT')
    expect(logged[0]).toContain('line 1: this Match block is ignored, as Innkeeper runs no programs')
    expect(logged[1]).toContain('line 3')
  })

  it('let the first of ProxyJump and ProxyCommand rule out the other', async () => {
    const jump = await read('ProxyJump a\nProxyCommand nc %h %p\n', { host: 'db' })
    expect(jump).toMatchObject({ jumps: [{ host: 'a' }], limits: [] })
    const command = await read('ProxyCommand nc %h %p\nProxyJump a\n', { host: 'db' })
    expect(command).toMatchObject({ jumps: [], limits: [{ what: 'ProxyCommand', affects: 'way' }] })
    const none = await read('ProxyJump none\nProxyCommand nc %h %p\n', { host: 'db' })
    expect(none).toMatchObject({ jumps: [], limits: [] })
    const old = await read('ProxyCommand ssh -W %h:%p joe@a\n', { host: 'db' })
    expect(old).toMatchObject({ jumps: [{ host: 'a', user: 'joe' }], limits: [] })
  })

  it('refuse a jump host that cannot be read rather than going without', async () => {
    await expect(read('Host db\n ProxyJump a:b\n', { host: 'db' })).rejects.toMatchObject({
      kind: 'invalid',
      message: '"a:b" is not a jump host',
    })
  })

  it('accept unknown keys for StrictHostKeyChecking no, and say so', async () => {
    expect((await read('StrictHostKeyChecking no\n', { host: 'db' })).hostKeyPolicy).toBe('accept-new')
    expect(logged.join()).toContain('changed ones are refused all the same')
    expect((await read('StrictHostKeyChecking accept-new\n', { host: 'db' })).hostKeyPolicy).toBe(
      'accept-new',
    )
  })

  it('name what only the system’s ssh can do', async () => {
    const config =
      'PKCS11Provider /lib/x.so\nGSSAPIAuthentication yes\nCertificateFile none\nRevokedHostKeys /x\n'
    expect((await read(config, { host: 'db' })).limits).toEqual([
      { what: 'RevokedHostKeys', affects: 'way' },
      { what: 'PKCS11Provider', affects: 'sign-in' },
      { what: 'GSSAPIAuthentication', affects: 'sign-in' },
    ])
  })

  it('pass over values that make no sense, and say which', async () => {
    const config = 'Port 99999\nConnectTimeout soon\nIdentityFile %y\nIdentityFile ${NOWHERE}/x\n'
    expect(await read(config, { host: 'db' })).toMatchObject({
      port: 22,
      connectTimeoutMs: undefined,
      identityFiles: [],
    })
    expect(logged).toHaveLength(4)
  })

  it.each([
    ['IdentityAgent none', ''],
    ['IdentityAgent SSH_AUTH_SOCK', undefined],
    ['IdentityAgent $NOWHERE', ''],
    ['IdentityAgent /run/%u.sock', `/run/${userInfo().username}.sock`],
  ])('find the agent of "%s"', async (line, agent) => {
    expect((await read(`${line}\n`, { host: 'db' })).agent).toBe(agent)
  })

  it('are not taken from a file that others can write', async () => {
    await read('User x\n', { host: 'db' })
    const user = join(home, '.ssh', 'config')
    await chmod(user, 0o666)
    await expect(
      sshSettings({ host: 'db', home, files: { user }, log: () => undefined }),
    ).rejects.toMatchObject({
      kind: 'denied',
      cure: expect.stringContaining(`chmod go-w "${user}"`),
    })
  })
})
