/** Real hosts behind the real registry and backend, without a window: what the fault suite breaks and watches. */
import { readdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../../../e2e/lab/run'
import type { HostStatus } from '../../../shared/model/host'
import type { HostId, VmId } from '../../../shared/model/ids'
import type { Backend } from '../../backends/backend'
import { openSettings } from '../../settings/settings'
import { HostRegistry } from '../host-registry'
import { Prompts } from '../prompts'
import { Revisions } from '../revisions'
import type { HostTiming } from '../timing'

export interface FleetHost {
  readonly uri: string
  readonly keyFile?: string
}

/** What a bad host did to the good ones meanwhile. */
export interface Bystanders {
  /** The longest a call of theirs took. */
  readonly slowestMs: number
  readonly calls: number
}

export class LiveFleet {
  readonly registry: HostRegistry
  readonly ids = new Map<string, HostId>()
  readonly ticks = new Map<HostId, number>()
  readonly #folder: string

  /** Unknown host keys are accepted; no other question is answered. */
  static async open(backend: Backend, timing: Partial<HostTiming> = {}): Promise<LiveFleet> {
    const folder = await mkdtemp(join(tmpdir(), 'innkeeper-fleet-'))
    return new LiveFleet(folder, backend, await openSettings(folder), timing)
  }

  private constructor(
    folder: string,
    backend: Backend,
    settings: Awaited<ReturnType<typeof openSettings>>,
    timing: Partial<HostTiming>,
  ) {
    this.#folder = folder
    const prompts: Prompts = new Prompts({
      emit: {
        prompts: {
          changed: ({ prompts: open }) => {
            for (const { id, kind } of open) {
              const answer = kind === 'host-key' ? ({ kind, accept: true } as const) : null
              setImmediate(() => prompts.answer(id, answer))
            }
          },
        },
      },
    })
    this.registry = new HostRegistry({
      backends: [backend],
      settings,
      prompts,
      revisions: new Revisions(),
      timing,
      emit: {
        hosts: { changed: () => undefined, reordered: () => undefined, resourceChanged: () => undefined },
        vms: { changed: () => undefined },
        stats: {
          tick: ({ host }) => this.ticks.set(host, (this.ticks.get(host) ?? 0) + 1),
          hostTick: () => undefined,
        },
      },
    })
  }

  async add(name: string, host: FleetHost): Promise<void> {
    this.ids.set(name, await this.registry.add({ ...host, label: name, autoconnect: false }))
    await this.connected(name)
  }

  id(name: string): HostId {
    const id = this.ids.get(name)
    if (id === undefined) throw new Error(`no host ${name}`)
    return id
  }

  status(name: string): HostStatus {
    const host = this.registry.list().items.find((one) => one.id === this.id(name))
    if (!host) throw new Error(`${name} is gone`)
    return host.status
  }

  /** Waits until the host is connected, and says since when. */
  connected(name: string, timeoutMs = 30_000): Promise<number> {
    return this.#until(name, 'to be connected', timeoutMs, (status) =>
      status.kind === 'connected' ? status.sinceMs : undefined,
    )
  }

  /** Waits until the host is not connected any more, and gives the error it shows. */
  lost(
    name: string,
    timeoutMs: number,
  ): Promise<{ kind: string; message: string; detail?: string | undefined }> {
    return this.#until(name, 'to be lost', timeoutMs, (status) =>
      status.kind === 'failed' || status.kind === 'connecting' ? status.error : undefined,
    )
  }

  /** "name state" of each VM as the window would list it, sorted. */
  inventory(name: string): string[] {
    return this.registry
      .listVms()
      .items.filter((vm) => vm.host === this.id(name))
      .map((vm) => `${vm.name} ${vm.state}`)
      .sort()
  }

  vm(name: string, vmName: string): VmId {
    const found = this.registry.listVms().items.find((vm) => vm.host === this.id(name) && vm.name === vmName)
    if (!found) throw new Error(`${name} has no ${vmName}`)
    return found.id
  }

  /**
   * While `work` runs these hosts are used all the time; fails when one of them is disturbed: a call that fails, a
   * connection that is another afterwards, statistics that stand still.
   */
  async undisturbed(names: readonly string[], work: () => Promise<void>): Promise<Bystanders> {
    const since = names.map((name) => this.status(name))
    const ticksBefore = names.map((name) => this.ticks.get(this.id(name)) ?? 0)
    const watch = { isOver: false }
    let calls = 0
    let slowestMs = 0
    const using = names.map(async (name) => {
      while (!watch.isOver) {
        const begun = performance.now()
        const session = this.registry.get(this.id(name))
        await session.listVms()
        await session.readCounters()
        slowestMs = Math.max(slowestMs, performance.now() - begun)
        calls += 1
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
    })
    // both at once: a bystander that fails ends the test and not the process
    const begun = performance.now()
    await Promise.all([work().finally(() => (watch.isOver = true)), ...using])
    for (const [at, name] of names.entries()) {
      if (JSON.stringify(this.status(name)) !== JSON.stringify(since[at]))
        throw new Error(`${name} was disturbed: ${JSON.stringify(this.status(name))}`)
      const ticks = (this.ticks.get(this.id(name)) ?? 0) - (ticksBefore[at] ?? 0)
      // they are asked for every two seconds; on a busy machine each may be late, but they go on
      const due = Math.floor((performance.now() - begun) / 6000)
      if (ticks < due) throw new Error(`${name} had ${ticks} statistics where ${due} were due`)
    }
    return { slowestMs, calls }
  }

  /** The host's own log, for the message of a test that fails. */
  logOf(name: string): string {
    return this.registry
      .log(this.id(name))
      .slice(-12)
      .map(({ atMs, text }) => `${new Date(atMs).toISOString().slice(17, 23)} ${text}`)
      .join('\n')
  }

  async close(): Promise<void> {
    await this.registry.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #until<T>(
    name: string,
    what: string,
    timeoutMs: number,
    ask: (status: HostStatus) => T | undefined,
  ): Promise<T> {
    return until(`${name} ${what}`, timeoutMs, () => {
      const answer = ask(this.status(name))
      return answer === undefined ? undefined : { answer }
    }).then(
      ({ answer }) => answer,
      (error: Error) => {
        throw new Error(`${error.message}\n${JSON.stringify(this.status(name))}\n${this.logOf(name)}`)
      },
    )
  }
}

/** What this process holds open, by kind; "fd" is the number of its file descriptors. */
export async function resources(): Promise<Record<string, number>> {
  const counts: Record<string, number> = { fd: (await readdir('/proc/self/fd')).length }
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

/** The most of each kind within some beats of the clock: calls and timers come and go. */
export async function usualResources(): Promise<Record<string, number>> {
  const most: Record<string, number> = {}
  const deadline = performance.now() + 4_500
  while (performance.now() < deadline) {
    for (const [kind, count] of Object.entries(await resources()))
      most[kind] = Math.max(most[kind] ?? 0, count)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return most
}

/** Waits until nothing is held open beyond the usual: no socket, no timer, no descriptor was left behind. */
export async function nothingLeaked(usual: Record<string, number>, timeoutMs = 15_000): Promise<void> {
  let beyond: Record<string, string> = {}
  try {
    await until('what was opened to be closed', timeoutMs, async () => {
      beyond = {}
      for (const [kind, count] of Object.entries(await resources())) {
        if (count > (usual[kind] ?? 0)) beyond[kind] = `${count}, usually ${usual[kind] ?? 0}`
      }
      return Object.keys(beyond).length === 0
    })
  } catch (error) {
    throw new Error(`left behind: ${JSON.stringify(beyond)}`, { cause: error })
  }
}
