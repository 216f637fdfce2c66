import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sshConnections } from '../../../e2e/lab/faults/sshd'
import { startLab, type Lab, type LabHost } from '../../../e2e/lab/lab'
import { parseHostUri } from '../../../shared/model/host-uri'
import type { Link } from '../../link/link'
import { openSshLink } from '../../link/ssh'
import { dial } from './dial'
import { SaslLogin } from './dial-sasl'
import { BulkStats } from './domain-stats'
import { readAllRecords } from './records'
import { relayInto } from './testing/tcp-relay'

const volumeName = 'one-connection.img'
const guest = 'one-connection'
const sizeBytes = 48 * 1024 * 1024

/** No part of the app uploads a volume yet, so the upload goes through the protocol client itself. */
describe('a host reached by ssh', () => {
  let lab: Lab
  let host: LabHost
  let link: Link
  let relay: { port: number; stop(): Promise<void> }

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    await host.removeGuest(guest)
    await host.defineGuest({ name: guest, graphics: 'vnc' })
    await host.virsh(['start', guest])
    relay = await relayInto(lab.clientPrefix, { host: host.address, port: 22 })
    await host.virsh(['vol-create-as', 'default', volumeName, String(sizeBytes)])
    link = await openSshLink({
      host: '127.0.0.1',
      port: relay.port,
      user: host.user,
      keyFile: host.keyFile,
      knownHostsFile: '/dev/null',
      ask: async () => ({ kind: 'host-key', accept: true }),
      onStage: () => undefined,
      log: () => undefined,
    })
  })

  afterAll(async () => {
    await link?.close()
    await relay?.stop()
    await host?.removeGuest(guest)
    await host?.virsh(['vol-delete', '--pool', 'default', volumeName])
    await lab?.stop()
  })

  it('carries an upload, three consoles and polling over one ssh connection, counted on the server', async () => {
    const uri = parseHostUri('qemu+ssh://root@127.0.0.1/system')
    const signal = new AbortController().signal
    const log = (): void => undefined
    const login = new SaslLogin(uri, { log, ask: async () => null, fromFile: async () => undefined })
    const { session } = await dial(link, uri, {
      signal,
      log,
      login,
      deadlineMs: 10_000,
      readOnly: false,
      onStage: () => undefined,
    })
    try {
      // byte streams to the host's display, as consoles are; a VNC server speaks first
      const consoles = await Promise.all([1, 2, 3].map(() => link.openTcp('127.0.0.1', 5900)))
      for (const stream of consoles) {
        const [greeting] = (await once(stream, 'data')) as [Buffer]
        expect(greeting.toString()).toMatch(/^RFB 003/)
      }
      const { pool } = await session.call('STORAGE_POOL_LOOKUP_BY_NAME', { name: 'default' })
      const { vol } = await session.call('STORAGE_VOL_LOOKUP_BY_NAME', { pool, name: volumeName })
      const upload = { vol, offset: 0, length: sizeBytes, flags: 0 }
      const { stream } = await session.openStream('STORAGE_VOL_UPLOAD', upload)
      const counts: number[] = []
      let slowestMs = 0
      const bulk = new BulkStats(session)
      const block = randomBytes(1024 * 1024)
      for (let sent = 0; sent < sizeBytes; sent += block.length) {
        await stream.write(block)
        if (sent % (8 * block.length) !== 0) continue
        const begun = performance.now()
        await readAllRecords(session, bulk, { timeoutMs: 10_000 })
        slowestMs = Math.max(slowestMs, performance.now() - begun)
        counts.push(await sshConnections(host))
      }
      await stream.finish()
      process.stdout.write(
        `while uploading: slowest list ${Math.round(slowestMs)} ms, ssh ${counts.join()}\n`,
      )
      expect(counts).toEqual(Array(6).fill(1))
      expect(consoles.map((one) => one.destroyed)).toEqual([false, false, false])
      for (const one of consoles) one.destroy()
    } finally {
      await session.close()
    }
  })
})
