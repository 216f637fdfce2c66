import { once } from 'node:events'
import { createServer as createPlainServer, type Server } from 'node:net'
import { mkdirSync, writeFileSync } from 'node:fs'
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clientFolder, issue, makeAuthority, type Authority } from '../../e2e/lab/pki'
import { Prompts } from '../hosts/prompts'
import type { HostId } from '../../shared/model/ids'
import type { Prompt } from '../../shared/model/prompt'
import { commandWith, fileOf, usualValues, within } from './testing/recipe-scripts'
import { recipeById } from '../../shared/recipes/recipes'
import { execFileSync } from 'node:child_process'
import { diagnose } from './testing/diagnose'
import { startOwnLibvirtd } from './testing/own-libvirtd'

let folder: string
let authority: Authority
let client: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tls-diagnosis-'))
  await chmod(folder, 0o755)
  authority = await makeAuthority(join(folder, 'authority'), 'Diagnosis authority')
  client = await clientFolder(authority, join(folder, 'client'), { name: 'keeper' })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const open: { stop(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()))
})

interface Shown {
  readonly names?: readonly string[]
  readonly from?: string
  readonly until?: string
  readonly by?: Authority
  readonly usage?: 'server' | 'client'
}

let made = 0
async function certificate(shown: Shown = {}): Promise<{ certificate: string; key: string }> {
  const name = `server-${(made += 1)}`
  const files = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) }
  await issue(
    shown.by ?? authority,
    {
      name,
      usage: shown.usage ?? 'server',
      names: shown.names ?? ['DNS:localhost'],
      ...(shown.from === undefined ? {} : { from: shown.from }),
      ...(shown.until === undefined ? {} : { until: shown.until }),
    },
    files,
  )
  return files
}

/** Does with each client what libvirt would: says byte 1, or hangs up. */
async function server(shown: Shown, greet: (socket: TLSSocket) => void): Promise<number> {
  const files = await certificate(shown)
  const [cert, key, ca] = await Promise.all(
    [files.certificate, files.key, authority.certificate].map((path) => readFile(path)),
  )
  if (!cert || !key || !ca) throw new Error('no certificate')
  const started = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: false }, (socket) => {
    socket.on('error', () => undefined)
    greet(socket)
  })
  started.on('tlsClientError', () => undefined)
  return listen(started)
}

async function listen(started: Server): Promise<number> {
  const sockets = new Set<{ destroy(): void }>()
  started.on('connection', (socket) => sockets.add(socket))
  started.listen(0, '127.0.0.1')
  await once(started, 'listening')
  open.push({
    stop: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => started.close(() => resolve()))
    },
  })
  const address = started.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const accept = (socket: TLSSocket): void => void socket.write(Buffer.from([1]))
const uriOf = (port: number, host = 'localhost', more = ''): string =>
  `test+tls://${host}:${port}/default?pkipath=${client}${more}`

