import { join } from 'node:path'
import type { AuthContext } from 'ssh2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publicHalf, TestSshClient, typed } from './testing/ssh-client'
import { makeKey, type TestSshServer } from './testing/ssh-server'

let client: TestSshClient
beforeEach(async () => {
  client = await TestSshClient.create()
})
afterEach(() => client.end())

const never = (): never => {
  throw new Error('nobody should be asked')
}

async function serve(authenticate: (context: AuthContext) => void): Promise<TestSshServer> {
  const server = await client.serve(authenticate)
  await client.trust(server)
  return server
}

const isPassword = (context: AuthContext, password: string): boolean =>
  context.method === 'password' && context.password === password

const isKey = (context: AuthContext, base64: string): boolean =>
  context.method === 'publickey' && context.key.data.toString('base64') === base64

describe('ssh sign-in in several steps', () => {
  it('asks for a password once when the host wants it by two methods', async () => {
    let hasPassword = false
    const server = await serve((context) => {
      if (isPassword(context, 'right')) {
        hasPassword = true
        return context.reject(['keyboard-interactive'], true)
      }
      if (context.method === 'keyboard-interactive' && hasPassword) {
        return context.prompt([{ prompt: 'Password: ', echo: false }], (values) =>
          values[0] === 'right' ? context.accept() : context.reject(),
        )
      }
      return context.reject(['password'])
    })
    await client.connect(server, () => typed('right'))
    expect(client.kinds).toEqual(['password'])
  })

  it.each(['One-time password (OATH) for `maria`: ', 'Verification code: ', 'OTP passwd: '])(
    'does not take "%s" for the password',
    async (question) => {
      const server = await serve((context) => {
        if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
        context.prompt([{ prompt: 'Password: ', echo: false }], () =>
          context.prompt([{ prompt: question, echo: false }], (values) =>
            values[0] === '123456' ? context.accept() : context.reject(['keyboard-interactive']),
          ),
        )
      })
      await client.connect(server, ({ kind }) => typed(kind === 'password' ? 'right' : '123456'))
      expect(client.kinds).toEqual(['password', 'questions'])
    },
  )

  it('takes a second question for a password as another secret', async () => {
    const server = await serve((context) => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
      context.prompt([{ prompt: 'Password: ', echo: false }], () =>
        context.prompt([{ prompt: 'Password: ', echo: false }], (values) =>
          values[0] === 'second' ? context.accept() : context.reject(['keyboard-interactive']),
        ),
      )
    })
    await client.connect(server, ({ kind }) => typed(kind === 'password' ? 'first' : 'second'))
    expect(client.kinds).toEqual(['password', 'questions'])
  })

  it('offers no further keys once one was taken, and gives the code that is wanted beside it', async () => {
    const good = makeKey()
    const extra = makeKey('ecdsa')
    await client.write('id_ed25519', good)
    await client.write('id_ecdsa', extra)
    const offered: string[] = []
    let hasKey = false
    const server = await serve((context) => {
      if (context.method === 'publickey') offered.push(context.key.data.toString('base64'))
      if (isKey(context, publicHalf(good)) && context.method === 'publickey') {
        if (context.signature === undefined) return context.accept()
        hasKey = true
        return context.reject(['keyboard-interactive'], true)
      }
      if (context.method === 'keyboard-interactive' && hasKey) {
        return context.prompt([{ prompt: 'Code: ', echo: false }], (values) =>
          values[0] === '42' ? context.accept() : context.reject(),
        )
      }
      return context.reject(hasKey ? ['keyboard-interactive'] : ['publickey'])
    })
    await client.connect(server, () => typed('42'))
    expect(client.kinds).toEqual(['questions'])
    expect(offered).not.toContain(publicHalf(extra))
  })
})

