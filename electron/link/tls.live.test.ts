// Certificates made by openssl, and TLS servers that are not what they should be. Hosts with a real libvirt are tried in
// backends/libvirt/reach-tls.live.test.ts.
import { once } from 'node:events'
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clientFolder, issue, makeAuthority, type Authority } from '../../e2e/lab/pki'
import { run } from '../../e2e/lab/run'
import { errorData, type ErrorData } from '../../shared/errors'
import { awaitAcceptance, oneRecordPerWrite, openTls } from './tls'
import { readTlsFiles, type TlsFiles, type TlsPaths } from './tls-files'

let folder: string
let authority: Authority
let good: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-tls-'))
  authority = await makeAuthority(join(folder, 'ca'), 'Test authority')
  good = await clientFolder(authority, join(folder, 'good'), { name: 'client' })
})

afterAll(() => rm(folder, { recursive: true }))

const pathsIn = (path: string): TlsPaths => ({
  ca: join(path, 'cacert.pem'),
  certificate: join(path, 'clientcert.pem'),
  key: join(path, 'clientkey.pem'),
  crl: join(path, 'cacrl.pem'),
})
/** A little later, as the certificates are made after this line has run. */
const sane = { isSane: true, nowMs: Date.now() + 600_000 }
const failure = async (work: Promise<unknown>): Promise<ErrorData> =>
  errorData(
    await work.then(
      () => new Error('it worked'),
      (error: unknown) => error,
    ),
  )

describe('the certificates of this computer', () => {
  /** A copy of the good ones with something wrong. */
  const spoiled = async (name: string, spoil: (paths: TlsPaths) => Promise<unknown>): Promise<TlsPaths> => {
    const path = join(folder, name)
    await cp(good, path, { recursive: true })
    const paths = pathsIn(path)
    await spoil(paths)
    return paths
  }
  let other: string

  beforeAll(async () => {
    // another authority that calls itself the same
    const impostor = await makeAuthority(join(folder, 'impostor'), 'Test authority')
    other = await clientFolder(impostor, join(folder, 'other'), { name: 'client' })
  })

  it('are read when they are in order, without a word', async () => {
    expect(await readTlsFiles(pathsIn(good), sane)).toMatchObject({
      own: { subject: 'O=Innkeeper lab, CN=client' },
      warnings: [],
    })
  })

  it('are said to be missing when there is none to show', async () => {
    const paths = await spoiled('none', async ({ certificate, key }) => {
      await rm(certificate)
      await rm(key)
    })
    const files = await readTlsFiles(paths, sane)
    expect(files.own).toBeUndefined()
    expect(files.warnings).toEqual([`There is no client certificate at ${paths.certificate}`])
  })

  it('are warned about when others can read the key', async () => {
    const paths = await spoiled('open', ({ key }) => chmod(key, 0o644))
    const { warnings } = await readTlsFiles(paths, sane)
    expect(warnings).toEqual([
      expect.stringMatching(/Every user of this computer can read .*clientkey\.pem.*chmod 600/),
    ])
  })

  it.each<[string, (paths: TlsPaths) => Promise<unknown>, RegExp, RegExp]>([
    [
      'key of another certificate',
      ({ key }) => copyFile(join(other, 'clientkey.pem'), key),
      /does not belong to/,
      /both/,
    ],
    [
      'text for a certificate',
      ({ certificate }) => writeFile(certificate, 'hello'),
      /is not a certificate/,
      /PEM/,
    ],
    ['text for an authority', ({ ca }) => writeFile(ca, ''), /cacert\.pem is not a certificate/, /PEM/],
    ['text for a key', ({ key }) => writeFile(key, 'hello'), /is not a private key/, /PEM/],
    [
      'key with a passphrase',
      ({ key }) =>
        run([
          'openssl',
          'pkey',
          '-aes256',
          '-passout',
          'pass:x',
          '-in',
          join(good, 'clientkey.pem'),
          '-out',
          key,
        ]),
      /has a passphrase/,
      /openssl rsa/,
    ],
    [
      'client’s certificate for an authority',
      ({ ca, certificate }) => copyFile(certificate, ca),
      /is not the certificate of an authority/,
      /cacert\.pem/,
    ],
    [
      'certificate from a namesake of the authority',
      async ({ certificate, key }) => {
        await copyFile(join(other, 'clientcert.pem'), certificate)
        await copyFile(join(other, 'clientkey.pem'), key)
      },
      /was not signed by the authority/,
      /same authority/,
    ],
    [
      'certificate for servers',
      ({ certificate, key }) => issue(authority, { name: 'server', usage: 'server' }, { certificate, key }),
      /is not a certificate for clients/,
      /tls_www_client/,
    ],
    ['folder for a certificate', ({ ca }) => rm(ca).then(() => mkdir(ca)), /cannot be read/, /PEM/],
  ])('are refused with a %s, and it is said what to do', async (name, spoil, message, cure) => {
    const paths = await spoiled(name, spoil)
    expect(await failure(readTlsFiles(paths, sane))).toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(message),
      cure: expect.stringMatching(cure),
    })
  })

  it('are refused when not in force, unless the user wants no such check', async () => {
    const at = { isSane: true, nowMs: Date.parse('2055-01-01') }
    expect((await failure(readTlsFiles(pathsIn(good), at))).message).toMatch(
      /authority .*cacert\.pem expired on 20/,
    )
    const early = { isSane: true, nowMs: Date.parse('2001-01-01') }
    expect((await failure(readTlsFiles(pathsIn(good), early))).message).toMatch(/is valid only from 20\d\d-/)
    expect((await readTlsFiles(pathsIn(good), { ...at, isSane: false })).own).toBeDefined()
  })
})