describe('a diagnosis by TLS', () => {
  it('finds every step in order at a real libvirtd', async () => {
    const daemon = await realDaemon('none')
    const { states, asked, step } = await diagnose(uriOf(daemon.port))
    expect(states).toBe(
      'uri:ok name:ok port:ok client-files:ok tls:ok dates:ok chain:ok names:ok accepted:ok link:ok auth:ok ' +
        'open-read-only:ok open-read-write:ok',
    )
    expect(asked).toEqual([])
    expect(step('accepted').facts?.[0]).toContain('CN=keeper')
  })

  it('asks one question for name and password, whichever steps need them', async () => {
    const daemon = await realDaemon('sasl')
    const questions: Prompt[] = []
    const prompts: Prompts = new Prompts({
      emit: {
        prompts: {
          changed: ({ prompts: pending }) => {
            const [question] = pending
            if (!question) return
            questions.push(question)
            queueMicrotask(() => prompts.answer(question.id, { kind: 'text', values: ['keeper', 'secret'] }))
          },
        },
      },
    })
    const { states, step } = await diagnose(uriOf(daemon.port), {
      answer: (prompt) => prompts.ask('h' as HostId, 'h', prompt),
    })
    expect(states).toContain('auth:ok open-read-only:ok open-read-write:ok')
    expect(step('auth').found).toBe('The daemon asks for a name and password (SCRAM-SHA-256)')
    expect(questions.map(({ kind }) => kind)).toEqual(['credentials'])
  })

  it('names the SASL account as what fails when the password is wrong', async () => {
    const daemon = await realDaemon('sasl')
    const { failed } = await diagnose(uriOf(daemon.port), {
      answer: () => ({ kind: 'text', values: ['keeper', 'wrong'] }),
    })
    expect(failed).toMatchObject({ id: 'open-read-write', recipe: 'sasl-users' })
    expect(failed?.found).toContain('refuses the name "keeper" or its password')
  })

  it('names an empty or unfitting list of allowed names when a real libvirtd hangs up', async () => {
    const daemon = await realDaemon('none', ['tls_allowed_dn_list = ["*CN=somebody-else*"]'])
    const { failed } = await diagnose(uriOf(daemon.port))
    expect(failed).toMatchObject({ id: 'accepted', recipe: 'tls-allowed-names' })
    expect(failed?.facts?.[0]).toContain('CN=keeper')
    expect(failed?.cause).toContain('tls_allowed_dn_list')
  })

  it('names an expired certificate', async () => {
    const port = await server({ from: '20200101000000Z', until: '20210101000000Z' }, accept)
    const { failed, step } = await diagnose(uriOf(port))
    expect(failed).toMatchObject({ id: 'dates', recipe: 'tls-server' })
    expect(failed?.found).toBe('The certificate of the server expired on 2021-01-01 00:00 UTC')
    expect(step('names').state).toBe('ok')
    expect(step('open-read-write').found).toBe('Not looked at, because of "Its certificate is in force"')
  })

  it('hints at the clock when a certificate begins within hours', async () => {
    const soon = new Date(Date.now() + 7_200_000).toISOString().replace(/[-:T]/g, '').slice(0, 14)
    const port = await server({ from: `${soon}Z` }, accept)
    const { failed } = await diagnose(uriOf(port))
    expect(failed).toMatchObject({ id: 'dates' })
    expect(failed?.cause).toContain('clock of this computer is behind')
  })

  it('names the host names of a certificate that is for another', async () => {
    const port = await server({ names: ['DNS:other.example.org', 'IP:10.9.8.7'] }, accept)
    const { failed } = await diagnose(uriOf(port))
    expect(failed).toMatchObject({ id: 'names', recipe: 'tls-server' })
    expect(failed?.facts).toEqual([
      'The certificate is for: other.example.org, 10.9.8.7',
      'The URI says: localhost',
    ])
  })

  it('tells what is wrong, but goes on, where no_verify is set', async () => {
    const port = await server({ names: ['DNS:other.example.org'] }, (socket) => socket.end(Buffer.from([1])))
    const { step } = await diagnose(uriOf(port, 'localhost', '&no_verify=1'))
    expect(step('names').state).toBe('warning')
    expect(step('names').found).toContain('no_verify is set')
    expect(step('auth').state).not.toBe('skipped')
  })

  it('names an authority this computer does not trust', async () => {
    const stranger = await makeAuthority(join(folder, `stranger-${(made += 1)}`), 'Stranger')
    const port = await server({ by: stranger }, accept)
    const { failed } = await diagnose(uriOf(port))
    expect(failed).toMatchObject({ id: 'chain', recipe: 'tls-client' })
    expect(failed?.facts?.[0]).toBe('Signed by: CN=Stranger')
  })

  it('names a certificate that was made for clients', async () => {
    const port = await server({ usage: 'client' }, accept)
    const { failed } = await diagnose(uriOf(port))
    expect(failed?.id).toBe('chain')
    expect(failed?.found).toContain('not one for servers')
  })

  it('names a missing client certificate as what the server hangs up for', async () => {
    const port = await server({}, (socket) => socket.end())
    const bare = join(folder, 'bare')
    mkdirSync(bare, { recursive: true })
    await cp(authority.certificate, join(bare, 'cacert.pem'))
    const { failed, step } = await diagnose(`test+tls://localhost:${port}/default?pkipath=${bare}`)
    expect(step('client-files')).toMatchObject({ state: 'warning', recipe: 'tls-client' })
    expect(failed).toMatchObject({ id: 'accepted', found: 'The server wants a client certificate' })
  })

  it('names missing files of this computer', async () => {
    const port = await server({}, accept)
    const { failed } = await diagnose(`test+tls://localhost:${port}/default?pkipath=/nonexistent`)
    expect(failed).toMatchObject({ id: 'client-files', recipe: 'tls-client' })
    expect(failed?.found).toContain('/nonexistent/cacert.pem')
  })

  it('names a port that does not speak TLS, and one that is not libvirt', async () => {
    const plain = await listen(
      createPlainServer((socket) => void socket.on('error', () => undefined).end('220 mail ready\r\n')),
    )
    expect((await diagnose(uriOf(plain))).failed).toMatchObject({
      id: 'tls',
      found: `What answers at port ${plain} does not speak TLS`,
    })
    const web = await server({}, (socket) => void socket.write('HTTP/1.1 400\r\n'))
    expect((await diagnose(uriOf(web))).failed).toMatchObject({
      id: 'accepted',
      found: 'What answers is not libvirt',
    })
  })
})

