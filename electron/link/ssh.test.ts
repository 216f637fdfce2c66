import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type AuthContext } from 'ssh2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import { fingerprint } from './known-hosts'
import type { Link } from './link'
import { openSshLink, type SshLinkOptions } from './ssh'
import { makeKey, startSshServer, type TestSshServer } from './testing/ssh-server'

const hostKey = makeKey()
let home: string
let server: TestSshServer | undefined
let link: Link | undefined
let asked: Prompt[]
let lines: string[]

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ssh-'))
  asked = []
  lines = []
})
afterEach(async () => {
  await link?.close()
  await server?.close()
  link = undefined
  server = undefined
  await rm(home, { recursive: true, force: true })
})

type Answers = (prompt: Prompt) => PromptAnswer | Promise<PromptAnswer>
const accept: PromptAnswer = { kind: 'host-key', accept: true }
const type = (...values: string[]): PromptAnswer => ({ kind: 'text', values })

function connect(answers: Answers, more: Partial<SshLinkOptions> = {}): Promise<Link> {
  if (!server) throw new Error('no server')
  return openSshLink({
    host: '127.0.0.1',
    port: server.port,
    user: 'maria',
    home,
    systemConfigFile: '',
    agent: '',
    ask: async (prompt) => {
      asked.push(prompt)
      return answers(prompt)
    },
    onStage: () => undefined,
    log: (text) => lines.push(text),
    ...more,
  }).then((opened) => {
    link = opened
    return opened
  })
}

async function serve(authenticate: (context: AuthContext) => void, key = hostKey): Promise<TestSshServer> {
  server = await startSshServer({ hostKeys: [key], authenticate })
  return server
}

const byPassword =
  (password: string) =>
  (context: AuthContext): void => {
    if (context.method === 'password' && context.password === password) context.accept()
    else context.reject(['password'])
  }

const knownHosts = (): Promise<string> => readFile(join(home, '.ssh', 'known_hosts'), 'utf8')

