import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fingerprint } from './known-hosts'
import { systemSshBench } from './testing/system-ssh-place'

const bench = systemSshBench()

describe('host keys with the system’s ssh', () => {
  const hostKey = (): Buffer => {
    const [, , base64 = ''] = readFileSync(bench.sshd.knownHostsFile, 'utf8').trim().split(' ')
    return Buffer.from(base64, 'base64')
  }

  it('asks about an unknown key with its type and fingerprint, and ssh remembers it', async () => {
    const knownHostsFile = join(bench.place.files, 'fresh known_hosts')
    await bench.open([{ kind: 'host-key', accept: true }], { knownHostsFile })
    expect(bench.asked).toEqual([
      {
        kind: 'host-key',
        address: `[127.0.0.1]:${bench.sshd.port}`,
        keyType: 'ssh-ed25519',
        fingerprint: fingerprint(hostKey()),
      },
    ])
    await bench.open([], { knownHostsFile })
    expect(bench.asked).toHaveLength(1)
  })

  it('does not sign in when the key is declined, and remembers nothing', async () => {
    const knownHostsFile = join(bench.place.files, 'declined')
    await expect(bench.open([{ kind: 'host-key', accept: false }], { knownHostsFile })).rejects.toMatchObject(
      {
        kind: 'cancelled',
        message: `The key of [127.0.0.1]:${bench.sshd.port} was not accepted`,
      },
    )
    expect(readdirSync(bench.place.files)).not.toContain('declined')
  })

  it('takes unknown keys without asking where the URI says so, and still refuses changed ones', async () => {
    const knownHostsFile = join(bench.place.files, 'auto')
    await bench.open([], { knownHostsFile, knownHostsVerify: 'auto' })
    expect(readFileSync(knownHostsFile, 'utf8')).toContain(hostKey().toString('base64'))
    await expect(
      bench.open([], { knownHostsFile: changed(), knownHostsVerify: 'auto' }),
    ).rejects.toMatchObject({
      kind: 'denied',
    })
  })

  it('refuses a changed key, names the line and the cure, and asks nothing', async () => {
    const knownHostsFile = changed()
    const name = `[127.0.0.1]:${bench.sshd.port}`
    await expect(bench.open([], { knownHostsFile })).rejects.toMatchObject({
      kind: 'denied',
      message: `The key of ${name} is not the one on record, ${knownHostsFile} line 2, so it may be another machine`,
      cure: expect.stringContaining(`ssh-keygen -R '${name}' -f '${knownHostsFile}'`),
      detail: expect.stringContaining('REMOTE HOST IDENTIFICATION HAS CHANGED'),
    })
    expect(bench.asked).toEqual([])
  })

  it('refuses a revoked key', async () => {
    const knownHostsFile = join(bench.place.files, 'revoked')
    const line = readFileSync(bench.sshd.knownHostsFile, 'utf8')
    writeFileSync(knownHostsFile, `@revoked ${line}`)
    await expect(bench.open([], { knownHostsFile })).rejects.toMatchObject({
      kind: 'denied',
      message: `The key of [127.0.0.1]:${bench.sshd.port} has been revoked`,
    })
  })

  it('refuses an unknown key where the settings allow none', async () => {
    const configFile = join(bench.place.files, 'strict-config')
    writeFileSync(configFile, 'StrictHostKeyChecking yes\n')
    await expect(
      bench.open([], { configFile, knownHostsFile: join(bench.place.files, 'empty') }),
    ).rejects.toMatchObject({
      kind: 'denied',
      message: `The key of [127.0.0.1]:${bench.sshd.port} is not known, and your ssh settings allow no unknown keys`,
    })
  })

  function changed(): string {
    const file = join(bench.place.files, 'changed')
    const key = execFileSync('ssh-keygen', ['-y', '-f', bench.sshd.keyFile]).toString().trim()
    writeFileSync(file, `# another machine\n[127.0.0.1]:${bench.sshd.port} ${key}\n`)
    return file
  }
})
