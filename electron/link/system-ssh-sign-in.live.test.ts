import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AuthContext } from 'ssh2'
import { describe, expect, it } from 'vitest'
import type { PromptAnswer } from '../../shared/model/prompt'
import type { SystemSshLinkOptions } from './system-ssh'
import { makeKey, startSshServer } from './testing/ssh-server'
import { say, systemSshBench } from './testing/system-ssh-place'

const canary = 'canary-7f3a'
const bench = systemSshBench()

/** A server that decides as the test says; every command there answers "ok". */
async function serve(authenticate: (context: AuthContext) => void): Promise<Partial<SystemSshLinkOptions>> {
  const server = await startSshServer({
    hostKeys: [makeKey()],
    authenticate,
    onReady: (connection) => {
      connection.on('session', (accept) => {
        accept().on('exec', (acceptExec) => {
          const stream = acceptExec()
          stream.write('ok')
          stream.exit(0)
          stream.end()
        })
      })
    },
  })
  bench.opened.push(server)
  const known = join(bench.place.files, `known-${server.port}`)
  writeFileSync(known, `[127.0.0.1]:${server.port} ssh-ed25519 ${server.publicKey.toString('base64')}\n`)
  return { port: server.port, user: 'maria', keyFile: undefined, knownHostsFile: known }
}

const byPassword = (right: string) => (context: AuthContext) => {
  if (context.method === 'password' && context.password === right) context.accept()
  else context.reject(['password'])
}

