import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Link } from './link'
import type { SshLinkOptions } from './ssh'
import { accountName, accountPassword, startSshdWithAccount } from './testing/ssh-account'
import { acceptKey, TestSshClient, typed } from './testing/ssh-client'
import { startSshd, type TestSshd } from './testing/sshd'

// a server with accounts of its own takes root; elsewhere than in CI one may go without
const describeWithAccounts = process.getuid?.() === 0 || process.env['CI'] ? describe : describe.skip

let client: TestSshClient
beforeEach(async () => {
  client = await TestSshClient.create()
})
afterEach(() => client.end())

const never = (): never => {
  throw new Error('nobody should be asked')
}

function connect(
  to: TestSshd,
  answers: Parameters<TestSshClient['connect']>[1],
  more: Partial<SshLinkOptions> = {},
): Promise<Link> {
  return client.connect(to, answers, { user: to.user, knownHostsFile: to.knownHostsFile, ...more })
}

const whoami = async (link: Link): Promise<string> => (await link.run(['id', '-un'])).stdout.trim()

describe('signing in to a real sshd by keys', () => {
  let sshd: TestSshd
  beforeAll(async () => {
    sshd = await startSshd()
  })
  afterAll(() => sshd?.stop())

  it.each([
    ['ed25519', []],
    ['rsa', []],
    ['rsa', ['-m', 'PEM']],
    ['ecdsa', []],
    ['ecdsa', ['-b', '521']],
  ])('asks once for the passphrase of an encrypted %s key (%s) and runs commands', async (type, extra) => {
    const keyFile = join(client.home, 'locked')
    execFileSync('ssh-keygen', ['-q', '-t', type, ...extra, '-a', '4', '-N', 'open sesame', '-f', keyFile])
    const list = join(sshd.directory, 'authorized_keys')
    execFileSync('sh', ['-c', 'cat "$0" >> "$1"', `${keyFile}.pub`, list])
    const link = await connect(sshd, () => typed('open sesame'), { keyFile })
    const commands = await Promise.all([whoami(link), whoami(link), whoami(link)])
    expect(commands).toEqual([sshd.user, sshd.user, sshd.user])
    expect(client.asked).toEqual([{ kind: 'passphrase', keyFile, isRetry: false }])
  })

  it('names the key that stays locked when its passphrase is wrong three times', async () => {
    const keyFile = join(client.home, 'locked')
    await copyFile(sshd.keyFile, keyFile)
    execFileSync('ssh-keygen', ['-q', '-p', '-a', '4', '-N', 'open sesame', '-f', keyFile])
    await expect(connect(sshd, () => typed('wrong'), { keyFile })).rejects.toMatchObject({
      kind: 'auth-failed',
      message: `[127.0.0.1]:${sshd.port} knows the key ${keyFile}, which could not be used without unlocking it`,
      cure: 'Connect again and type the passphrase of the key, or load it into the ssh agent (ssh-add)',
    })
    expect(client.asked.map((prompt) => 'isRetry' in prompt && prompt.isRetry)).toEqual([false, true, true])
  })

  describe('with an ssh agent', () => {
    let agent: ChildProcess
    let socket: string
    let env: NodeJS.ProcessEnv
    beforeEach(async () => {
      socket = join(client.home, 'agent')
      agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] })
      env = { ...process.env, SSH_AUTH_SOCK: socket }
      if (agent.stdout) await once(agent.stdout, 'data')
    })
    afterEach(() => agent.kill())

    const addStrangers = (count: number): void => {
      for (let index = 0; index < count; index += 1) {
        const file = join(client.home, `stranger${index}`)
        execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
        execFileSync('ssh-add', ['-q', file], { env, stdio: 'ignore' })
      }
    }

    it('has the agent sign with the key of a locked file, without asking', async () => {
      const keyFile = join(client.home, 'locked')
      execFileSync('ssh-add', ['-q', sshd.keyFile], { env, stdio: 'ignore' })
      await copyFile(sshd.keyFile, keyFile)
      execFileSync('ssh-keygen', ['-q', '-p', '-a', '4', '-N', 'open sesame', '-f', keyFile])
      expect(await whoami(await connect(sshd, never, { keyFile, agent: socket }))).toBe(sshd.user)
    })

    it('offers only the key of the settings out of a full agent, as IdentitiesOnly says', async () => {
      addStrangers(7)
      execFileSync('ssh-add', ['-q', sshd.keyFile], { env, stdio: 'ignore' })
      await copyFile(`${sshd.keyFile}.pub`, join(client.home, 'lab.pub'))
      await client.write('config', `IdentityFile ~/lab.pub\nIdentitiesOnly yes\nIdentityAgent ${socket}\n`)
      expect(await whoami(await connect(sshd, never, { agent: undefined as unknown as string }))).toBe(
        sshd.user,
      )
    })

    it('says what to do when the agent holds more keys than the host lets one try', async () => {
      addStrangers(7)
      await expect(connect(sshd, never, { agent: socket })).rejects.toMatchObject({
        kind: 'auth-failed',
        message: `[127.0.0.1]:${sshd.port} allows no more tries to sign in`,
        cure: expect.stringContaining('Choose the key file for this host'),
      })
    })
  })

  it('says that no way is accepted when there is nothing to sign in with', async () => {
    await expect(connect(sshd, never)).rejects.toMatchObject({
      kind: 'auth-failed',
      message: `[127.0.0.1]:${sshd.port} accepts none of the ways Innkeeper can sign in as ${sshd.user}`,
      cure: expect.stringContaining('ssh-copy-id'),
      detail: 'The host accepts: publickey',
    })
  })
})