describe('ssh host keys', () => {
  it('shows an unknown key, remembers it once accepted and does not ask again', async () => {
    const { port, publicKey } = await serve(byPassword('right'))
    const answers: Answers = (prompt) => (prompt.kind === 'host-key' ? accept : type('right'))
    await (await connect(answers)).close()
    expect(asked[0]).toEqual({
      kind: 'host-key',
      address: `[127.0.0.1]:${port}`,
      keyType: 'ssh-ed25519',
      fingerprint: fingerprint(publicKey),
    })
    expect(await knownHosts()).toBe(`[127.0.0.1]:${port} ssh-ed25519 ${publicKey.toString('base64')}\n`)
    asked = []
    await connect(answers)
    expect(asked.map((prompt) => prompt.kind)).toEqual(['password'])
  })

  it('connects no further when the key is declined, and remembers nothing', async () => {
    await serve(byPassword('right'))
    const declined = connect(() => ({ kind: 'host-key', accept: false }))
    await expect(declined).rejects.toMatchObject({ kind: 'cancelled' })
    await expect(knownHosts()).rejects.toThrow('ENOENT')
  })

  it('refuses a changed key without asking, and names file and line', async () => {
    const { port, publicKey } = await serve(byPassword('right'))
    const file = join(home, 'known')
    const old = ssh2.utils.parseKey(makeKey())
    if (old instanceof Error) throw old
    await writeFile(file, `# lab\n[127.0.0.1]:${port} ssh-ed25519 ${old.getPublicSSH().toString('base64')}\n`)
    const error: unknown = await connect(() => accept, { knownHostsFile: file }).catch(
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({
      kind: 'denied',
      message: `The key of [127.0.0.1]:${port} is not the one on record, so it may be another machine`,
      cure: expect.stringContaining(
        `line 2 of ${file} and connect again: ssh-keygen -f "${file}" -R "[127.0.0.1]:${port}"`,
      ),
      detail:
        `The host presents ssh-ed25519 ${fingerprint(publicKey)}\n` +
        `${file} line 2 holds ssh-ed25519 ${fingerprint(old.getPublicSSH())}`,
    })
    expect(asked).toEqual([])
  })

  it('asks the server for the key type on record', async () => {
    const ecdsa = makeKey('ecdsa')
    server = await startSshServer({ hostKeys: [hostKey, ecdsa], authenticate: byPassword('right') })
    const known = ssh2.utils.parseKey(ecdsa)
    if (known instanceof Error) throw known
    const file = join(home, 'known')
    const base64 = known.getPublicSSH().toString('base64')
    await writeFile(file, `[127.0.0.1]:${server.port} ecdsa-sha2-nistp256 ${base64}\n`)
    await connect(() => type('right'), { knownHostsFile: file })
    expect(asked.map((prompt) => prompt.kind)).toEqual(['password'])
  })
})

describe('ssh sign-in', () => {
  it('asks for a refused password again and says that it is a retry', async () => {
    await serve(byPassword('right'))
    const typed = ['wrong', 'right']
    await connect((prompt) => (prompt.kind === 'host-key' ? accept : type(typed.shift() ?? '')))
    expect(asked.slice(1)).toMatchObject([
      { kind: 'password', user: 'maria', isRetry: false },
      { kind: 'password', user: 'maria', isRetry: true },
    ])
  })

  it('gives up after three wrong passwords and never writes them down', async () => {
    await serve(byPassword('right'))
    const refused = connect((prompt) => (prompt.kind === 'host-key' ? accept : type('s3cret-guess')))
    await expect(refused).rejects.toMatchObject({
      kind: 'auth-failed',
      message: expect.stringContaining('refused the password of maria'),
    })
    expect(asked.filter((prompt) => prompt.kind === 'password')).toHaveLength(3)
    expect(lines.join('\n')).not.toContain('s3cret')
  })

  it('ends with "cancelled" when the user closes the question', async () => {
    await serve(byPassword('right'))
    const refused = connect((prompt) => (prompt.kind === 'host-key' ? accept : null))
    await expect(refused).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('shows the questions of the server and sends the answers', async () => {
    await serve((context) => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
      context.prompt(
        [
          { prompt: 'Password: ', echo: false },
          { prompt: 'Code: ', echo: true },
        ],
        'Two steps',
        'Look at your phone',
        (values) => (values.join() === 'right,123' ? context.accept() : context.reject()),
      )
    })
    await connect((prompt) => (prompt.kind === 'host-key' ? accept : type('right', '123')))
    expect(asked[1]).toMatchObject({
      kind: 'questions',
      title: 'Two steps',
      instructions: 'Look at your phone',
      questions: [
        { text: 'Password: ', isSecret: true },
        { text: 'Code: ', isSecret: false },
      ],
    })
  })

  it('asks a lone question for the password as what it is', async () => {
    await serve((context) => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
      context.prompt([{ prompt: 'Password: ', echo: false }], (values) =>
        values[0] === 'right' ? context.accept() : context.reject(['keyboard-interactive']),
      )
    })
    const typed = ['wrong', 'right']
    await connect((prompt) => (prompt.kind === 'host-key' ? accept : type(typed.shift() ?? '')))
    expect(asked.slice(1)).toMatchObject([
      { kind: 'password', isRetry: false },
      { kind: 'password', isRetry: true },
    ])
  })

  it('gives a second proof when the host wants one after the first', async () => {
    let hasPassword = false
    await serve((context) => {
      if (context.method === 'password' && context.password === 'right') {
        hasPassword = true
        return context.reject(['keyboard-interactive'], true)
      }
      if (context.method === 'keyboard-interactive' && hasPassword) {
        return context.prompt([{ prompt: 'Code: ', echo: false }], (values) =>
          values[0] === '42' ? context.accept() : context.reject(),
        )
      }
      return context.reject(['password'])
    })
    await connect((prompt) =>
      prompt.kind === 'host-key' ? accept : type(prompt.kind === 'password' ? 'right' : '42'),
    )
    expect(asked.map((prompt) => prompt.kind)).toEqual(['host-key', 'password', 'questions'])
  })

  it('asks for the passphrase only of a key that the host takes', async () => {
    const { writeKey, isKey } = keys()
    const wanted = await writeKey('id_ed25519', makeKey('ed25519', 'open'))
    await writeKey('id_ecdsa', makeKey('ecdsa', 'other'))
    await serve((context) => {
      if (context.method === 'publickey' && isKey(context.key.data, wanted)) context.accept()
      else context.reject(['publickey'])
    })
    const typed = ['wrong', 'open']
    await connect((prompt) => (prompt.kind === 'host-key' ? accept : type(typed.shift() ?? '')))
    const keyFile = join(home, '.ssh', 'id_ed25519')
    expect(asked.slice(1)).toEqual([
      { kind: 'passphrase', keyFile, isRetry: false },
      { kind: 'passphrase', keyFile, isRetry: true },
    ])
  })

  it('goes on to the password when the host takes no key', async () => {
    await keys().writeKey('id_ed25519', makeKey())
    await serve((context) => {
      if (context.method === 'password' && context.password === 'right') context.accept()
      else context.reject(['publickey', 'password'])
    })
    await connect((prompt) => (prompt.kind === 'host-key' ? accept : type('right')))
    expect(asked.map((prompt) => prompt.kind)).toEqual(['host-key', 'password'])
  })

  it('gives a password after a key when the host wants both', async () => {
    const { writeKey, isKey } = keys()
    const wanted = await writeKey('id_ed25519', makeKey())
    let hasKey = false
    await serve((context) => {
      if (context.method === 'publickey' && isKey(context.key.data, wanted)) {
        if (context.signature === undefined) return context.accept()
        hasKey = true
        return context.reject(['password'], true)
      }
      if (hasKey && context.method === 'password' && context.password === 'right') return context.accept()
      return context.reject(hasKey ? ['password'] : ['publickey'])
    })
    await connect((prompt) => (prompt.kind === 'host-key' ? accept : type('right')))
    expect(asked.map((prompt) => prompt.kind)).toEqual(['host-key', 'password'])
  })

  it('says which key file cannot be used before anything is sent', async () => {
    await serve(byPassword('right'))
    await expect(connect(() => accept, { keyFile: '~/none' })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'keyFile',
      message: 'The key file ~/none does not exist',
    })
    await writeFile(join(home, 'junk'), 'junk')
    await expect(connect(() => accept, { keyFile: join(home, 'junk') })).rejects.toMatchObject({
      kind: 'invalid',
    })
    expect(asked).toEqual([])
  })
})

