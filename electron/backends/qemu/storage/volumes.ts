/** Volumes: the files of a pool's folder, made and changed by the host's qemu-img. */
import { AppError } from '../../../../shared/errors'
import { given } from '../../../../shared/given'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { VolumeList } from '../../../../shared/model/host-choices'
import type { ImageUser, Volume } from '../../../../shared/model/storage/volume'
import { whyNotResized } from '../../../../shared/model/storage/volume-abilities'
import { volumeFault } from '../../../../shared/model/storage/volume-rules'
import { newVolumeXml, writesTables } from '../../../domain-xml/storage/volume-document'
import { valuesOfVolume } from '../../../domain-xml/storage/volume-values'
import { writtenVolume } from '../../../domain-xml/storage/written-volume'
import type { ActionContext } from '../../backend'
import { diskOfOneVm, refuseWhileUsed } from '../../image-usage'
import { readImage } from '../../images/chain'
import { runLong } from '../../images/long-command'
import { toolError } from '../../images/tool-errors'
import type { StorageSession, VolumeAt } from '../../storage-session'
import { windowed } from '../../windowed'
import { cancelled } from '../errors'
import { openDisk } from '../blocks/nodes'
import { runningGuest, type QemuHost } from '../host'
import { needActive } from './pools'
import type { KeptPool, PoolsFile } from './pools-file'
import { filesOf, readUsage } from './usage'

type VolumesPart = Omit<
  Pick<
    StorageSession,
    | 'volumeNames'
    | 'volumeDetails'
    | 'usage'
    | 'previewVolume'
    | 'createVolume'
    | 'createVolumeFromXml'
    | 'cloneVolume'
    | 'resizeVolume'
    | 'wipeVolume'
    | 'deleteVolume'
    | 'prepareUpload'
  >,
  never
> & {
  /** As choosers list them. */
  choices(pool: string): Promise<VolumeList>
}

/** Each is a command on the host. */
const width = 4
const poolType = 'dir'

