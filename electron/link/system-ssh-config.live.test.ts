import { execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSshd, type TestSshd } from './testing/sshd'
import { say, systemSshBench } from './testing/system-ssh-place'

const bench = systemSshBench()

describe('ssh_config with the system’s ssh', () => {
  let target: TestSshd
  beforeAll(async () => {
    target = await startSshd()
    mkdirSync(join(bench.place.files, 'config'))
  })
  afterAll(() => target?.stop())

  const write = (name: string, text: string): string => {
    const file = join(bench.place.files, 'config', name)
    writeFileSync(file, text)
    return file
  }
  const hosts = (targetLines: readonly string[], jumpLines: readonly string[] = []): string =>
    [
      `Host target\n HostName 127.0.0.1\n Port ${target.port}\n IdentityFile ${target.keyFile}`,
      ` UserKnownHostsFile ${target.knownHostsFile}`,
      ...targetLines.map((line) => ` ${line}`),
      `Host jump\n HostName 127.0.0.1\n Port ${bench.sshd.port}\n IdentityFile ${bench.sshd.keyFile}`,
      ` UserKnownHostsFile ${bench.sshd.knownHostsFile}`,
      ...jumpLines.map((line) => ` ${line}`),
      '',
    ].join('\n')
  const plain = {
    host: 'target',
    port: undefined,
    user: undefined,
    keyFile: undefined,
    knownHostsFile: undefined,
  }

  it('follows an alias with its address, port and key', async () => {
    const link = await bench.open([], { ...plain, configFile: write('alias', hosts([])) })
    expect((await link.run(['echo', 'there'])).stdout).toBe('there\n')
  })

  it('goes through a jump host, one connection to each', async () => {
    const before = [bench.sshd.signIns(), target.signIns()]
    const link = await bench.open([], { ...plain, configFile: write('jump', hosts(['ProxyJump jump'])) })
    await Promise.all(Array.from({ length: 5 }, () => link.run(['true'])))
    expect([bench.sshd.signIns(), target.signIns()]).toEqual(before.map((count) => count + 1))
  })

  it('asks once for the passphrase of a key that both the jump host and the host want', async () => {
    const keyFile = bench.lockedKey('both', 'canary')
    const publicKey = execFileSync('ssh-keygen', ['-y', '-P', 'canary', '-f', keyFile])
    writeFileSync(join(target.directory, 'authorized_keys'), publicKey, { flag: 'a' })
    const text = hosts(['ProxyJump jump'])
      .replace(` IdentityFile ${target.keyFile}`, ` IdentityFile ${keyFile}`)
      .replace(` IdentityFile ${bench.sshd.keyFile}`, ` IdentityFile ${keyFile}`)
    await bench.open([say('canary')], { ...plain, configFile: write('both', text) })
    expect(bench.asked).toEqual([{ kind: 'passphrase', keyFile, isRetry: false }])
  })

  it('asks about the key of a jump host by its own name', async () => {
    const text = hosts(['ProxyJump jump']).replace(
      bench.sshd.knownHostsFile,
      join(bench.place.files, 'jump-known'),
    )
    await bench.open([{ kind: 'host-key', accept: true }], { ...plain, configFile: write('jump-key', text) })
    expect(bench.asked).toMatchObject([
      { kind: 'host-key', address: `[127.0.0.1]:${bench.sshd.port}`, keyType: 'ssh-ed25519' },
    ])
  })

  it('says that the jump host refuses connections', async () => {
    const text = hosts(['ProxyJump jump']).replace(`Port ${bench.sshd.port}`, 'Port 1')
    await expect(bench.open([], { ...plain, configFile: write('jump-down', text) })).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'The jump host [127.0.0.1]:1 refuses connections on this port',
    })
  })

  it('says that the jump host cannot reach the host', async () => {
    const text = hosts(['ProxyJump jump']).replace(`Port ${target.port}`, 'Port 1')
    await expect(bench.open([], { ...plain, configFile: write('jump-far', text) })).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('The jump host cannot reach [target]:1'),
    })
  })

  it('says that the program of ProxyCommand does not work', async () => {
    const configFile = write('proxy-command', hosts(['ProxyCommand innkeeper-no-such-proxy %h %p']))
    await expect(bench.open([], { ...plain, configFile })).rejects.toMatchObject({
      kind: 'unreachable',
      message: `The way to [target]:${target.port} that your ssh settings prescribe does not work`,
      cure: expect.stringContaining('ProxyCommand'),
      detail: expect.stringContaining('innkeeper-no-such-proxy'),
    })
  })

  it('says which settings file is wrong', async () => {
    const configFile = write('broken', 'NoSuchSetting yes\n')
    await expect(bench.open([], { ...plain, configFile })).rejects.toMatchObject({
      kind: 'invalid',
      message: `ssh does not accept its own settings in ${configFile}`,
      detail: expect.stringContaining('nosuchsetting'),
    })
  })

  it('works beside settings that would make of ssh something else', async () => {
    const configFile = write(
      'odd',
      hosts([
        'RemoteCommand echo no',
        'RequestTTY force',
        'ForkAfterAuthentication yes',
        'SessionType none',
        'ControlPersist 10m',
        'LocalForward 1 127.0.0.1:1',
        'ExitOnForwardFailure yes',
        'LogLevel QUIET',
      ]),
    )
    const link = await bench.open([], { ...plain, configFile })
    expect((await link.run(['echo', 'plain'])).stdout).toBe('plain\n')
  })

  it('carries data unharmed while both sides change their keys all the time', async () => {
    const eager = await startSshd(['RekeyLimit 1M'])
    try {
      const { port, knownHostsFile, keyFile } = eager
      const configFile = write('rekey', 'RekeyLimit 1M\n')
      const link = await bench.open([], { port, knownHostsFile, keyFile, configFile })
      const input = randomBytes(6_000_000)
      const copies = await Promise.all([1, 2].map(() => link.run(['sha256sum'], { input })))
      const command = await link.exec(['cat'])
      command.stream.end(input)
      const back = await buffer(command.stream)
      const digest = createHash('sha256').update(input).digest('hex')
      expect(copies.map(({ stdout }) => stdout.slice(0, 64))).toEqual([digest, digest])
      expect(back.equals(input)).toBe(true)
    } finally {
      await eager.stop()
    }
  })

  it('uses the connection that the user’s own ssh holds, and leaves it open', async () => {
    const control = join(bench.place.files, 'own')
    const configFile = write('control', hosts([`ControlPath ${control}`, 'ControlMaster auto']))
    const own = spawn('ssh', ['-F', configFile, '-M', '-N', 'target'], { stdio: 'ignore' })
    try {
      await expect.poll(() => readdirSync(bench.place.files), { timeout: 10_000 }).toContain('own')
      const before = target.signIns()
      const link = await bench.open([], { ...plain, configFile })
      expect((await link.run(['echo', 'shared'])).stdout).toBe('shared\n')
      await link.close()
      expect(target.signIns()).toBe(before)
      const check = execFileSync('ssh', ['-F', configFile, 'target', 'echo still'], { stdio: 'pipe' })
      expect(check.toString()).toBe('still\n')
      expect(target.signIns()).toBe(before)
    } finally {
      own.kill()
    }
  })

  it('makes a connection of its own where that of the user’s ssh does not answer', async () => {
    const control = join(bench.place.files, 'stuck')
    const configFile = write('stuck-control', hosts([`ControlPath ${control}`]))
    const own = spawn('ssh', ['-F', configFile, '-M', '-N', 'target'], { stdio: 'ignore' })
    try {
      await expect.poll(() => readdirSync(bench.place.files), { timeout: 10_000 }).toContain('stuck')
      own.kill('SIGSTOP')
      const link = await bench.open([], { ...plain, configFile })
      expect((await link.run(['echo', 'own'])).stdout).toBe('own\n')
      expect(bench.lines.join('\n')).toContain('does not answer, making another')
    } finally {
      own.kill('SIGKILL')
    }
  })

  it('signs in with a certificate', async () => {
    const file = (name: string): string => join(bench.place.files, name)
    for (const name of ['ca', 'certified']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)])
    }
    execFileSync('ssh-keygen', ['-q', '-s', file('ca'), '-I', 'x', '-n', target.user, file('certified.pub')])
    const trusting = await startSshd([`TrustedUserCAKeys ${file('ca.pub')}`])
    try {
      const { port, knownHostsFile } = trusting
      const link = await bench.open([], { port, knownHostsFile, keyFile: file('certified') })
      expect((await link.run(['echo', 'certified'])).stdout).toBe('certified\n')
      expect(trusting.log()).toContain('ED25519-CERT')
    } finally {
      await trusting.stop()
    }
  })
})
