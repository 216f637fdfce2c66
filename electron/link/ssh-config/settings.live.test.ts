import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sshSettings } from './settings'

/** `ssh -G` prints what ssh itself makes of its settings. */
const config = (directory: string): string => `
# first value wins, and patterns may be negated
Host db* !db9
  HostName %h.lab.example
  User=maria
  Port 2200
  IdentityFile ${directory}/a-%r
  IdentityFile "${directory}/with space"
Host db1 "web*"
  User joe
  ProxyJump bastion:2022,edge
  ServerAliveInterval 11
Match host *.lab.example user maria
  IdentityFile ${directory}/matched
  ConnectTimeout 7
Match originalhost web1,web2 !user maria
  Port 2300
  StrictHostKeyChecking accept-new
Include ${directory}/conf.d/*.conf
Host web? db9
  ProxyCommand nc %h %p
  ProxyJump late
Host *
  User everybody
  IdentitiesOnly yes
  HashKnownHosts yes
  UserKnownHostsFile ${directory}/k1 ${directory}/k2
`

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ssh-g-'))
  await mkdir(join(directory, 'conf.d'))
  await writeFile(join(directory, 'config'), config(directory), { mode: 0o600 })
  const included = 'Port 9\nServerAliveCountMax 4\nHost web2\n  HostKeyAlias shared\n'
  await writeFile(join(directory, 'conf.d', '10.conf'), included, { mode: 0o600 })
  await writeFile(join(directory, 'conf.d', '20.conf'), 'Host db9\nPort 99\n', { mode: 0o600 })
})
afterAll(() => rm(directory, { recursive: true, force: true }))

function bySsh(host: string): Map<string, string[]> {
  const printed = execFileSync('ssh', ['-G', '-F', join(directory, 'config'), host], { encoding: 'utf8' })
  const values = new Map<string, string[]>()
  for (const line of printed.trim().split('\n')) {
    const [keyword = '', ...rest] = line.split(' ')
    values.set(keyword, [...(values.get(keyword) ?? []), rest.join(' ')])
  }
  return values
}

describe('ssh settings as ssh itself reads them', () => {
  it.each(['db1', 'db2', 'db9', 'web1', 'web2', 'web33', 'other'])('are the same for %s', async (host) => {
    const expected = bySsh(host)
    const one = (keyword: string): string | undefined => expected.get(keyword)?.[0]
    const files = { user: join(directory, 'config') }
    const ours = await sshSettings({ host, home: directory, files, log: () => undefined })
    const jumps = ours.jumps.map(({ user, host: name, port }) =>
      [user === undefined ? '' : `${user}@`, name, port === undefined ? '' : `:${port}`].join(''),
    )
    expect({
      hostname: ours.hostName,
      port: String(ours.port),
      user: ours.user,
      identitiesonly: ours.identitiesOnly ? 'yes' : 'no',
      hashknownhosts: ours.hashKnownHosts ? 'yes' : 'no',
      userknownhostsfile: ours.userKnownHosts?.join(' '),
      hostkeyalias: ours.hostKeyAlias,
      proxyjump: jumps.length === 0 ? undefined : jumps.join(','),
      proxycommand: ours.limits.some(({ what }) => what === 'ProxyCommand') ? 'nc %h %p' : undefined,
      serveraliveinterval: String((ours.keepaliveIntervalMs ?? 0) / 1000),
      serveralivecountmax: String(ours.keepaliveTries ?? 3),
      connecttimeout: ours.connectTimeoutMs === undefined ? 'none' : String(ours.connectTimeoutMs / 1000),
      stricthostkeychecking: ours.hostKeyPolicy,
    }).toEqual({
      hostname: one('hostname'),
      port: one('port'),
      user: one('user'),
      identitiesonly: one('identitiesonly'),
      hashknownhosts: one('hashknownhosts'),
      userknownhostsfile: one('userknownhostsfile'),
      hostkeyalias: one('hostkeyalias'),
      proxyjump: one('proxyjump'),
      proxycommand: one('proxycommand'),
      serveraliveinterval: one('serveraliveinterval'),
      serveralivecountmax: one('serveralivecountmax'),
      connecttimeout: one('connecttimeout'),
      stricthostkeychecking: one('stricthostkeychecking') === 'accept-new' ? 'accept-new' : 'ask',
    })
    const named = (expected.get('identityfile') ?? []).filter((file) => !file.startsWith('~'))
    expect(ours.identityFiles ?? []).toEqual(named.map((file) => file.replace('%r', ours.user)))
  })
})