export function volumesPart(host: QemuHost, file: PoolsFile, changed: (pool: string) => void): VolumesPart {
  const { commands } = host
  const active = async (name: string): Promise<KeptPool> => {
    const pool = await file.find(name)
    needActive(pool)
    return pool
  }
  const usage = () => readUsage(host, file)
  const usersOf = async (path: string): Promise<readonly ImageUser[]> => (await usage()).users[path] ?? []
  const run = async (...argv: string[]): Promise<void> => {
    const { code, stderr } = await commands.run(argv, { timeoutMs: 600_000 })
    if (code !== 0) throw toolError(argv[0] ?? '', { stderr, code })
  }
  const isThere = async (path: string): Promise<boolean> =>
    (await commands.run(['test', '-e', path])).code === 0 ||
    (await commands.run(['test', '-L', path])).code === 0
  const details = async (pool: KeptPool, name: string): Promise<Volume | undefined> =>
    readVolume(host, pool, name)
  const found = async (at: VolumeAt): Promise<{ pool: KeptPool; volume: Volume }> => {
    const pool = await active(at.pool)
    const volume = await details(pool, at.volume)
    if (!volume) throw new AppError('not-found', 'The storage volume no longer exists')
    return { pool, volume }
  }
  /** The path that a new volume will have. */
  const place = async (pool: KeptPool, name: string): Promise<string> => {
    const path = pathIn(pool, name)
    if (await isThere(path)) {
      throw new AppError('already-exists', 'A storage volume with this name exists already', {
        field: 'name',
        cure: 'Choose another name.',
      })
    }
    await run('mkdir', '-p', '--', pool.path)
    return path
  }
  const create = async (pool: KeptPool, values: Values): Promise<void> => {
    const fault = volumeFault({ ...values, poolType })
    if (fault) throw new AppError('invalid', fault.message, fault)
    if (values['encrypted'] === true)
      throw new AppError('unsupported', 'Volumes are not encrypted without libvirt yet', {
        field: 'encrypted',
      })
    const path = await place(pool, plain(values['name']))
    await run(...createWords(path, values))
    try {
      for (const argv of rightsWords(path, values)) await run(...argv)
    } catch (error) {
      await commands.run(['rm', '-f', '--', path])
      throw error
    }
  }
  return {
    async volumeNames(name) {
      const pool = await active(name)
      const paths = (await filesOf(host, pool.path)).toSorted()
      return { volumes: paths.map((key) => ({ name: nameIn(key), key })), isTruncated: false }
    },
    async volumeDetails(name, names) {
      const pool = await active(name)
      const all = await windowed(names, width, (one) => details(pool, one))
      return { volumes: all.filter((one) => one !== undefined) }
    },
    async choices(name) {
      const pool = await active(name)
      const paths = (await filesOf(host, pool.path)).toSorted()
      const all = await windowed(paths, width, (path) => details(pool, nameIn(path)))
      return {
        volumes: all.flatMap((one) =>
          one
            ? [
                {
                  name: one.name,
                  path: one.path,
                  type: one.type,
                  ...given('format', one.format),
                  capacityBytes: one.capacityBytes,
                  allocationBytes: one.allocationBytes,
                },
              ]
            : [],
        ),
        isTruncated: false,
      }
    },
    usage,
    async previewVolume(name, wanted) {
      await active(name)
      const values = { ...wanted, poolType }
      return {
        xml: newVolumeXml(poolType, values, plain(wanted['name'])),
        writesTables: writesTables(poolType, values),
      }
    },
    async createVolume(name, values) {
      await create(await active(name), values)
      changed(name)
    },
    async createVolumeFromXml(name, xml, { writesTables: isWritten, from }, context) {
      const { root, name: volume } = writtenVolume(xml)
      const pool = await active(name)
      const values: Values = { ...valuesOfVolume(root, poolType), name: volume }
      if (from === undefined)
        await create(
          pool,
          isWritten && values['allocation'] === undefined ? { ...values, allocation: 'metadata' } : values,
        )
      else {
        const source = (await found({ pool: name, volume: from })).volume
        await copy(host, source, await place(pool, volume), plain(values['format']) || 'raw', context)
        const capacityBytes = Number(values['capacityBytes'] ?? 0)
        if (capacityBytes > source.capacityBytes)
          await run(
            'qemu-img',
            'resize',
            '-f',
            plain(values['format']) || 'raw',
            pathIn(pool, volume),
            String(capacityBytes),
          )
      }
      changed(name)
    },
    async cloneVolume(request, context) {
      if (context.signal.aborted) throw cancelled()
      const { volume } = await found(request)
      const to = await active(request.toPool)
      await copy(
        host,
        volume,
        await place(to, request.name),
        request.format ?? volume.format ?? 'raw',
        context,
      )
      changed(request.toPool)
    },
    async resizeVolume(at, { capacityBytes, allocate, shrink }) {
      const { volume } = await found(at)
      const users = await usersOf(volume.path)
      const running = users.filter(({ isRunning }) => isRunning)
      if (capacityBytes < volume.capacityBytes) {
        if (!shrink) {
          throw new AppError('invalid', 'This would cut off the end of the volume', {
            field: 'capacityBytes',
            cure: 'Enter a larger capacity, or say that it shall shrink.',
          })
        }
        refuseWhileUsed(at.volume, running, [], 'Shut it off first: a disk cannot shrink under a guest.')
      }
      const overlays = users.filter(({ kind }) => kind === 'image' || kind === 'backing')
      refuseWhileUsed(at.volume, overlays, [], 'Resize the image that is built on it instead.')
      const why = whyNotResized(volume.format)
      if (why !== undefined) throw new AppError('unsupported', why)
      const [user, ...others] = running
      if (user) await resizeUnderGuest(host, at, volume.path, [user, ...others], capacityBytes)
      else {
        await run(
          ...['qemu-img', 'resize', '-q', '-f', volume.format ?? 'raw'],
          ...(capacityBytes < volume.capacityBytes ? ['--shrink'] : []),
          ...(allocate ? ['--preallocation=falloc'] : []),
          ...[volume.path, String(capacityBytes)],
        )
      }
      changed(at.pool)
    },
    async wipeVolume(at, algorithm, context) {
      const { volume } = await found(at)
      const words = { zero: ['-n', '0', '-z'], random: ['-n', '1'] }[algorithm as string]
      if (!words) {
        throw new AppError(
          'unsupported',
          'Volumes are overwritten with zeros or chance only without libvirt',
          {
            cure: 'Overwrite it with zeros instead.',
          },
        )
      }
      refuseWhileUsed(at.volume, await usersOf(volume.path), [], 'Remove it there first.')
      const { code, stderr } = await runLong(commands, ['shred', ...words, '--', volume.path], { context })
      if (code !== 0) throw toolError('shred', { stderr, code })
      changed(at.pool)
    },
    async deleteVolume(at, evenUsed) {
      const { volume } = await found(at)
      if (!evenUsed)
        refuseWhileUsed(
          at.volume,
          await usersOf(volume.path),
          [],
          'Remove it there first, or delete it nevertheless.',
        )
      await run('rm', '-f', '--', volume.path)
      changed(at.pool)
    },
    async prepareUpload(at, sizeBytes) {
      const pool = await active(at.pool)
      await run('truncate', '-s', String(sizeBytes), '--', await place(pool, at.volume))
      changed(at.pool)
    },
  }
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A name with a way in it would lead out of the pool. */
export function pathIn({ path }: KeptPool, name: string): string {
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0'))
    throw new AppError('invalid', 'This is no name of a volume', { field: 'name' })
  return `${path}/${name}`
}

/** Undefined when it is gone. */
async function readVolume({ commands }: QemuHost, pool: KeptPool, name: string): Promise<Volume | undefined> {
  const path = pathIn(pool, name)
  const { stdout, code } = await commands.run(['stat', '-L', '--printf', '%s %b %B %Y %a %u %g', '--', path])
  if (code !== 0) return undefined
  const [size = 0, blocks = 0, unit = 0, seconds = 0, , owner = 0, group = 0] = stdout.split(' ').map(Number)
  const mode = stdout.split(' ')[4] ?? ''
  const { info } = await readImage(commands, path)
  const isRaw = info.format === 'raw'
  return {
    name,
    key: path,
    path,
    type: 'file',
    format: info.format,
    capacityBytes: isRaw ? size : info.virtualSizeBytes,
    allocationBytes: blocks * unit,
    ...given('backingPath', info.backingPath),
    ...given('backingFormat', info.backingFormat),
    isEncrypted: info.isEncrypted,
    modifiedAtMs: seconds * 1000,
    permissions: { mode: mode.padStart(4, '0'), owner, group },
    ...given('clusterSizeBytes', isRaw ? undefined : info.clusterSizeBytes),
  }
}

function createWords(path: string, values: Values): string[] {
  const format = plain(values['format']) || 'raw'
  const options: string[] = []
  const add = (name: string, value: string): void =>
    void (value === '' ? undefined : options.push(`${name}=${value}`))
  const allocation = plain(values['allocation'])
  if (format === 'qcow2') {
    const isNew = values['lazyRefcounts'] === true || values['extendedL2'] === true
    add('compat', plain(values['compat']) || (isNew ? '1.1' : ''))
    add('cluster_size', plain(values['clusterSizeBytes']))
    if (values['lazyRefcounts'] === true) add('lazy_refcounts', 'on')
    if (values['extendedL2'] === true) add('extended_l2', 'on')
    if (values['backingPath'] === undefined)
      add('preallocation', { metadata: 'metadata', full: 'falloc' }[allocation] ?? '')
  } else if (format === 'raw' && allocation === 'full') add('preallocation', 'falloc')
  if (values['nocow'] === true) add('nocow', 'on')
  const base = plain(values['backingPath'])
  const capacity = values['capacityBytes']
  return [
    ...['qemu-img', 'create', '-q', '-f', format],
    ...options.flatMap((option) => ['-o', option]),
    ...(base === '' ? [] : ['-b', base, '-F', plain(values['backingFormat']) || 'raw']),
    path,
    ...(capacity === undefined ? [] : [String(Number(capacity))]),
  ]
}

function rightsWords(path: string, values: Values): string[][] {
  const [mode, owner, group] = ['mode', 'owner', 'group'].map((name) => plain(values[name]))
  return [
    ...(mode ? [['chmod', mode, '--', path]] : []),
    ...(owner || group ? [['chown', `${owner ?? ''}:${group ?? ''}`, '--', path]] : []),
  ]
}

async function copy(
  { commands }: QemuHost,
  from: Volume,
  target: string,
  format: string,
  context: ActionContext,
): Promise<void> {
  const argv = ['qemu-img', 'convert', '-p', '-f', from.format ?? 'raw', '-O', format, from.path, target]
  const { code, stderr } = await runLong(commands, argv, { target, context })
  if (code !== 0) throw toolError('qemu-img', { stderr, code })
  context.onProgress(1)
}

async function resizeUnderGuest(
  host: QemuHost,
  at: VolumeAt,
  path: string,
  running: readonly ImageUser[],
  capacityBytes: number,
): Promise<void> {
  const disk = diskOfOneVm(at.volume, running, 'Shut them off first, then resize it.')
  if (!disk) return
  const { guest } = await runningGuest(host, disk.vm)
  // an image below is called like the disk, once there is an overlay on it
  const { top } = await openDisk(guest, disk.target, path)
  await guest.execute('block_resize', { 'node-name': top.name, size: capacityBytes })
}