describeWithAccounts('signing in to a real sshd with PAM', () => {
  const servers: TestSshd[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop()
  })

  async function serve(...settings: string[]): Promise<TestSshd> {
    const server = await startSshdWithAccount(settings)
    servers.push(server)
    return server
  }
  const account = { user: accountName }

  it('signs in by a password', async () => {
    const sshd = await serve('PasswordAuthentication yes')
    expect(await whoami(await connect(sshd, () => typed(accountPassword), account))).toBe(accountName)
    expect(client.asked).toEqual([
      { kind: 'password', user: accountName, address: `[127.0.0.1]:${sshd.port}`, isRetry: false },
    ])
    expect(client.logged.join('\n')).not.toContain(accountPassword)
  })

  it("signs in by PAM's own question, asked as the password it is", async () => {
    const sshd = await serve('KbdInteractiveAuthentication yes')
    expect(await whoami(await connect(sshd, () => typed(accountPassword), account))).toBe(accountName)
    expect(client.kinds).toEqual(['password'])
  })

  it('asks a wrong password three times and then names it', async () => {
    const sshd = await serve('PasswordAuthentication yes', 'KbdInteractiveAuthentication yes')
    await expect(connect(sshd, () => typed('wrong'), account)).rejects.toMatchObject({
      kind: 'auth-failed',
      message: `[127.0.0.1]:${sshd.port} refused the answers of ${accountName}`,
      cure: expect.stringContaining('Check the user name and password'),
      detail: 'The host accepts: publickey, password, keyboard-interactive',
    })
    expect(client.asked.map((prompt) => 'isRetry' in prompt && prompt.isRetry)).toEqual([false, true, true])
    expect(sshd.connections()).toBe(1)
  })

  it.each(['password', 'keyboard-interactive'])(
    'gives a key and then a %s where both are wanted',
    async (way) => {
      const sshd = await serve(
        'PasswordAuthentication yes',
        'KbdInteractiveAuthentication yes',
        `AuthenticationMethods publickey,${way}`,
      )
      const link = await connect(sshd, () => typed(accountPassword), { ...account, keyFile: sshd.keyFile })
      expect(await whoami(link)).toBe(accountName)
      expect(client.kinds).toEqual(['password'])
      expect(sshd.log()).toContain('Partial publickey')
    },
  )

  it('asks one password once where the host wants it by both methods', async () => {
    const sshd = await serve(
      'PasswordAuthentication yes',
      'KbdInteractiveAuthentication yes',
      'AuthenticationMethods password,keyboard-interactive',
    )
    expect(await whoami(await connect(sshd, () => typed(accountPassword), account))).toBe(accountName)
    expect(client.kinds).toEqual(['password'])
  })

  it('unlocks a key and gives a password beside it, each asked once', async () => {
    const sshd = await serve('PasswordAuthentication yes', 'AuthenticationMethods publickey,password')
    const keyFile = join(client.home, 'locked')
    await copyFile(sshd.keyFile, keyFile)
    execFileSync('ssh-keygen', ['-q', '-p', '-a', '4', '-N', 'open sesame', '-f', keyFile])
    const answers = { passphrase: 'open sesame', password: accountPassword }
    const link = await connect(
      sshd,
      ({ kind }) => (kind === 'passphrase' || kind === 'password' ? typed(answers[kind]) : null),
      { ...account, keyFile },
    )
    expect(await whoami(link)).toBe(accountName)
    expect(client.kinds).toEqual(['passphrase', 'password'])
  })

  it('tries only what the URI names, in its order', async () => {
    const sshd = await serve('PasswordAuthentication yes', 'KbdInteractiveAuthentication yes')
    await expect(connect(sshd, never, { ...account, ways: ['agent', 'key-files'] })).rejects.toMatchObject({
      kind: 'auth-failed',
    })
    const link = await connect(sshd, () => typed(accountPassword), { ...account, ways: ['password'] })
    // the server writes it down before it starts anything, but after it has said yes
    expect(await whoami(link)).toBe(accountName)
    expect(sshd.log()).toContain(`Accepted password for ${accountName}`)
  })
})

