import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { randomFile, sparseFile } from '../../bench/transfer/test-files'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import { run } from '../../e2e/lab/run'
import type { TaskId } from '../../shared/model/ids'
import type { Task } from '../../shared/model/task'
import { libvirtBackend } from '../backends/libvirt/libvirt-backend'
import { LocalFiles } from '../files/local-files'
import { LiveFleet } from '../hosts/testing/live-fleet'
import { daemonProcess } from './testing/daemon-process'
import { TaskWatch } from './testing/task-watch'
import { Transfers } from './transfers'

const mib = 1024 * 1024
const poolPath = '/var/lib/transfer-test'

/** Files of this machine to a pool of 700 MiB on a real host and back, also where the host or the network fails meanwhile. */
describe('uploads and downloads', () => {
  let lab: Lab
  let host: LabHost
  let fleet: LiveFleet
  let folder: string
  let transfers: Transfers
  const tasks = new TaskWatch()
  const files = new LocalFiles()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-transfer-'))
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    await host.exec(['mkdir', '-p', poolPath])
    await host.exec(['mount', '-t', 'tmpfs', '-o', 'size=700M', 'test', poolPath])
    await host.virsh(['pool-create-as', 'small', 'dir', '--target', poolPath])
    fleet = await LiveFleet.open(libvirtBackend())
    await fleet.add('A', { uri: host.uri() })
    transfers = makeTransfers()
  })

  afterEach(async () => {
    await host.exec(['sh', '-c', `rm -f ${poolPath}/*`])
    await host.virsh(['pool-refresh', 'small'])
  })

  afterAll(async () => {
    await fleet?.close()
    await host?.virsh(['pool-destroy', 'small']).catch(() => undefined)
    await host?.exec(['umount', poolPath]).catch(() => undefined)
    await rm(folder, { recursive: true, force: true })
    await lab?.stop()
  })

  const makeTransfers = (): Transfers =>
    new Transfers({ hosts: fleet.registry, tasks: tasks.list, files, directory: join(folder, 'kept') })

  async function upload(path: string, name: string, more: { overwrite?: boolean; resume?: boolean } = {}) {
    const { id: file } = await files.toRead(path)
    const wish = { overwrite: false, resume: false, ...more }
    return transfers.upload({ host: fleet.id('A'), pool: 'small', file, name, ...wish })
  }

  function download(volume: string, path: string): TaskId {
    return transfers.download({ host: fleet.id('A'), pool: 'small', volume, file: files.toWrite(path).id })
  }

  /** After it was killed. The pool, which is not stored, is made again where the daemon has forgotten it. */
  async function restartDaemon(): Promise<void> {
    // tidies up what the dead one left, and waits until it is gone
    await host.killDaemon()
    await host.startDaemon()
    await fleet.connected('A')
    const pools = await host.virsh(['pool-list', '--name'])
    if (!pools.split(/\s+/).includes('small'))
      await host.virsh(['pool-create-as', 'small', 'dir', '--target', poolPath])
  }

  const volumes = async (): Promise<string[]> =>
    (await host.exec(['ls', poolPath])).split('\n').filter((name) => name !== '')
  const shaThere = async (name: string): Promise<string> =>
    (await host.exec(['sha256sum', `${poolPath}/${name}`])).split(' ')[0] ?? ''
  const storedThere = async (name: string): Promise<number> =>
    1024 * Number((await host.exec(['du', '-k', `${poolPath}/${name}`])).split('\t')[0])
  const succeeded = async (id: TaskId): Promise<Task> => {
    const task = await tasks.ended(id)
    expect(task).toMatchObject({ state: 'succeeded' })
    return task
  }

  it('bring a file there and back byte for byte, and tell how far they are', async () => {
    const { path, sizeBytes } = await randomFile(join(folder, 'random'), 100)
    const delay = monitorEventLoopDelay({ resolution: 2 })
    delay.enable()
    const task = await succeeded(await upload(path, 'disk.img'))
    expect(task.amount).toMatchObject({ doneBytes: sizeBytes, totalBytes: sizeBytes })
    expect(tasks.states(task.id).length).toBeGreaterThan(2)
    expect(await shaThere('disk.img')).toBe(await sha(path))
    const back = join(folder, 'back')
    const down = await succeeded(download('disk.img', back))
    delay.disable()
    expect(down.amount).toMatchObject({ doneBytes: sizeBytes, totalBytes: sizeBytes })
    expect(await sha(back)).toBe(await sha(path))
    expect(existsSync(`${back}.part`)).toBe(false)
    const ms = (ns: number): number => Math.round(ns / 1e5) / 10
    process.stdout.write(`main loop: p99 ${ms(delay.percentile(99))} ms, longest ${ms(delay.max)} ms\n`)
  })

  it('keep holes on the way up and down', async () => {
    const { path, sizeBytes } = await sparseFile(join(folder, 'sparse'), 1024, 8)
    await succeeded(await upload(path, 'sparse.img'))
    expect(Number(await host.exec(['stat', '-c', '%s', `${poolPath}/sparse.img`]))).toBe(sizeBytes)
    expect(await storedThere('sparse.img')).toBeLessThanOrEqual(9 * mib)
    const back = join(folder, 'sparse-back')
    await succeeded(download('sparse.img', back))
    const { size, blocks } = await stat(back)
    expect(size).toBe(sizeBytes)
    expect(blocks * 512).toBeLessThanOrEqual(9 * mib)
    await run(['cmp', path, back])
  })

  it('let the host see the format of what it was given', async () => {
    const path = join(folder, 'image.qcow2')
    await run(['qemu-img', 'create', '-q', '-f', 'qcow2', path, '3G'])
    await succeeded(await upload(path, 'image.qcow2'))
    const { volumes: found } = await fleet.registry
      .get(fleet.id('A'))
      .storage.volumeDetails('small', ['image.qcow2'])
    expect(found).toMatchObject([{ format: 'qcow2', capacityBytes: 3 * 1024 * mib }])
  })

  it('write over a volume only when told to, and leave nothing of it', async () => {
    const large = await randomFile(join(folder, 'large'), 8)
    const little = await randomFile(join(folder, 'little'), 3)
    await succeeded(await upload(large.path, 'a.img'))
    expect(await tasks.ended(await upload(little.path, 'a.img'))).toMatchObject({
      state: 'failed',
      error: { kind: 'already-exists', field: 'name' },
    })
    expect(await shaThere('a.img')).toBe(await sha(large.path))
    await succeeded(await upload(little.path, 'a.img', { overwrite: true }))
    expect(await shaThere('a.img')).toBe(await sha(little.path))
  })

  it('are refused before they begin when the pool lacks the space', async () => {
    const path = join(folder, 'too-large')
    await run(['fallocate', '-l', '900M', path])
    const task = await tasks.ended(await upload(path, 'too-large.img'))
    await rm(path)
    expect(task).toMatchObject({ state: 'failed', error: { kind: 'busy' } })
    expect(task.error?.message).toBe('Pool small has 700 MiB left, and 900 MiB are needed')
    expect(await volumes()).toEqual([])
  })

  it('tell that the pool became full meanwhile, and leave no half volume', async () => {
    // behind libvirt's back, which still believes in 700 MiB
    await host.exec(['fallocate', '-l', '660M', `${poolPath}/filler`])
    const { path } = await randomFile(join(folder, 'random'), 100)
    const task = await tasks.ended(await upload(path, 'full.img'))
    expect(task).toMatchObject({ state: 'failed', error: { kind: 'busy', message: 'Pool small is full' } })
    expect(task.error?.detail).toContain('No space left')
    expect(task.error?.cure).toContain('was removed')
    expect(await volumes()).toEqual(['filler'])
    expect(await transfers.unfinished(fleet.id('A'))).toEqual([])
  })

  it('tell that the pool may not be written to', async () => {
    const { path } = await randomFile(join(folder, 'random'), 1)
    await host.exec(['mount', '-o', 'remount,ro', poolPath])
    try {
      const task = await tasks.ended(await upload(path, 'denied.img'))
      expect(task).toMatchObject({ state: 'failed', error: { kind: 'denied' } })
      expect(task.error?.detail).toContain('Read-only file system')
    } finally {
      await host.exec(['mount', '-o', 'remount,rw', poolPath])
    }
    expect(await volumes()).toEqual([])
  })

  it('leave nothing when they are cancelled', async () => {
    const { path } = await randomFile(join(folder, 'random'), 600)
    const up = await upload(path, 'cancelled.img')
    await tasks.until(up, ({ progress = 0 }) => progress > 0.02)
    tasks.list.cancel(up)
    const cancelled = await tasks.ended(up)
    expect(cancelled.state).toBe('cancelled')
    expect(cancelled).not.toHaveProperty('error')
    expect(await volumes()).toEqual([])

    await succeeded(await upload(path, 'whole.img'))
    const back = join(folder, 'cancelled')
    const down = download('whole.img', back)
    await tasks.until(down, ({ progress = 0 }) => progress > 0.02)
    tasks.list.cancel(down)
    expect((await tasks.ended(down)).state).toBe('cancelled')
    expect(existsSync(back) || existsSync(`${back}.part`)).toBe(false)
  })

  it('go on after the daemon was killed, also in an app that was started anew', async () => {
    const { path, sizeBytes } = await randomFile(join(folder, 'random'), 600)
    const daemon = await daemonProcess(host)
    const up = await upload(path, 'cut.img')
    await tasks.until(up, ({ progress = 0 }) => progress > 0.02)
    process.kill(daemon, 'SIGKILL')
    const cut = await tasks.ended(up)
    await restartDaemon()
    expect(cut).toMatchObject({ state: 'failed', error: { kind: 'unreachable' } })
    expect(cut.error?.message).toMatch(/^The connection was lost after .+ of 600 MiB of random$/)
    expect(cut.error?.cure).toContain('resume the upload')

    transfers = makeTransfers()
    const [left] = await transfers.unfinished(fleet.id('A'))
    expect(left).toMatchObject({ pool: 'small', volume: 'cut.img', localName: 'random', sizeBytes })
    const again = transfers.upload({
      host: fleet.id('A'),
      pool: 'small',
      file: left?.file ?? '',
      name: 'cut.img',
      overwrite: false,
      resume: true,
    })
    await succeeded(again)
    const first = tasks.states(again).find(({ amount }) => amount !== undefined)
    expect(first?.amount?.doneBytes).toBeGreaterThan(2 * mib)
    expect(await shaThere('cut.img')).toBe(await sha(path))
    expect(await transfers.unfinished(fleet.id('A'))).toEqual([])
  })

  it('step back where the host has less than was sent', async () => {
    const { path, sizeBytes } = await randomFile(join(folder, 'random'), 40)
    await succeeded(await upload(path, 'short.img'))
    // as a host that lost what it had not yet written
    await host.exec(['truncate', '-s', `${21 * mib}`, `${poolPath}/short.img`])
    const { mtimeMs } = await stat(path)
    await writeFile(
      join(folder, 'kept/unfinished-uploads.json'),
      JSON.stringify([
        {
          host: fleet.id('A'),
          pool: 'small',
          volume: 'short.img',
          path,
          sizeBytes,
          modifiedAtMs: mtimeMs,
          sentBytes: 38 * mib,
          endedAtMs: 1,
        },
      ]),
    )
    transfers = makeTransfers()
    const again = await upload(path, 'short.img', { resume: true })
    await succeeded(again)
    const first = tasks.states(again).find(({ amount }) => amount !== undefined)
    expect(first?.amount?.doneBytes).toBeLessThanOrEqual(22 * mib)
    expect(first?.amount?.doneBytes).toBeGreaterThan(14 * mib)
    expect(await shaThere('short.img')).toBe(await sha(path))
  })

  it('are not resumed with a file that was changed', async () => {
    const { path } = await randomFile(join(folder, 'changed'), 600)
    const daemon = await daemonProcess(host)
    const up = await upload(path, 'changed.img')
    await tasks.until(up, ({ progress = 0 }) => progress > 0.02)
    process.kill(daemon, 'SIGKILL')
    expect(await tasks.ended(up)).toMatchObject({ error: { kind: 'unreachable' } })
    await restartDaemon()
    await writeFile(path, 'another')
    const [left] = await transfers.unfinished(fleet.id('A'))
    expect(left).not.toHaveProperty('file')
    expect(await tasks.ended(await upload(path, 'changed.img', { resume: true }))).toMatchObject({
      state: 'failed',
      error: { kind: 'invalid', message: 'changed was changed since the upload was interrupted' },
    })
  })

  it('tell that the disk of this computer is full, and leave no half file', async () => {
    const { path } = await randomFile(join(folder, 'random'), 40)
    await succeeded(await upload(path, 'disk.img'))
    const small = join(folder, 'small')
    await mkdir(small)
    await run(['mount', '-t', 'tmpfs', '-o', 'size=20M', 'test', small])
    try {
      const task = await tasks.ended(download('disk.img', join(small, 'back')))
      expect(task).toMatchObject({ state: 'failed', error: { kind: 'busy' } })
      expect(task.error?.message).toBe('The disk of this computer is full: back could not be written')
      expect(existsSync(join(small, 'back.part'))).toBe(false)
    } finally {
      await run(['umount', small])
    }
  })
})

async function sha(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
