import { connect as connectSocket } from 'node:net'
import type { Duplex } from 'node:stream'
import { directRoute } from '../../electron/backends/libvirt/routes-direct'
import { openDirectLink } from '../../electron/link/direct'
import { openSshLink } from '../../electron/link/ssh'
import { openSystemSshLink } from '../../electron/link/system-ssh'
import { LibvirtSession } from '../../electron/libvirt-rpc'
import { parseHostUri } from '../../shared/model/host-uri'
import type { Cost, Peer } from './peer'

/** How our client reaches the daemon: a dialler and its end. */
export interface Way {
  open(): Promise<{ dial(): Promise<Duplex>; close(): Promise<void> }>
}

export function unixWay(socketPath: string): Way {
  return {
    open: async () => ({
      dial: () =>
        new Promise((resolve, reject) => {
          const socket = connectSocket(socketPath, () => resolve(socket)).on('error', reject)
        }),
      close: async () => {},
    }),
  }
}

export function tlsWay(host: string, uri: string): Way {
  return {
    open: async () => {
      const link = openDirectLink(host)
      const route = directRoute(link, parseHostUri(uri), () => {})
      return { dial: () => route.open(), close: () => link.close() }
    },
  }
}

export interface SshTarget {
  readonly host: string
  readonly user: string
  readonly keyFile: string
  readonly knownHostsFile: string
}

/** By the computer's own ssh program. */
export function systemSshWay(target: SshTarget): Way {
  return {
    open: async () => {
      const link = await openSystemSshLink({
        ...target,
        ask: async () => null,
        onStage: () => {},
        log: () => {},
      })
      return { dial: () => link.openUnix('/var/run/libvirt/libvirt-sock'), close: () => link.close() }
    },
  }
}

export function sshWay(target: SshTarget): Way {
  return {
    open: async () => {
      const link = await openSshLink({
        ...target,
        agent: '',
        ask: async (prompt) => (prompt.kind === 'host-key' ? { kind: 'host-key', accept: true } : null),
        onStage: () => {},
        log: () => {},
      })
      return { dial: () => link.openUnix('/var/run/libvirt/libvirt-sock'), close: () => link.close() }
    },
  }
}

export function ours(way: Way, name = 'innkeeper'): Peer {
  let open: { session: LibvirtSession; close(): Promise<void> } | undefined
  let seen = 0

  const close = async (): Promise<void> => {
    await open?.session.close()
    await open?.close()
    open = undefined
  }
  const poll = async (session: LibvirtSession): Promise<void> => {
    const [list, stats] = await Promise.all([
      session.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 }),
      session.call('CONNECT_GET_ALL_DOMAIN_STATS', { doms: [], stats: 0, flags: 0 }),
    ])
    seen = Math.min(list.domains.length, stats.retStats.length)
  }
  return {
    name,
    get seen() {
      return seen
    },
    connect: async () => {
      await close()
      return cost(async () => {
        const route = await way.open()
        const session = await LibvirtSession.open({
          dial: () => route.dial(),
          name: 'qemu:///system',
          readOnly: false,
        })
        open = { session, close: () => route.close() }
        await poll(session)
      })
    },
    tick: () => {
      const session = open?.session
      if (!session) throw new Error('not connected')
      return cost(() => poll(session))
    },
    close,
  }
}

async function cost(work: () => Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const wallMs = performance.now() - start
  const used = process.cpuUsage(cpu)
  return { wallMs, cpuMs: (used.user + used.system) / 1000 }
}