describe('a TLS server', () => {
  let files: TlsFiles
  let server: { certificate: Buffer; key: Buffer }
  const open = new Set<{ close(): void }>()
  const sockets = new Set<Socket>()

  beforeAll(async () => {
    files = await readTlsFiles(pathsIn(good), sane)
    const target = { certificate: join(folder, 'server.pem'), key: join(folder, 'server.key') }
    await issue(authority, { name: 'server', usage: 'server', names: ['IP:127.0.0.1'] }, target)
    server = { certificate: await readFile(target.certificate), key: await readFile(target.key) }
  })

  afterEach(() => {
    for (const socket of sockets) socket.destroy()
    for (const one of open) one.close()
    open.clear()
  })

  const listen = async (one: Server): Promise<number> => {
    open.add(one)
    one.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
    })
    one.listen(0, '127.0.0.1')
    await once(one, 'listening')
    return (one.address() as AddressInfo).port
  }
  const tlsServer = (onStream: (stream: TLSSocket) => void): Promise<number> => {
    const one = createTlsServer({ cert: server.certificate, key: server.key }, (stream) => {
      stream.on('error', () => undefined)
      onStream(stream)
    })
    one.on('tlsClientError', () => undefined)
    return listen(one)
  }
  const dial = async (port: number, more: { signal?: AbortSignal; files?: TlsFiles } = {}) => {
    const socket = connect(port, '127.0.0.1')
    sockets.add(socket)
    const options = { host: '127.0.0.1', port, files, isVerified: true, ...more }
    const stream = await openTls(socket, options)
    await awaitAcceptance(stream, options)
    return stream
  }

  it('is used when it accepts us, and what follows at once is not lost', async () => {
    const port = await tlsServer((stream) => void stream.write('\x01and more'))
    const stream = oneRecordPerWrite(await dial(port))
    const [chunk] = (await once(stream, 'data')) as [Buffer]
    expect(chunk.toString()).toBe('and more')
    stream.destroy()
  })

  it('gets each write in a record of its own, as libvirt reads one message of a record at a time', async () => {
    let seen = Buffer.alloc(0)
    let received = ''
    let complete = (): void => undefined
    const isComplete = new Promise<void>((resolve) => {
      complete = resolve
    })
    const target = await tlsServer((stream) => {
      stream.write('\x01')
      stream.on('data', (chunk: Buffer) => {
        received += chunk.toString()
        if (received === 'onetwothreefourfive') complete()
      })
    })
    // in between, to look at what travels
    const port = await listen(
      createServer((near) => {
        const far = connect(target, '127.0.0.1')
        sockets.add(far)
        near.on('data', (chunk: Buffer) => (seen = Buffer.concat([seen, chunk])))
        near.pipe(far).pipe(near)
      }),
    )
    const tls = await dial(port)
    const stream = oneRecordPerWrite(tls)
    const before = lengthsOfRecords(seen).length
    for (const message of ['one', 'two', 'three', 'four', 'five']) stream.write(message)
    await isComplete
    const lengths = lengthsOfRecords(seen).slice(before)
    expect(lengths).toHaveLength(5)
    const [first = 0] = lengths
    expect(lengths.map((length) => length - first)).toEqual([0, 0, 2, 1, 1])
    stream.destroy()
  })

  it('that hangs up instead of accepting us is said to refuse our certificate', async () => {
    const port = await tlsServer((stream) => stream.end())
    expect(await failure(dial(port))).toMatchObject({
      kind: 'auth-failed',
      message: expect.stringContaining('refused the client certificate'),
      detail: expect.stringContaining('CN=client'),
    })
  })

  it('that answers with something else is said not to be libvirt', async () => {
    const port = await tlsServer((stream) => void stream.write('220 mail.example.com ESMTP\r\n'))
    expect(await failure(dial(port))).toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/not libvirt$/),
    })
  })

  it('that has been revoked is refused', async () => {
    const config = join(authority.directory, 'ca.cnf')
    await run(['openssl', 'ca', '-config', config, '-revoke', join(folder, 'server.pem')])
    const crl = join(folder, 'cacrl.pem')
    await run(['openssl', 'ca', '-config', config, '-gencrl', '-out', crl])
    const port = await tlsServer((stream) => void stream.write('\x01'))
    const strict = await readTlsFiles({ ...pathsIn(good), crl }, sane)
    expect(await failure(dial(port, { files: strict }))).toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(/has been revoked$/),
      cure: expect.stringContaining(crl),
    })
  })

  it('that hangs up during the handshake is told from one that refuses us', async () => {
    const port = await listen(createServer((socket) => socket.once('data', () => socket.destroy())))
    expect(await failure(dial(port))).toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/hung up while encryption was being set up$/),
    })
  })

  it.each([
    ['during the handshake', () => listen(createServer((socket) => socket.resume()))],
    ['before it accepts us', () => tlsServer((stream) => stream.resume())],
  ])('that says nothing %s is left at once when the user gives up', async (_, start) => {
    const port = await start()
    const abort = new AbortController()
    const dialling = failure(dial(port, { signal: abort.signal }))
    setImmediate(() => abort.abort())
    expect(await dialling).toMatchObject({ kind: 'cancelled' })
  })
})

/** Of the records with data, type 23 (RFC 8446, 5.1), which is also what the handshake's last messages look like. */
function lengthsOfRecords(bytes: Buffer): number[] {
  const lengths: number[] = []
  for (let at = 0; at + 5 <= bytes.length; ) {
    const length = bytes.readUInt16BE(at + 3)
    if (bytes[at] === 23 && at + 5 + length <= bytes.length) lengths.push(length)
    at += 5 + length
  }
  return lengths
}
