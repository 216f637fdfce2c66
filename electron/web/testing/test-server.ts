/** A web server of a test, on this computer only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = string | Uint8Array | ((request: IncomingMessage, response: ServerResponse) => void)

export interface TestServer {
  readonly url: string
  /** "GET /x", in their order. */
  readonly requests: string[]
  close(): Promise<void>
}

export async function testServer(files: Readonly<Record<string, Answer>>): Promise<TestServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    requests.push(`${request.method} ${path}`)
    const answer = Object.hasOwn(files, path) ? files[path] : undefined
    if (answer === undefined) response.writeHead(404).end('nothing')
    else if (typeof answer === 'function') answer(request, response)
    else response.writeHead(200, { 'content-length': Buffer.byteLength(answer) }).end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
