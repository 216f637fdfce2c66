import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLab } from '../../e2e/lab/lab'
import type { LabHost } from '../../e2e/lab/lab'
import type { TransferClient } from './client'
import { innkeeper } from './innkeeper-client'
import { reportTransfers, type Measured, type Peak } from './report'
import { randomFile, sparseFile, type TestFile } from './test-files'
import { virsh } from './virsh-client'

export interface BenchTransferOptions {
  readonly json: string | undefined
  readonly rounds: number
  readonly only: string | undefined
  /** Set in the process that measures: the file with its orders. */
  readonly worker: string | undefined
}

interface Orders {
  readonly rounds: number
  readonly transport: string
  readonly client: string
  readonly result: string
}

interface Result {
  readonly measured: readonly Measured[]
  readonly peakBytes: number
  /** The same before what is measured: the most that may be added is what tells whether memory stays flat. */
  readonly idleBytes: number
}

const pool = 'bench'
const poolPath = '/var/lib/bench-transfer'
const randomMib = 256
const firstMib = 128
const sparseMib = 10 * 1024
const sparsePieces = 64

/**
 * Files in memory here and a pool in memory there, so that neither disk is measured. Each client is a process of its own
 * for each round, one after the other, so that what else the machine does hits them alike and memory is told apart.
 */
export async function benchTransfer(options: BenchTransferOptions): Promise<void> {
  if (options.worker) return measure(JSON.parse(await readFile(options.worker, 'utf8')) as Orders)
  const lab = await startLab({ hosts: ['labA'] })
  const scratch = await mkdtemp(join(tmpdir(), 'innkeeper-bench-'))
  const host = lab.host('labA')
  try {
    await makePool(host)
    const measured: Measured[] = []
    const peaks: Record<string, Record<string, Peak>> = {}
    const ways = Object.keys(clients).filter(
      (way) => options.only === undefined || way.includes(options.only),
    )
    for (let round = -1; round < options.rounds; round += 1) {
      for (const way of ways) {
        const [transport = '', client = ''] = way.split('/')
        const result = await inWorker(lab.clientPrefix, scratch, { rounds: 1, transport, client })
        // the first is not counted: caches are warm then, for everybody
        if (round < 0) continue
        measured.push(...result.measured)
        const peak = peaks[transport]?.[client] ?? { mib: 0, aboveIdleMib: 0 }
        peaks[transport] = { ...peaks[transport], [client]: higher(peak, result) }
      }
      process.stderr.write(`round ${round + 1} of ${options.rounds}\n`)
    }
    const about = { randomMib, sparseMib, sparsePieces, rounds: options.rounds, ...(await lab.versions()) }
    const text = `${JSON.stringify(reportTransfers(measured, peaks, about), undefined, 2)}\n`
    process.stdout.write(text)
    if (options.json) await writeFile(options.json, text)
  } finally {
    await removePool(host)
    await rm(scratch, { recursive: true, force: true })
    await lab.stop()
  }
}

function higher({ mib, aboveIdleMib }: Peak, { peakBytes, idleBytes }: Result): Peak {
  const inMib = (bytes: number): number => Math.round(bytes / 1024 / 1024)
  return {
    mib: Math.max(mib, inMib(peakBytes)),
    aboveIdleMib: Math.max(aboveIdleMib, inMib(peakBytes - idleBytes)),
  }
}

async function makePool(host: LabHost): Promise<void> {
  await host.exec(['mkdir', '-p', poolPath])
  await host.exec(['mount', '-t', 'tmpfs', '-o', 'size=2G', 'bench', poolPath])
  await host.virsh(['pool-create-as', pool, 'dir', '--target', poolPath])
}

async function removePool(host: LabHost): Promise<void> {
  await host.virsh(['pool-destroy', pool]).catch(() => undefined)
  await host.exec(['umount', poolPath]).catch(() => undefined)
}

