/** Jobs on disks of demo VMs: as long as such copies take, within what a demonstration bears. */
import { AppError } from '../../../../shared/errors'
import type { DiskFacts, DiskJob, DiskLayer } from '../../../../shared/model/disk-jobs/disk-job'
import { isActive } from '../../../../shared/model/vm'
import type { DiskJobSession } from '../../disk-job-session'
import type { FakeHost } from '../fake-host'
import type { FakeDisk, FakeVm } from '../model'
import { fillCopy, flattenImage, mergeImages, putDiskOf } from './effects'

const stepMs = 150
const bytesPerMs = 400_000
/** A demonstration does not last longer than this, unless it was slowed down. */
const longestMs = 12_000

interface FakeJob {
  readonly vm: FakeVm
  readonly kind: DiskJob['kind']
  readonly totalBytes: number
  doneBytes: number
  limit: number | undefined
  isReady: boolean
  readonly to?: { readonly path: string; readonly format: string }
  readonly abort: AbortController
}

const known = new WeakMap<FakeHost, Map<string, FakeJob>>()

function jobsOn(host: FakeHost): Map<string, FakeJob> {
  const jobs = known.get(host) ?? new Map<string, FakeJob>()
  known.set(host, jobs)
  return jobs
}

export function fakeDiskJobs(host: FakeHost, answerTime: () => Promise<void>): DiskJobSession {
  const jobs = jobsOn(host)
  const keyOf = (vm: string, target: string): string => `${vm} ${target}`
  const at = (vm: FakeVm, target: string): FakeDisk => {
    const disk = vm.definition.disks.find((one) => one.target === target)
    if (disk) return disk
    throw new AppError('not-found', `The VM has no disk ${target}`, {
      cure: 'It was removed; look at its hardware again.',
    })
  }
  const running = (
    id: FakeVm['definition']['id'],
    target: string,
  ): { vm: FakeVm; disk: FakeDisk; image: string } => {
    const vm = host.get(id)
    const disk = at(vm, target)
    if (!isActive(vm.state)) {
      throw new AppError('invalid', 'This is not possible in the present state of the VM', {
        detail: 'Requested operation is not valid: domain is not running',
      })
    }
    if (disk.source === undefined) throw new AppError('invalid', 'The drive has no medium')
    if (jobs.has(keyOf(id, target))) throw new AppError('busy', 'A disk of the VM is being copied')
    return { vm, disk, image: disk.source }
  }
  /** `done`: what it comes to; a job without it waits to be ended once it is ready. */
  const begin = (
    target: string,
    start: Pick<FakeJob, 'vm' | 'kind' | 'totalBytes' | 'limit' | 'to'>,
    done?: () => void,
  ): void => {
    const key = keyOf(start.vm.definition.id, target)
    const job: FakeJob = { ...start, doneBytes: 0, isReady: false, abort: new AbortController() }
    jobs.set(key, job)
    const usual = Math.max(bytesPerMs, job.totalBytes / longestMs)
    const work = async (): Promise<void> => {
      while (job.doneBytes < job.totalBytes) {
        await host.clock.delay(stepMs, job.abort.signal)
        if (!isActive(job.vm.state) || !host.has(job.vm)) return void jobs.delete(key)
        const rate = job.limit === undefined ? usual : Math.min(usual, job.limit / 1000)
        job.doneBytes = Math.min(job.totalBytes, job.doneBytes + rate * stepMs)
      }
      if (done) {
        jobs.delete(key)
        done()
      } else job.isReady = true
    }
    // it ends early only when it is taken back, and whoever does that knows
    work().catch(() => jobs.delete(key))
  }
  const sizeOf = (path: string): number => host.files.get(path)?.allocationBytes ?? 0
  return {
    async jobs(id) {
      await answerTime()
      const vm = host.get(id)
      if (!isActive(vm.state)) return []
      return vm.definition.disks.flatMap(({ target }): DiskJob[] => {
        const job = jobs.get(keyOf(id, target))
        if (!job || !host.has(job.vm)) return []
        const { kind, doneBytes, totalBytes, limit, isReady, to } = job
        return [
          {
            target,
            kind,
            doneBytes: Math.floor(doneBytes),
            totalBytes,
            isReady,
            ...(limit === undefined ? {} : { limitBytesPerSecond: limit }),
            ...(to === undefined ? {} : { to: to.path }),
          },
        ]
      })
    },
    async disk(id, target): Promise<DiskFacts> {
      await answerTime()
      const vm = host.get(id)
      const disk = at(vm, target)
      const isRunning = isActive(vm.state)
      const layers = layersOf(host, disk)
      const sizeBytes = disk.source === undefined ? undefined : host.files.get(disk.source)?.sizeBytes
      return {
        target,
        device: disk.device,
        isRunning,
        isPersistent: vm.isPersistent,
        isReadOnly: disk.isReadOnly,
        layers: isRunning ? layers : layers.slice(0, 1),
        ...(sizeBytes === undefined ? {} : { sizeBytes }),
        snapshots: (vm.snapshots ?? []).map(({ name }) => name),
      }
    },
    async copy(id, target, to, limit) {
      await answerTime()
      const { vm, disk } = running(id, target)
      if (!host.files.has(to.path))
        throw new AppError('not-found', 'A file this needs does not exist on the host')
      const totalBytes = layersOf(host, disk).reduce((sum, { place }) => sum + sizeOf(place), 0)
      begin(target, { vm, kind: 'copy', totalBytes, limit, to })
    },
    async flatten(id, target, limit) {
      await answerTime()
      const { vm, disk, image } = running(id, target)
      const below = layersOf(host, disk).slice(1)
      const totalBytes = below.reduce((sum, { place }) => sum + sizeOf(place), 0)
      begin(target, { vm, kind: 'flatten', totalBytes, limit }, () => flattenImage(host, image))
    },
    async merge(id, target, { top, base }, limit) {
      await answerTime()
      const { vm, disk } = running(id, target)
      const places = layersOf(host, disk).map(({ place }) => place)
      const [from, into] = [places.indexOf(top), places.indexOf(base)]
      if (from < 0 || into <= from) {
        throw new AppError('invalid', `${target} is no longer built on ${base}`, {
          cure: 'Its layers have changed; look at them again.',
        })
      }
      const touched = places.slice(from, into)
      const totalBytes = touched.reduce((sum, place) => sum + sizeOf(place), 0)
      const format = host.files.get(base)?.format ?? 'raw'
      if (from === 0) begin(target, { vm, kind: 'merge-top', totalBytes, limit, to: { path: base, format } })
      else {
        begin(target, { vm, kind: 'merge', totalBytes, limit }, () =>
          mergeImages(host, touched, base, places[from - 1]),
        )
      }
    },
    async setLimit(id, target, limit) {
      await answerTime()
      const job = jobs.get(keyOf(id, target))
      if (!job) throw noJob(target)
      job.limit = limit
    },
    async end(id, target, how) {
      await answerTime()
      const key = keyOf(id, target)
      const job = jobs.get(key)
      if (!job) throw noJob(target)
      if (how === 'switch' && !job.isReady) {
        throw new AppError('busy', 'Both images are not equal yet', {
          cure: 'Wait until the rest is copied, then switch.',
        })
      }
      const disk = at(job.vm, target)
      jobs.delete(key)
      job.abort.abort()
      if (!job.to || !job.isReady) return
      if (job.kind === 'copy') fillCopy(host, disk.source ?? '', job.to.path)
      if (how === 'stop') return
      if (job.kind === 'merge-top') {
        const places = layersOf(host, disk).map(({ place }) => place)
        mergeImages(host, places.slice(0, places.indexOf(job.to.path)), job.to.path)
      }
      putDiskOf(host, job.vm, target, job.to)
    },
  }
}

function noJob(target: string): AppError {
  return new AppError('invalid', `Nothing is being done with ${target}`, { cure: 'It has ended meanwhile.' })
}

function layersOf(host: FakeHost, disk: FakeDisk): DiskLayer[] {
  const layers: DiskLayer[] = []
  let place = disk.source
  let format = disk.format
  while (place !== undefined && layers.length < 50) {
    layers.push({ place, isFile: disk.sourceType === 'file', ...(format === undefined ? {} : { format }) })
    const file = host.files.get(place)
    place = file?.backingPath
    format = file?.backingFormat
  }
  return layers
}