describe('host keys of a real sshd', () => {
  let sshd: TestSshd
  let key: Partial<SshLinkOptions>
  beforeAll(async () => {
    sshd = await startSshd()
  })
  afterAll(() => sshd?.stop())
  beforeEach(() => {
    key = { keyFile: sshd.keyFile, knownHostsFile: undefined }
  })
  const address = (): string => `[127.0.0.1]:${sshd.port}`
  const hostLine = async (): Promise<string> => (await readFile(sshd.knownHostsFile, 'utf8')).trim()
  const strangeKey = (): string => {
    const file = join(client.home, 'strange')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
    return execFileSync('ssh-keygen', ['-y', '-f', file]).toString().trim()
  }

  it('are refused when changed, and the command it names makes way for the new one', async () => {
    const file = await client.write('known_hosts', `# lab\n${address()} ${strangeKey()}\n`)
    const error: unknown = await connect(sshd, never, key).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      kind: 'denied',
      message: `The key of ${address()} is not the one on record, so it may be another machine`,
      detail: expect.stringMatching(
        /^The host presents ssh-ed25519 SHA256:.*\n.* line 2 holds ssh-ed25519 SHA256:/,
      ),
    })
    const { cure = '' } = error as { cure?: string }
    expect(cure).toContain(`remove line 2 of ${file}`)
    const command = cure.slice(cure.indexOf('ssh-keygen -f'))
    execFileSync('sh', ['-c', command], { stdio: 'ignore' })
    await connect(sshd, () => acceptKey, key)
    expect(client.kinds).toEqual(['host-key'])
  })

  it('are found under hashed names, and added under hashed names that ssh finds', async () => {
    const file = await client.write('known_hosts', `${await hostLine()}\nother.lab ${strangeKey()}\n`)
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' })
    await connect(sshd, never, key)
    execFileSync('ssh-keygen', ['-R', address(), '-f', file], { stdio: 'ignore' })
    await connect(sshd, () => acceptKey, key)
    expect(await client.read('known_hosts')).not.toContain(address())
    expect(execFileSync('ssh-keygen', ['-F', address(), '-f', file]).toString()).toContain('line 2')
  })

  it('are refused when revoked', async () => {
    const [, ...blob] = (await hostLine()).split(' ')
    await client.write('known_hosts', `${await hostLine()}\n@revoked * ${blob.join(' ')}\n`)
    await expect(connect(sshd, never, key)).rejects.toMatchObject({
      kind: 'denied',
      message: `The key of ${address()} has been revoked`,
    })
  })

  it('that the user declines let nobody in and are not remembered', async () => {
    const before = sshd.signIns()
    await expect(connect(sshd, () => ({ kind: 'host-key', accept: false }), key)).rejects.toMatchObject({
      kind: 'cancelled',
      message: `The key of ${address()} was not accepted`,
      cure: expect.stringContaining('Connect again and accept it'),
    })
    expect(sshd.signIns()).toBe(before)
    await expect(client.read('known_hosts')).rejects.toThrow('ENOENT')
  })
})