const clients: Record<string, (host: LabHost) => TransferClient> = {
  'unix/innkeeper': (host) => innkeeper('innkeeper', host.uri()),
  'unix/virsh': (host) => virsh('virsh', host.uri()),
  'ssh/innkeeper': (host) =>
    innkeeper('innkeeper', sshUri(host), { engine: 'builtin', keyFile: host.keyFile }),
  'ssh/innkeeper-system-ssh': (host) =>
    innkeeper('innkeeper-system-ssh', sshUri(host), { engine: 'system', keyFile: host.keyFile }),
  'ssh/virsh': (host) => virsh('virsh', `${sshUri(host)}&keyfile=${host.keyFile}&no_verify=1&no_tty=1`),
}

function sshUri(host: LabHost): string {
  return `qemu+ssh://${host.user}@${host.address}/system?known_hosts=/dev/null`
}

/** On the lab's network, from where the host is reached by ssh too. */
async function inWorker(
  prefix: readonly string[],
  scratch: string,
  orders: Omit<Orders, 'result'>,
): Promise<Result> {
  const file = join(scratch, 'orders.json')
  const result = join(scratch, 'result.json')
  await writeFile(file, JSON.stringify({ ...orders, result } satisfies Orders))
  const self = [process.execPath, ...process.execArgv, process.argv[1] ?? '', 'transfer', '--worker', file]
  const [command = '', ...args] = [...prefix, ...self]
  const child = spawn(command, args, { stdio: 'inherit' })
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('exit', resolve).once('error', reject),
  )
  if (code !== 0) throw new Error(`the measuring process ended with ${code}`)
  return JSON.parse(await readFile(result, 'utf8')) as Result
}

async function measure({ rounds, transport, client, result }: Orders): Promise<void> {
  const lab = await startLab({ hosts: ['labA'] })
  const host = lab.host('labA')
  const way = clients[`${transport}/${client}`]
  if (!way) throw new Error(`no client ${client} for ${transport}`)
  const scratch = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'innkeeper-bench-'))
  const peer = way(host)
  const measured: Measured[] = []
  try {
    const files = [
      await randomFile(join(scratch, 'random'), randomMib),
      await sparseFile(join(scratch, 'sparse'), sparseMib, sparsePieces),
    ]
    await peer.open()
    // once without the clock, for everybody: what moves disks runs for days, and its code is compiled by then
    await bothWays(host, peer, await randomFile(join(scratch, 'first'), firstMib), scratch)
    const idleBytes = await peer.peakBytes()
    for (let round = 0; round < rounds; round += 1) {
      for (const file of files) {
        for (const [step, wallMs] of Object.entries(await bothWays(host, peer, file, scratch))) {
          measured.push({ transport, client, step: `${file.name}-${step}`, wallMs })
        }
      }
    }
    const peakBytes = await peer.peakBytes()
    await writeFile(result, JSON.stringify({ measured, peakBytes, idleBytes } satisfies Result))
  } finally {
    await peer.close()
    await rm(scratch, { recursive: true, force: true })
    await lab.stop()
  }
}

/** Up and down again, and it must be the same then, with its holes. */
async function bothWays(
  host: LabHost,
  peer: TransferClient,
  file: TestFile,
  scratch: string,
): Promise<{ up: number; down: number }> {
  const volume = `${file.name}.img`
  const back = join(scratch, 'back')
  await host.virsh([
    'vol-create-as',
    pool,
    volume,
    `${file.sizeBytes}B`,
    '--allocation',
    '0',
    '--format',
    'raw',
  ])
  try {
    const up = await timed(() => peer.upload(file.path, pool, volume))
    const down = await timed(() => peer.download(pool, volume, back))
    await sameFile(file.path, back)
    return { up, down }
  } finally {
    await rm(back, { force: true })
    await host.virsh(['vol-delete', '--pool', pool, volume])
  }
}

async function sameFile(one: string, other: string): Promise<void> {
  const child = spawn('cmp', [one, other], { stdio: 'inherit' })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error('what came back is not what was sent')
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
