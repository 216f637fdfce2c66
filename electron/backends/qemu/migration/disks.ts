/**
 * Copies of disks to the destination: it serves its new images by NBD, and the source mirrors its own ones into them
 * until they are equal and both are written to. https://www.qemu.org/docs/master/interop/live-block-operations.html
 */
import { AppError } from '../../../../shared/errors'
import type { MoveOptions } from '../../../../shared/model/migration/options'
import { isObject, type Json } from '../../../qmp/index'
import { topNodes } from '../blocks/top-nodes'
import type { Guest } from '../guest'
import type { DiskProgress } from './figures'
import { certificates } from './settings'
import type { DiskServer } from './talk'

/** Jobs and nodes that begin so are ours. */
const prefix = 'innkeeper-move-'
const endingPollMs = 100

export function exportName(target: string): string {
  return `drive-${target}`
}

/** At the destination, whose server listens already. */
export async function offerDisks(guest: Guest, targets: readonly string[]): Promise<void> {
  // since QEMU 5.2, as the other one is on its way out
  const isNew = await guest.has('block-export-add')
  for (const target of targets) {
    const node = `drive-${target}`
    if (isNew)
      await guest.execute('block-export-add', {
        type: 'nbd',
        id: `${prefix}${target}`,
        'node-name': node,
        name: exportName(target),
        writable: true,
      })
    else await guest.execute('nbd-server-add', { device: node, name: exportName(target), writable: true })
  }
}

export class Mirrors {
  readonly #guest: Guest
  readonly #targets = new Set<string>()
  readonly #failures = new Map<string, string>()
  readonly #stop: () => void

  constructor(guest: Guest) {
    this.#guest = guest
    // the job is gone a moment after it told this
    this.#stop = guest.onEvent(({ name, data }) => {
      const job = data['device'] ?? data['id']
      if (typeof job !== 'string' || !job.startsWith(prefix)) return
      const error = data['error']
      if (name === 'BLOCK_JOB_COMPLETED' && typeof error === 'string') this.#failures.set(job, error)
    })
  }

  async begin(
    definition: string,
    targets: readonly string[],
    server: DiskServer,
    options: MoveOptions,
    tlsHostname: string | undefined,
  ): Promise<void> {
    for (const target of targets) this.#targets.add(target)
    // of a move whose leader is gone
    await this.#stopAll()
    const nodes = await topNodes(this.#guest, definition)
    for (const target of targets) {
      const device = nodes.get(target)
      if (device === undefined)
        throw new AppError('invalid', `The running VM has no disk ${target} with anything in it`)
      const name = `${prefix}${target}`
      await this.#guest.execute('blockdev-add', {
        driver: 'raw',
        'node-name': name,
        file: {
          driver: 'nbd',
          'node-name': lineOf(target),
          server,
          export: exportName(target),
          ...(options.isEncrypted === true
            ? {
                'tls-creds': certificates,
                ...(tlsHostname === undefined ? {} : { 'tls-hostname': tlsHostname }),
              }
            : {}),
        },
      })
      await this.#guest.execute('blockdev-mirror', {
        'job-id': name,
        device,
        target: name,
        sync: options.storage === 'topLayer' ? 'top' : 'full',
        speed: options.bandwidthBytesPerSecond ?? 0,
      })
    }
  }

  /** How far the copies are, and whether all are equal; fails when one of them has ended. */
  async look(): Promise<{ readonly progress: readonly DiskProgress[]; readonly areEqual: boolean }> {
    const jobs = await this.#jobs()
    for (const target of this.#targets)
      if (!jobs.has(`${prefix}${target}`))
        throw new AppError('invalid', `Copying ${target} has ended`, {
          cure: 'There may be no room left at the destination.',
          ...detailOf(this.#failures.get(`${prefix}${target}`)),
        })
    return {
      progress: [...jobs.values()].map(({ doneBytes, totalBytes }) => ({ doneBytes, totalBytes })),
      areEqual: [...jobs.values()].every(({ isReady }) => isReady),
    }
  }

  /** The guest stands still: what was written last gets there, and both sides let go of each other. */
  async finish(): Promise<void> {
    // a mirror that is equal ends in order by being cancelled, and stays with its source
    for (const target of this.#targets)
      await this.#guest.execute('block-job-cancel', { device: `${prefix}${target}` })
    await this.#untilEnded()
    const [failed] = this.#failures.values()
    if (failed !== undefined)
      throw new AppError('invalid', 'The last writes did not reach the destination’s disk', {
        detail: failed,
      })
    await this.#removeNodes()
    this.#targets.clear()
  }

  /** Whatever became of them, nothing of them stays. A line that is dead is cut first, or QEMU would wait for it. */
  async end(): Promise<void> {
    this.#stop()
    if (!this.#guest.isOpen || this.#targets.size === 0) return
    await this.#stopAll()
  }

  /** Since QEMU 6.0: what waits on these lines fails at once. */
  async cut(): Promise<void> {
    if (this.#targets.size === 0 || !(await this.#guest.has('yank'))) return
    const lines = [...this.#targets].map((target) => ({ type: 'block-node', 'node-name': lineOf(target) }))
    for (const instance of lines)
      await this.#guest
        .execute('yank', { instances: [instance] }, { isOutOfBand: true })
        // nobody waits on it any more
        .catch(() => undefined)
  }

  async #stopAll(): Promise<void> {
    for (const name of (await this.#jobs()).keys())
      await this.#guest.execute('block-job-cancel', { device: name, force: true }).catch(() => undefined)
    await this.#untilEnded()
    await this.#removeNodes()
  }

  async #untilEnded(): Promise<void> {
    while ((await this.#jobs()).size > 0) await new Promise((resolve) => setTimeout(resolve, endingPollMs))
  }

  async #removeNodes(): Promise<void> {
    for (const target of this.#targets)
      await this.#guest.execute('blockdev-del', { 'node-name': `${prefix}${target}` }).catch(() => undefined)
  }

  async #jobs(): Promise<Map<string, DiskProgress & { readonly isReady: boolean }>> {
    return new Map(
      (await listOf(this.#guest, 'query-block-jobs')).flatMap((job) => {
        const { device, offset, len, ready } = isObject(job) ? job : ({} as Record<string, Json>)
        if (typeof device !== 'string' || !device.startsWith(prefix)) return []
        const [doneBytes, totalBytes] = [Number(offset), Number(len)]
        return [[device, { doneBytes, totalBytes, isReady: ready === true }] as const]
      }),
    )
  }
}

/** A copy that runs may be made faster or slower. */
export async function setSpeed(guest: Guest, bytesPerSecond: number): Promise<void> {
  for (const job of await listOf(guest, 'query-block-jobs')) {
    const device = isObject(job) ? job['device'] : undefined
    if (typeof device === 'string' && device.startsWith(prefix))
      await guest.execute('block-job-set-speed', { device, speed: bytesPerSecond })
  }
}

async function listOf(guest: Guest, query: string): Promise<readonly Json[]> {
  const answer = await guest.execute(query)
  return Array.isArray(answer) ? answer : []
}

function lineOf(target: string): string {
  return `${prefix}${target}-line`
}

function detailOf(detail: string | undefined): { readonly detail?: string } {
  return detail === undefined ? {} : { detail }
}