describe('ssh sign-in as the settings say', () => {
  const reject = (context: AuthContext): void => context.reject(['publickey', 'password'])

  it('tries the ways of the URI in their order and no others', async () => {
    await client.write('id_ed25519', makeKey())
    const tried: string[] = []
    const server = await serve((context) => {
      tried.push(context.method)
      if (context.method === 'publickey' && tried.includes('password')) context.accept()
      else context.reject(['publickey', 'password', 'keyboard-interactive'])
    })
    await client.connect(server, () => typed('wrong'), { ways: ['password', 'key-files'] })
    expect(new Set(tried)).toEqual(new Set(['none', 'password', 'publickey']))
    expect(client.asked.every(({ kind }) => kind === 'password')).toBe(true)
  })

  it('asks nothing where nothing may be asked, and says what to do instead', async () => {
    const locked = makeKey('ed25519', 'open')
    await client.write('id_ed25519', locked)
    const server = await serve((context) => {
      if (isKey(context, publicHalf(locked, 'open'))) context.accept()
      else reject(context)
    })
    await expect(client.connect(server, never, { isQuiet: true })).rejects.toMatchObject({
      kind: 'auth-failed',
      message: `[127.0.0.1]:${server.port} knows the key ${client.path('id_ed25519')}, which could not be used without unlocking it`,
      cure: expect.stringContaining('Nothing may be asked for this host (no_tty in its URI'),
      detail: 'The host accepts: publickey, password',
    })
    expect(client.asked).toEqual([])
    expect(client.logged.join('\n')).toContain('needs a passphrase, and nothing may be asked')
  })

  it('names the system engine when what the settings want is beyond ours', async () => {
    await client.write('config', 'Host *\n PKCS11Provider /lib/token.so\n GSSAPIAuthentication yes\n')
    const server = await serve(reject)
    await expect(client.connect(server, () => typed('x'))).rejects.toMatchObject({
      kind: 'auth-failed',
      cure: expect.stringContaining(
        'if this host needs PKCS11Provider, switch this host to the system ssh engine (Edit host → SSH)',
      ),
    })
  })

  it('does not go around a ProxyCommand', async () => {
    await client.write('config', 'Host 127.*\n ProxyCommand nc %h %p\n')
    const server = await serve(never)
    await expect(client.connect(server, never)).rejects.toMatchObject({
      kind: 'unsupported',
      message: "The ssh settings for 127.0.0.1 use ProxyCommand, which Innkeeper's own ssh engine cannot do",
      cure: 'Switch this host to the system ssh engine (Edit host → SSH)',
    })
  })

  it('uses the keys of the settings and no others', async () => {
    const other = makeKey('ecdsa')
    await client.write('lab-key', other)
    await client.write('id_ed25519', makeKey())
    await client.write('config', 'Host 127.*\n IdentityFile ~/.ssh/lab-key\n')
    const offered: string[] = []
    const server = await serve((context) => {
      if (context.method === 'publickey') offered.push(context.key.data.toString('base64'))
      if (isKey(context, publicHalf(other))) context.accept()
      else context.reject(['publickey'])
    })
    await client.connect(server, never)
    expect(new Set(offered)).toEqual(new Set([publicHalf(other)]))
  })

  it('gives up on a passphrase after three tries and goes on to the password', async () => {
    const locked = makeKey('ed25519', 'open')
    await client.write('id_ed25519', locked)
    const server = await serve((context) => {
      if (isKey(context, publicHalf(locked, 'open')) || isPassword(context, 'right')) context.accept()
      else reject(context)
    })
    await client.connect(server, ({ kind }) => typed(kind === 'password' ? 'right' : 'wrong-phrase'))
    expect(client.kinds).toEqual(['passphrase', 'passphrase', 'passphrase', 'password'])
    expect(client.logged.join('\n')).not.toContain('wrong-phrase')
  })

  it('ends with "cancelled" when the question for the passphrase is closed', async () => {
    const locked = makeKey('ed25519', 'open')
    await client.write('id_ed25519', locked)
    const server = await serve((context) => {
      if (isKey(context, publicHalf(locked, 'open'))) context.accept()
      else reject(context)
    })
    await expect(client.connect(server, () => null)).rejects.toMatchObject({
      kind: 'cancelled',
      message: 'Signing in was cancelled',
    })
  })

  it('goes on without an agent that is gone, and says so in the log', async () => {
    const server = await serve((context) =>
      isPassword(context, 'right') ? context.accept() : reject(context),
    )
    await client.connect(server, () => typed('right'), { agent: join(client.home, 'none') })
    expect(client.logged.join('\n')).toContain('The ssh agent cannot be used')
  })

  it('names a chosen key that belongs to a security key', async () => {
    const type = Buffer.from('sk-ssh-ed25519@openssh.com')
    const path = await client.write('id_ed25519_sk.pub', `${type.toString()} AAAA\n`)
    const server = await serve(never)
    await expect(client.connect(server, never, { keyFile: path })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'keyFile',
      message: expect.stringContaining('belongs to a security key'),
      cure: expect.stringContaining('system ssh engine'),
    })
  })
})

describe('ssh connections that die', () => {
  it('are given up as unreachable when the host answers no keepalives', async () => {
    const server = await serve((context) => context.accept())
    const link = await client.connect(server, never, { keepaliveIntervalMs: 20 })
    const ended = new Promise((resolve) => link.onClosed(resolve))
    server.freeze()
    expect(await ended).toMatchObject({
      kind: 'unreachable',
      message: `[127.0.0.1]:${server.port} no longer answers`,
      cure: 'Innkeeper connects again by itself',
      detail: 'Keepalive timeout',
    })
  })
})