describe('a diagnosis by plain TCP', () => {
  it('warns that it is not encrypted, and finds the rest in order', async () => {
    const daemon = await startOwnLibvirtd({ transport: 'tcp', settings: ['auth_tcp = "none"'] })
    open.push(daemon)
    const { states } = await diagnose(`test+tcp://localhost:${daemon.port}/default`)
    expect(states).toBe('uri:ok name:ok port:ok link:warning auth:ok open-read-only:ok open-read-write:ok')
  })

  it('says why nobody can sign in by SASL without encryption', async () => {
    const daemon = await startOwnLibvirtd({
      transport: 'tcp',
      settings: ['auth_tcp = "sasl"'],
      saslFolder: saslFolder(),
    })
    open.push(daemon)
    const { failed } = await diagnose(`test+tcp://localhost:${daemon.port}/default`)
    expect(failed).toMatchObject({ id: 'auth', recipe: 'sasl-libvirt' })
  })
})

async function realDaemon(auth: 'none' | 'sasl', more: readonly string[] = []): Promise<{ port: number }> {
  const files = await certificate()
  await Promise.all([chmod(files.key, 0o644), chmod(authority.directory, 0o755)])
  const daemon = await startOwnLibvirtd({
    transport: 'tls',
    settings: [
      `auth_tls = "${auth}"`,
      `ca_file = "${authority.certificate}"`,
      `cert_file = "${files.certificate}"`,
      `key_file = "${files.key}"`,
      ...more,
    ],
    ...(auth === 'sasl' ? { saslFolder: saslFolder() } : {}),
  })
  open.push(daemon)
  return daemon
}

/** The SASL recipe, done in a folder. */
function saslFolder(): string {
  const recipe = recipeById('sasl-libvirt').build(usualValues)
  const root = join(folder, `sasl-${(made += 1)}`)
  const sasl = join(root, 'etc/sasl2')
  mkdirSync(sasl, { recursive: true })
  mkdirSync(join(root, 'etc/libvirt'))
  writeFileSync(join(sasl, 'libvirt.conf'), within(root, fileOf(recipe, '/etc/sasl2/libvirt.conf')))
  const add = commandWith(recipe, 'saslpasswd2 -a libvirt').replace('saslpasswd2', 'saslpasswd2 -p')
  execFileSync('sh', ['-c', `${within(root, add)} && chmod 644 ${root}/etc/libvirt/passwd.db`], {
    input: 'secret',
    env: { PATH: `${process.env['PATH']}:/usr/sbin`, SASL_CONF_PATH: sasl },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  return sasl
}