describe('ssh connections', () => {
  it('names a port where nothing listens', async () => {
    const { port } = await serve(byPassword('right'))
    await server?.close()
    server = undefined
    const failed = openSshLink({
      host: '127.0.0.1',
      port,
      home,
      systemConfigFile: '',
      agent: '',
      ask: async () => null,
      onStage: () => undefined,
      log: () => undefined,
    })
    await expect(failed).rejects.toMatchObject({
      kind: 'unreachable',
      message: `[127.0.0.1]:${port} refuses connections on this port`,
    })
  })

  it('notices that what answers is not an ssh server', async () => {
    const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    const address = web.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    server = {
      port: address.port,
      publicKey: Buffer.alloc(0),
      cut: () => undefined,
      freeze: () => undefined,
      close: async () => void web.close(),
    }
    await expect(connect(() => accept)).rejects.toMatchObject({ kind: 'unreachable' })
  })

  it('gives up on a host that accepts the connection and stays silent', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    server = {
      port: address.port,
      publicKey: Buffer.alloc(0),
      cut: () => undefined,
      freeze: () => undefined,
      close: async () => void silent.close(),
    }
    await expect(connect(() => accept, { reachTimeoutMs: 50 })).rejects.toMatchObject({ kind: 'timed-out' })
  })

  it('stops at once when aborted while a question is open', async () => {
    await serve(byPassword('right'))
    const abort = new AbortController()
    const stopped = connect(
      () => {
        abort.abort()
        return new Promise<PromptAnswer>(() => undefined)
      },
      { signal: abort.signal },
    )
    await expect(stopped).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('tells once when the connection breaks, with the reason, and opens nothing more', async () => {
    await serve(byPassword('right'))
    const opened = await connect((prompt) => (prompt.kind === 'host-key' ? accept : type('right')))
    const ended = new Promise((resolve) => opened.onClosed(resolve))
    server?.cut()
    expect(await ended).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('was lost') })
    await expect(opened.openTcp('127.0.0.1', 1)).rejects.toMatchObject({ kind: 'unreachable' })
  })

  it('tells without a reason when we close it', async () => {
    await serve(byPassword('right'))
    const opened = await connect((prompt) => (prompt.kind === 'host-key' ? accept : type('right')))
    const told: unknown[] = []
    opened.onClosed((error) => told.push(error))
    await opened.close()
    expect(told).toEqual([undefined])
  })
})

function keys(): {
  writeKey(name: string, text: string): Promise<string>
  isKey(data: Buffer, base64: string): boolean
} {
  return {
    writeKey: async (name, text) => {
      await mkdir(join(home, '.ssh'), { recursive: true })
      await writeFile(join(home, '.ssh', name), text, { mode: 0o600 })
      // the public half of an encrypted key can be read without its passphrase
      for (const passphrase of [undefined, 'open', 'other']) {
        const key = ssh2.utils.parseKey(text, passphrase)
        if (!(key instanceof Error)) return key.getPublicSSH().toString('base64')
      }
      throw new Error('cannot read the key just made')
    },
    isKey: (data, base64) => data.toString('base64') === base64,
  }
}
