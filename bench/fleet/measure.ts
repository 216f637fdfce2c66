/** In a process of its own: our whole main side against the fleet, as the app runs it; figures as one JSON line. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { serialize } from 'node:v8'
import { libvirtBackend } from '../../electron/backends/libvirt/libvirt-backend'
import { HostRegistry } from '../../electron/hosts/host-registry'
import { Prompts } from '../../electron/hosts/prompts'
import { Revisions } from '../../electron/hosts/revisions'
import { storedHostId } from '../../electron/settings/schema'
import { unpackTick } from '../../shared/model/packed-tick'
import { Loads } from '../../electron/stats/loads'
import { openSettings } from '../../electron/settings/settings'

const [directory = '', domains = '1', seconds = '20', everyMs = '2000'] = process.argv.slice(2)
const sockets = (await readdir(directory)).filter((name) => name.endsWith('.sock'))
const scratch = await mkdtemp(join(tmpdir(), 'fleet-'))

let samples = 0
let sentBytes = 0
// what the bridge to the window does with a message before it leaves the process
const send = (payload: unknown): void => {
  sentBytes += serialize(payload).length
}
const connected = new Set<string>()
const settings = await openSettings(scratch)
await settings.update((data) => ({
  ...data,
  hosts: sockets.map((socket, index) => ({
    id: storedHostId.parse(`host-${index}`),
    uri: `qemu+unix:///system?socket=${join(directory, socket)}`,
    autoconnect: true,
  })),
}))
const loads = await Loads.open({
  directory: scratch,
  emit: {
    tick: (tick) => {
      samples += unpackTick(tick).samples.length
      send(tick)
    },
    hostTick: send,
    vmLoad: send,
    alarmsChanged: send,
  },
  facts: () => undefined,
  notify: () => undefined,
  onError: (error) => {
    throw error
  },
})
loads.start()
const registry = new HostRegistry({
  backends: [libvirtBackend()],
  settings,
  prompts: new Prompts({ emit: { prompts: { changed: send } } }),
  revisions: new Revisions(),
  timing: { statsIntervalMs: Number(everyMs) },
  emit: {
    hosts: {
      changed: (change) => {
        send(change)
        if (change.kind === 'put' && change.item.status.kind === 'connected') connected.add(change.item.id)
      },
      reordered: send,
      resourceChanged: send,
    },
    vms: { changed: send },
    stats: loads.emit,
  },
})
const stalls = monitorEventLoopDelay({ resolution: 1 })
interface Phase {
  readonly wallMs: number
  readonly cpuMs: number
  readonly longestStallMs: number
  readonly p99StallMs: number
}
async function phase(work: () => Promise<unknown>): Promise<Phase> {
  stalls.reset()
  stalls.enable()
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const used = process.cpuUsage(cpu)
  stalls.disable()
  return {
    wallMs: performance.now() - start,
    cpuMs: (used.user + used.system) / 1000,
    longestStallMs: stalls.max / 1e6,
    p99StallMs: stalls.percentile(99) / 1e6,
  }
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const connecting = await phase(async () => {
  await registry.start()
  const deadline = Date.now() + 100_000
  while (connected.size < sockets.length) {
    if (Date.now() > deadline) throw new Error(JSON.stringify(registry.list().items[0]?.status))
    await pause(20)
  }
})
const listed = registry.listVms().items.length
if (listed !== sockets.length * Number(domains)) throw new Error(`saw ${listed} domains`)
// titles and caches
const settling = await phase(() => pause(10_000))
samples = 0
const steady = await phase(() => pause(Number(seconds) * 1000))
const memory = process.memoryUsage()
process.stdout.write(
  `${JSON.stringify({
    hosts: sockets.length,
    domains: listed,
    connecting,
    settling,
    steady,
    samplesPerSecond: samples / Number(seconds),
    cpuMsPerSecond: steady.cpuMs / Number(seconds),
    sentMegabytes: sentBytes / 1e6,
    rssMegabytes: memory.rss / 1e6,
    heapMegabytes: memory.heapUsed / 1e6,
  })}\n`,
)
await registry.close()
await rm(scratch, { recursive: true, force: true })
process.exit(0)
