/** Work of QEMU on disks of running guests: mirrors, streams and commits, each followed by what is told of the disk. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import type { DiskJobSession } from '../../disk-job-session'
import { moved, moveDisks, noDisk } from '../blocks/definitions'
import { jobIdOf, newTail, nodeNameOf, type JobWord } from '../blocks/job-ids'
import { closeUnused, isClosed, openDisk, openNodes, type OpenDisk } from '../blocks/nodes'
import { plannedNode } from '../blocks/planned-node'
import type { Guest } from '../guest'
import { runningGuest, type QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { untilGone, whileListening } from './job-end'
import { diskIn, readDisk } from './read-disk'
import { readJobs, type RunningJob } from './read-jobs'

interface At {
  readonly entry: VmEntry
  readonly guest: Guest
  readonly path: string
  readonly disk: OpenDisk
}

export function diskJobsOf(host: QemuHost): DiskJobSession {
  /** What is closed after a job: the next one on the same disk begins after that. */
  const closing = new Map<string, Promise<unknown>>()

  const at = async (vm: VmId, target: string): Promise<At> => {
    const { entry, guest } = await runningGuest(host, vm)
    const { path } = diskIn(entry, target)
    if (path === undefined) throw noDisk(target)
    return { entry, guest, path, disk: await openDisk(guest, target, path) }
  }
  const free = async (vm: VmId, target: string): Promise<At> => {
    await closing.get(`${vm} ${target}`)
    const found = await at(vm, target)
    if ((await readJobs(found.guest)).some((job) => job.target === target))
      throw new AppError('busy', `QEMU is already working on ${target}`, {
        cure: 'Wait until that has ended, or stop it.',
      })
    return found
  }
  const begin = async (
    vm: VmId,
    target: string,
    { guest }: At,
    wish: { readonly command: string; readonly word: JobWord; readonly tail: string; readonly args: object },
    after: (guest: Guest) => Promise<unknown>,
  ): Promise<void> => {
    const id = jobIdOf({ word: wish.word, of: target, tail: wish.tail })
    const { ended } = await whileListening(guest, id, () =>
      guest.execute(wish.command, { 'job-id': id, ...wish.args }),
    )
    const key = `${vm} ${target}`
    closing.set(
      key,
      ended
        .then(() => after(guest))
        // a monitor that is lost has a guest behind it that closes all by ending, or one that nobody reaches
        .catch((error: unknown) => host.log(`After the work on ${target}: ${String(error)}`)),
    )
  }
  const jobOn = async (
    vm: VmId,
    target: string,
  ): Promise<{ readonly guest: Guest; readonly job: RunningJob }> => {
    const { guest } = await runningGuest(host, vm)
    const job = (await readJobs(guest)).find((one) => one.target === target)
    if (job) return { guest, job }
    throw new AppError('not-found', `Nothing is done to ${target} any more`, { cure: 'It has ended.' })
  }
  /** What a definition tells of the images below is not true for much longer. */
  const withoutBelow = async (vm: VmId, target: string, { path, disk }: At): Promise<void> => {
    await moveDisks(host, vm, [{ target, from: path, to: path, format: disk.top.format }])
  }

  return {
    async jobs(vm) {
      const { run, guest } = await host.inventory.find(vm)
      if (!run) return []
      const jobs = await readJobs(guest ?? (await runningGuest(host, vm)).guest)
      return jobs.map(({ id: _, ...job }) => job)
    },
    disk: async (vm, target) => readDisk(host, await host.inventory.find(vm), target),
    async copy(vm, target, { path: to, format }, limit) {
      const found = await free(vm, target)
      const { entry, guest, path, disk } = found
      const tail = newTail()
      const nodeName = nodeNameOf(target, tail)
      const definition = moved(entry.running ?? '', [{ target, from: path, to, format }])
      const folder = entry.folder ?? ''
      const node = await plannedNode(host, { id: vm, definition, folder, target, nodeName })
      await guest.execute('blockdev-add', { ...node, ...(format === 'qcow2' ? { backing: null } : {}) })
      try {
        const args = {
          device: disk.root,
          target: nodeName,
          sync: 'full',
          // what stands before the image stays
          ...(disk.root === disk.top.name ? {} : { replaces: disk.top.name }),
          ...speedOf(limit),
        }
        await begin(vm, target, found, { command: 'blockdev-mirror', word: 'copy', tail, args }, (last) =>
          // the one of both that the guest does not have
          isClosed(last, nodeName),
        )
      } catch (error) {
        await isClosed(guest, nodeName)
        throw error
      }
    },
    async flatten(vm, target, limit) {
      const found = await free(vm, target)
      await withoutBelow(vm, target, found)
      const args = { device: found.disk.top.name, ...speedOf(limit) }
      await begin(
        vm,
        target,
        found,
        { command: 'block-stream', word: 'flatten', tail: newTail(), args },
        (last) => closeUnused(last, target, found.path),
      )
    },
    async merge(vm, target, { top, base }, limit) {
      const found = await free(vm, target)
      const { disk, path } = found
      const places = [path, ...disk.top.below.map((image) => image.path)]
      if (!places.includes(top) || places.indexOf(base) <= places.indexOf(top))
        throw new AppError('invalid', `${target} is no longer built on ${base}`, {
          cure: 'Its layers have changed; look at them again.',
        })
      const isTop = top === path
      await withoutBelow(vm, target, found)
      const [upper, lower] = [disk.nodeOf(top), disk.nodeOf(base)]
      const args = {
        device: disk.root,
        ...(upper === undefined ? { top } : { 'top-node': upper }),
        // the name of a file is looked for within the chain of the disk
        ...(lower === undefined ? { base } : { 'base-node': lower }),
        ...speedOf(limit),
      }
      const word = isTop ? 'merge-top' : 'merge'
      await begin(vm, target, found, { command: 'block-commit', word, tail: newTail(), args }, (last) =>
        // which image a switch leads to is told by whoever switches
        isTop ? Promise.resolve() : closeUnused(last, target, path),
      )
    },
    async setLimit(vm, target, limit = 0) {
      const { guest, job } = await jobOn(vm, target)
      await guest.execute('block-job-set-speed', { device: job.id, speed: limit })
    },
    async end(vm, target, how) {
      const { guest, job } = await jobOn(vm, target)
      if (how === 'stop') {
        // of one that is equal the copy is kept as it is at this moment, which takes another way of ending it
        await guest.execute('block-job-cancel', { device: job.id, force: !job.isReady })
        await untilGone(guest, job.id)
        await closing.get(`${vm} ${target}`)
        return
      }
      const { to } = job
      if (!job.isReady || to === undefined)
        throw new AppError('busy', 'Both images are not equal yet', {
          cure: 'Wait until the rest is copied, then switch.',
        })
      const { path, disk } = await at(vm, target)
      const format = (await formatAt(guest, to)) ?? disk.top.format
      const { ended } = await whileListening(guest, job.id, () =>
        guest.execute('block-job-complete', { device: job.id }),
      )
      const { error } = await ended
      if (error !== undefined)
        throw new AppError('internal', `QEMU did not switch ${target} to ${to}`, {
          cure: 'The VM goes on with the image it had.',
          detail: error,
        })
      await moveDisks(host, vm, [{ target, from: path, to, format }])
      await closing.get(`${vm} ${target}`)
      await closeUnused(guest, target, to)
    },
  }
}

function speedOf(limit: number | undefined): { readonly speed?: number } {
  return limit === undefined ? {} : { speed: limit }
}

async function formatAt(guest: Guest, path: string): Promise<string | undefined> {
  return (await openNodes(guest)).find((node) => node.path === path)?.format
}
