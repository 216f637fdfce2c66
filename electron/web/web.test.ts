import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testServer, type TestServer } from './testing/test-server'
import { webOf } from './web'

const quick = webOf({ answerMs: 150, silenceMs: 150 })
const calm = webOf()
let folder: string
let server: TestServer | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-web-'))
})

afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(folder, { recursive: true })
})

async function serve(files: Parameters<typeof testServer>[0]): Promise<string> {
  server = await testServer(files)
  return server.url
}

const options = (more: object = {}) => ({
  signal: new AbortController().signal,
  maxBytes: 10_000_000,
  onProgress: () => undefined,
  ...more,
})

describe('a small file', () => {
  it('is read, and one that is not there is told as that', async () => {
    const url = await serve({ '/a': 'text' })
    expect(await calm.text(`${url}/a`, 100)).toBe('text')
    expect(await calm.text(`${url}/b`, 100)).toBeUndefined()
    expect(await calm.exists(`${url}/a`)).toBe(true)
    expect(await calm.exists(`${url}/b`)).toBe(false)
  })

  it('is read no further than its limit, however long the server goes on', async () => {
    const url = await serve({
      '/endless': (_, response) => {
        response.writeHead(200)
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
          if (!response.destroyed) response.once('drain', more)
        }
        more()
      },
    })
    await expect(calm.text(`${url}/endless`, 100_000)).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('of a server that does not answer ends in time', async () => {
    const url = await serve({ '/silent': () => undefined })
    await expect(quick.text(`${url}/silent`, 100)).rejects.toMatchObject({ kind: 'timed-out' })
  })

  it('is given up when nobody wants it any more', async () => {
    const stop = new AbortController()
    const url = await serve({ '/silent': () => stop.abort() })
    await expect(calm.text(`${url}/silent`, 100, stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('of a server that is not there is told with its address', async () => {
    const url = await serve({})
    await server?.close()
    server = undefined
    await expect(calm.text(`${url}/a`, 100)).rejects.toMatchObject({
      kind: 'unreachable',
      message: `${new URL(url).host} could not be reached from this computer`,
      detail: expect.stringMatching(/ECONNREFUSED/),
    })
  })

  it('that the server keeps for others is told so', async () => {
    const url = await serve({ '/a': (_, response) => response.writeHead(403).end() })
    await expect(calm.text(`${url}/a`, 100)).rejects.toMatchObject({ kind: 'denied' })
  })
})

describe('a redirect', () => {
  const to = (location: string) => (_: unknown, response: ServerResponse) => {
    response.writeHead(302, { location }).end()
  }

  it('is followed to where the file is', async () => {
    const url = await serve({ '/a': to('/b'), '/b': to('/c'), '/c': 'here' })
    expect(await calm.text(`${url}/a`, 100)).toBe('here')
  })

  it('without end ends', async () => {
    const url = await serve({ '/a': to('/a') })
    await expect(calm.text(`${url}/a`, 100)).rejects.toMatchObject({ kind: 'invalid' })
    expect(server?.requests).toHaveLength(6)
  })

  it.each([
    'file:///etc/passwd',
    'ftp://a/b',
    'http://user:secret@127.0.0.1/',
    'data:text/plain,x',
    'http://[',
  ])('to %s is not followed', async (location) => {
    const url = await serve({ '/a': to(location) })
    await expect(calm.text(`${url}/a`, 100)).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('a large file', () => {
  it('comes whole, with progress', async () => {
    const bytes = Buffer.alloc(3_000_000, 'innkeeper')
    const url = await serve({ '/k': bytes })
    const progress: number[] = []
    const path = join(folder, 'k')
    await calm.download(`${url}/k`, path, options({ onProgress: (at: number) => progress.push(at) }))
    expect(bytes.equals(await readFile(path))).toBe(true)
    expect(progress.at(-1)).toBe(1)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  })

  it.each([
    ['is not there', undefined, 'not-found'],
    ['is empty', '', 'unreachable'],
    ['is too large', Buffer.alloc(20_000), 'invalid'],
  ])('that %s leaves nothing here', async (_, answer, kind) => {
    const url = await serve(answer === undefined ? {} : { '/k': answer })
    await expect(
      calm.download(`${url}/k`, join(folder, 'k'), options({ maxBytes: 10_000 })),
    ).rejects.toMatchObject({ kind })
    expect(await readdir(folder)).toEqual([])
  })

  it('of which the rest does not come leaves nothing here', async () => {
    const url = await serve({
      '/broken': (_, response) => {
        response.writeHead(200, { 'content-length': 1000 })
        response.write('part', () => response.destroy())
      },
      '/stuck': (_, response) => {
        response.writeHead(200, { 'content-length': 1000 })
        response.write('part')
      },
    })
    await expect(calm.download(`${url}/broken`, join(folder, 'k'), options())).rejects.toMatchObject({
      kind: 'unreachable',
    })
    await expect(quick.download(`${url}/stuck`, join(folder, 'k'), options())).rejects.toMatchObject({
      kind: 'timed-out',
    })
    const stop = new AbortController()
    const stopped = calm.download(`${url}/stuck`, join(folder, 'k'), {
      ...options({ signal: stop.signal }),
      onProgress: () => stop.abort(),
    })
    await expect(stopped).rejects.toMatchObject({ kind: 'cancelled' })
    expect(await readdir(folder)).toEqual([])
  })
})
