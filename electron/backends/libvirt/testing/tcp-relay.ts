import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * An end is passed on; the other side has this long to end too. Behind a dead cable it would take minutes, as the kernel
 * says goodbye again and again, ever less often.
 */
const graceMs = 2000

/** Runs in the other namespace: a unix socket, which both sides see, leads to the target. Ends with its standard input. */
const farEnd = `
const net = require('node:net')
const [path, host, port] = process.argv.slice(1)
const server = net.createServer({ allowHalfOpen: true }, (near) => {
  const far = net.connect({ host, port: Number(port), allowHalfOpen: true })
  near.pipe(far).pipe(near)
  for (const [one, other] of [[near, far], [far, near]]) {
    one.on('error', () => other.destroy()).on('close', () => other.destroy())
    one.on('end', () => setTimeout(() => one.destroy(), ${graceMs}).unref())
  }
})
server.listen(path, () => process.stdout.write('up'))
process.stdin.resume().on('end', () => process.exit())
`

/**
 * A port of this machine that leads into another network namespace, for commands started there through `prefix`. The end
 * of either side reaches the other, as it would without the relay.
 */
export async function relayInto(
  prefix: readonly string[],
  target: { readonly host: string; readonly port: number },
  /** Where to listen, for a test that needs to know beforehand; any free port otherwise. */
  place: { readonly host: string; readonly port: number } = { host: '127.0.0.1', port: 0 },
): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-relay-'))
  const path = join(folder, 'sock')
  const [command, ...words] = [...prefix, process.execPath, '-e', farEnd, path, target.host]
  const child = spawn(command, [...words, String(target.port)], { stdio: ['pipe', 'pipe', 'inherit'] })
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the relay did not start'))),
  ])
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ path, allowHalfOpen: true })
    near.pipe(far).pipe(near)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.once('end', () => setTimeout(() => one.destroy(), graceMs).unref())
      one.once('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  server.listen(place.port, place.host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
      const isGone = once(child, 'exit')
      child.stdin.end()
      await isGone
      await rm(folder, { recursive: true })
    },
  }
}
