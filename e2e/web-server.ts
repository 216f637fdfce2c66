import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface WebServer {
  readonly url: string
  close(): Promise<void>
}

/** Serves these files, by their path, to this computer only. */
export async function serveFiles(files: Readonly<Record<string, string | Buffer>>): Promise<WebServer> {
  const server = createServer((request, response) => {
    const file = files[request.url ?? '']
    if (file === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-length': Buffer.byteLength(file) }).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
