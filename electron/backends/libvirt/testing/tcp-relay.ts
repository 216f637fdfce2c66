import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * A port of this machine that leads into another network namespace: each connection is carried by netcat running there,
 * started through `prefix`.
 */
export async function relayInto(
  prefix: readonly string[],
  target: { readonly host: string; readonly port: number },
): Promise<{ port: number; stop(): Promise<void> }> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    const [command, ...words] = [...prefix, 'nc', '-N', target.host, String(target.port)]
    const netcat = spawn(command, words, { stdio: ['pipe', 'pipe', 'ignore'] })
    socket.pipe(netcat.stdin).on('error', () => socket.destroy())
    netcat.stdout.pipe(socket).on('error', () => netcat.kill())
    netcat.once('close', () => socket.destroy())
    socket.once('close', () => {
      open.delete(socket)
      netcat.kill()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