describe('signing in by the system’s ssh', () => {
  it('tells how far it is', async () => {
    await bench.open([])
    expect(bench.lines.filter((line) => line.startsWith('stage'))).toEqual([
      'stage: reaching',
      'stage: authenticating',
    ])
    expect(bench.lines).toContain('Signed in by publickey')
    expect(bench.lines.filter((line) => line.includes('debug'))).toEqual([])
  })

  it('uses a key that only the ssh agent holds', async () => {
    const socket = join(bench.place.files, 'agent')
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] })
    try {
      await once(agent.stdout, 'data')
      const env = { ...process.env, SSH_AUTH_SOCK: socket }
      execFileSync('ssh-add', ['-q', bench.sshd.keyFile], { env, stdio: 'ignore' })
      const link = await bench.open([], { keyFile: undefined, agent: socket })
      expect((await link.run(['echo', 'in'])).stdout).toBe('in\n')
    } finally {
      agent.kill()
    }
  })

  it('asks for the passphrase of a key, and again when it was wrong', async () => {
    const keyFile = bench.lockedKey('locked', canary)
    await bench.open([say('wrong'), say(canary)], { keyFile })
    expect(bench.asked).toEqual([
      { kind: 'passphrase', keyFile, isRetry: false },
      { kind: 'passphrase', keyFile, isRetry: true },
    ])
  })

  it('asks for a password and takes characters of all kinds', async () => {
    const password = `pä$$ 'w"ord\\ \`x\` %s ${canary}`
    const to = await serve(byPassword(password))
    const link = await bench.open([say(password)], to)
    expect(bench.asked).toEqual([
      { kind: 'password', user: 'maria', address: `[127.0.0.1]:${to.port}`, isRetry: false },
    ])
    expect((await link.run(['anything'])).stdout).toBe('ok')
  })

  it('asks again for a refused password and says that it is a retry', async () => {
    await bench.open([say('wrong'), say('right')], await serve(byPassword('right')))
    expect(bench.asked).toMatchObject([{ isRetry: false }, { isRetry: true }])
  })

  it('gives up when no password was right, and says what the host takes', async () => {
    const to = await serve(byPassword('right'))
    await expect(bench.open([say('a'), say('b'), say('c')], to)).rejects.toMatchObject({
      kind: 'auth-failed',
      message: `[127.0.0.1]:${to.port} refused to sign in maria (it accepts password)`,
      cure: 'Check the user name and the password',
      detail: expect.stringContaining('Permission denied'),
    })
    expect(bench.asked).toHaveLength(3)
  })

  it('shows what a host asks beyond passwords, with the host’s instructions', async () => {
    const to = await serve((context) => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
      context.prompt(
        [{ prompt: 'Verification code: ', echo: false }],
        'Two factors',
        'Look at your token',
        (answers) => {
          if (answers[0] === '123456') context.accept()
          else context.reject(['keyboard-interactive'])
        },
      )
    })
    await bench.open([say('123456')], to)
    expect(bench.asked).toEqual([
      {
        kind: 'questions',
        user: 'maria',
        address: `[127.0.0.1]:${to.port}`,
        title: 'ssh asks',
        instructions: expect.stringContaining('Look at your token'),
        questions: [{ text: 'Verification code:', isSecret: true }],
      },
    ])
  })

  it('takes a password asked by keyboard-interactive for a password', async () => {
    const to = await serve((context) => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
      context.prompt([{ prompt: 'Password: ', echo: false }], '', '', (answers) => {
        if (answers[0] === 'right') context.accept()
        else context.reject(['keyboard-interactive'])
      })
    })
    await bench.open([say('right')], to)
    expect(bench.asked).toMatchObject([
      { kind: 'password', user: 'maria', address: `[127.0.0.1]:${to.port}` },
    ])
  })

  it('ends everything when the user cancels', async () => {
    await expect(bench.open([null], await serve(byPassword('right')))).rejects.toMatchObject({
      kind: 'cancelled',
      message: 'Signing in was cancelled',
    })
  })

  it('gives up at once when its signal says so while the user is asked', async () => {
    const abort = new AbortController()
    const to = await serve(byPassword('right'))
    const never = (): Promise<PromptAnswer> => {
      abort.abort()
      return new Promise(() => undefined)
    }
    await expect(bench.open([never], { ...to, signal: abort.signal })).rejects.toMatchObject({
      kind: 'cancelled',
    })
  })

  it('leaves a secret in no argument, environment, file or log', async () => {
    const seen: string[] = []
    const look = (): void => {
      for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
        for (const file of ['cmdline', 'environ']) {
          try {
            seen.push(readFileSync(`/proc/${name}/${file}`, 'latin1'))
          } catch {
            // gone, or not ours
          }
        }
      }
      const { folders } = bench.place.leftovers()
      const [folder = ''] = folders
      const base = join(process.env['TMPDIR'] ?? '', folder)
      for (const entry of readdirSync(base, { withFileTypes: true })) {
        if (entry.isFile()) seen.push(readFileSync(join(base, entry.name), 'utf8'))
      }
    }
    const keyFile = bench.lockedKey('canary', canary)
    // asked a second time, the first answer has gone all the way
    const link = await bench.open([say(`${canary}-wrong`), () => (look(), say(canary))], { keyFile })
    look()
    expect((await link.run(['true'])).code).toBe(0)
    expect(seen.length).toBeGreaterThan(20)
    expect(seen.filter((text) => text.includes(canary))).toEqual([])
    expect(bench.lines.filter((line) => line.includes(canary))).toEqual([])
  })

  it('asks nobody when that is forbidden, and says what is needed', async () => {
    const keyFile = bench.lockedKey('silent', canary)
    await expect(bench.open([], { keyFile, noTty: true })).rejects.toMatchObject({
      kind: 'auth-failed',
      cure: 'Use a key without a passphrase or an ssh agent: ssh cannot ask for passwords here',
    })
  })

  it('is refused with cause and cure when the host does not know the key', async () => {
    const keyFile = join(bench.place.files, 'stranger')
    writeFileSync(keyFile, makeKey(), { mode: 0o600 })
    await expect(bench.open([], { keyFile })).rejects.toMatchObject({
      kind: 'auth-failed',
      message: `[127.0.0.1]:${bench.sshd.port} refused to sign in ${bench.sshd.user} (it accepts publickey)`,
      cure: expect.stringContaining('ssh-copy-id'),
    })
  })

  it('names a key file that does not exist', async () => {
    await expect(bench.open([], { keyFile: '/nowhere/key' })).rejects.toMatchObject({
      kind: 'invalid',
      message: 'The key file /nowhere/key does not exist',
      field: 'keyFile',
    })
  })
})
