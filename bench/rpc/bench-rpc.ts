import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LibvirtSession } from '../../electron/libvirt-rpc'
import { startLab } from '../../e2e/lab/lab'
import { ours, sshWay, systemSshWay, tlsWay, unixWay } from './ours'
import type { Peer } from './peer'
import { report, type Measured } from './report'
import { scriptPeer, type ScriptPeerName } from './script-peer'

export interface BenchRpcOptions {
  readonly json: string | undefined
  readonly domains: number
  readonly rounds: number
  /** Set in the process that measures: the file with its orders. */
  readonly worker: string | undefined
}

interface Orders {
  readonly rounds: number
  readonly domains: number
  readonly socketPath: string
  readonly tls: { host: string; pkiPath: string }
  readonly ssh: { host: string; user: string; keyFile: string; knownHostsFile: string }
  readonly result: string
}

/**
 * Makes a host with that many defined domains, then measures from the lab's client network, from where the host is
 * reached by ssh too.
 */
export async function benchRpc(options: BenchRpcOptions): Promise<void> {
  if (options.worker) return measure(JSON.parse(await readFile(options.worker, 'utf8')) as Orders)
  const lab = await startLab({ hosts: ['labA'] })
  const scratch = await mkdtemp(join(tmpdir(), 'innkeeper-bench-'))
  try {
    const host = lab.host('labA')
    const knownHostsFile = join(scratch, 'known_hosts')
    await writeFile(knownHostsFile, `${host.address} ${host.hostKey}\n`)
    process.stderr.write(`Defining ${options.domains} domains…\n`)
    await define(host.socketPath, options.domains)
    const orders: Orders = {
      rounds: options.rounds,
      domains: options.domains,
      socketPath: host.socketPath,
      tls: { host: host.address, pkiPath: lab.pkiPath },
      ssh: { host: host.address, user: host.user, keyFile: host.keyFile, knownHostsFile },
      result: join(scratch, 'result.json'),
    }
    const ordersFile = join(scratch, 'orders.json')
    await writeFile(ordersFile, JSON.stringify(orders))
    await inClientNetwork(lab.clientPrefix, ordersFile)
    const measured = JSON.parse(await readFile(orders.result, 'utf8')) as Measured[]
    const result = report(measured, {
      domains: options.domains,
      rounds: options.rounds,
      ...(await lab.versions()),
    })
    const text = `${JSON.stringify(result, undefined, 2)}\n`
    process.stdout.write(text)
    if (options.json) await writeFile(options.json, text)
  } finally {
    await rm(scratch, { recursive: true, force: true })
    await lab.stop()
  }
}

async function define(socketPath: string, count: number): Promise<void> {
  const route = await unixWay(socketPath).open()
  const session = await LibvirtSession.open({
    dial: () => route.dial(),
    name: 'qemu:///system',
    readOnly: false,
  })
  const xml = (index: number): string => `<domain type='qemu'>
  <name>bench-${String(index).padStart(4, '0')}</name><uuid>${randomUUID()}</uuid>
  <memory unit='MiB'>64</memory><vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <devices><graphics type='vnc' port='-1' autoport='yes'/></devices>
</domain>`
  const indexes = Array.from({ length: count }, (_, index) => index)
  const worker = async (): Promise<void> => {
    for (let index = indexes.shift(); index !== undefined; index = indexes.shift()) {
      await session.call('DOMAIN_DEFINE_XML_FLAGS', { xml: xml(index), flags: 0 }, { timeoutMs: 60_000 })
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  await session.close()
}

async function inClientNetwork(prefix: readonly string[], orders: string): Promise<void> {
  const [command, ...args] = [
    ...prefix,
    process.execPath,
    ...process.execArgv,
    process.argv[1] ?? '',
    'rpc',
    '--worker',
    orders,
  ]
  const child = spawn(command, args, { stdio: 'inherit' })
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('exit', resolve).once('error', reject),
  )
  if (code !== 0) throw new Error(`the measuring process ended with ${code}`)
}

/** All clients in turn in every round, so that what else the machine does hits them alike. */
async function measure(orders: Orders): Promise<void> {
  const { host, user, keyFile, knownHostsFile } = orders.ssh
  const unixUri = `qemu+unix:///system?socket=${orders.socketPath}`
  const sshUri = `qemu+ssh://${user}@${host}/system?keyfile=${keyFile}&no_verify=1&no_tty=1`
  const scripts: ScriptPeerName[] = ['python3-libvirt', 'virsh-interactive', 'virsh-per-query']
  const tlsUri = `qemu+tls://${orders.tls.host}/system?pkipath=${orders.tls.pkiPath}`
  const target = { host, user, keyFile, knownHostsFile }
  const byTransport: Record<'unix' | 'tls' | 'ssh', Peer[]> = {
    unix: [ours(unixWay(orders.socketPath)), ...scripts.map((name) => scriptPeer(name, unixUri))],
    tls: [ours(tlsWay(orders.tls.host, tlsUri)), ...scripts.map((name) => scriptPeer(name, tlsUri))],
    ssh: [
      ours(sshWay(target)),
      ours(systemSshWay(target), 'innkeeper-system-ssh'),
      ...scripts.map((name) => scriptPeer(name, sshUri)),
    ],
  }
  const measured: Measured[] = []
  for (const [transport, peers] of Object.entries(byTransport)) {
    // one unmeasured round: code is compiled, caches are warm, for everybody
    for (let round = -1; round < orders.rounds; round += 1) {
      for (const peer of peers) {
        const steps = { connect: await peer.connect(), tick: await peer.tick() }
        if (peer.seen !== orders.domains)
          throw new Error(`${peer.name} saw ${peer.seen} of ${orders.domains} domains`)
        if (round < 0) continue
        for (const [step, cost] of Object.entries(steps))
          measured.push({ transport, client: peer.name, step, ...cost })
      }
      process.stderr.write(`${transport}: round ${round + 1} of ${orders.rounds}\n`)
    }
    for (const peer of peers) await peer.close()
  }
  await writeFile(orders.result, JSON.stringify(measured))
}
