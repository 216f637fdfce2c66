/**
 * Many hosts in one process of their own: each a unix socket behind which a daemon answers for so many running
 * domains. Answers are made once and sent again and again, so that this side costs the measured client little.
 */
import { createServer } from 'node:net'
import { join } from 'node:path'
import { FakeDaemon, FakeError, later, type Handler } from '../../electron/libvirt-rpc/testing/fake-daemon'
import { domainStats, domainsOf, statsGroups } from './domains'

const [directory = '', hosts = '1', domains = '1'] = process.argv.slice(2)

const noMetadata = new FakeError(80, 10, 'metadata not found')

/** Alike on every host: UUIDs are one host's own affair. */
const all = domainsOf(Number(domains))
const replies = new Map<string, Buffer>()

for (let host = 0; host < Number(hosts); host += 1) serve(host)

function serve(host: number): void {
  createServer((socket) => {
    const daemon = new FakeDaemon(socket)
    const cached =
      (
        key: (args: Record<string, unknown>) => string,
        make: (args: Record<string, unknown>) => unknown,
      ): Handler =>
      (args, call) => {
        const known = key(args)
        const packet = replies.get(known) ?? daemon.replyPacket(call, make(args))
        replies.set(known, packet)
        packet.writeUInt32BE(call.serial, 20)
        daemon.send(packet)
        return later
      }
    daemon
      .on('CONNECT_GET_HOSTNAME', () => ({ hostname: `fleet-${host}` }))
      .on('CONNECT_GET_URI', () => ({ uri: 'qemu:///system' }))
      .on('CONNECT_GET_TYPE', () => ({ type: 'QEMU' }))
      .on('CONNECT_GET_VERSION', () => ({ hv_ver: 7_002_000 }))
      .on('CONNECT_GET_CAPABILITIES', () => ({
        capabilities: '<capabilities><host><cpu><arch>x86_64</arch></cpu></host></capabilities>',
      }))
      .on('NODE_GET_INFO', () => ({
        model: [...Buffer.from('x86_64'.padEnd(32, '\0'))],
        memory: 1_073_741_824,
        cpus: 256,
        mhz: 2500,
        nodes: 2,
        sockets: 1,
        cores: 64,
        threads: 2,
      }))
      .on('CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY', () => ({ callbackID: 1 }))
      .on('DOMAIN_GET_METADATA', () => {
        throw noMetadata
      })
      .on(
        'CONNECT_LIST_ALL_DOMAINS',
        cached(
          () => 'list',
          () => ({ domains: all, ret: all.length }),
        ),
      )
      .on(
        'CONNECT_GET_ALL_DOMAIN_STATS',
        cached(
          ({ stats }) => `stats ${Number(stats)}`,
          ({ stats }) => ({
            retStats: all.map((dom) => ({
              dom,
              params: domainStats(dom.id, Number(stats) || statsGroups.all),
            })),
          }),
        ),
      )
  }).listen(join(directory, `${host}.sock`), () => {
    if (host === Number(hosts) - 1) process.stdout.write('ready\n')
  })
}

// its owner's end is ours
process.stdin.on('end', () => process.exit(0)).resume()
