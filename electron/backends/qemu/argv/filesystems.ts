/** Folders of the host in the guest: https://libvirt.org/formatdomain.html#filesystems */
import { add, type Build, idOf } from './build'
import { place } from './controllers'
import { flag, number, options } from './options'
import type { Reading } from './reading'
import { virtioName, virtioOptions } from './virtio'

export function planFilesystem(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const driver = device.child('driver')
  const type = driver?.attr('type') ?? 'path'
  const source = device.child('source')
  const tag = device.child('target')?.attr('dir')
  const of = `shared folder ${tag ?? id}`
  if ((device.attr('type') ?? 'mount') !== 'mount' || !['path', 'handle', 'virtiofs'].includes(type)) {
    build.notes.push(`${of} is left out: QEMU shares folders only.`)
    device.whole()
    return
  }
  if (type === 'virtiofs') return planVirtiofs(build, device, { id, of, tag })
  const access = device.attr('accessmode') ?? 'passthrough'
  if (type === 'handle') build.notes.push(`${of}: it is shared by paths, as QEMU has no other way any more.`)
  add(
    build,
    of,
    `A folder of the host, which the guest mounts by its name: mount -t 9p -o trans=virtio ${tag ?? ''} /mnt`,
    '-fsdev',
    options('local', {
      security_model:
        { passthrough: 'passthrough', mapped: 'mapped-xattr', squash: 'none' }[access] ?? 'mapped-xattr',
      writeout: driver?.attr('wrpolicy'),
      multidevs: device.attr('multidevs'),
      fmode: device.attr('fmode'),
      dmode: device.attr('dmode'),
      id: `fsdev-${id}`,
      path: source?.attr('dir'),
      readonly: device.child('readonly') ? true : undefined,
    }),
    '-device',
    options(virtioName('virtio-9p', build.machine, device.attr('model')), {
      id,
      fsdev: `fsdev-${id}`,
      mount_tag: tag,
      ...virtioOptions(device),
      ...place(build, device),
    }),
  )
}

/** https://virtio-fs.gitlab.io: the folder is served by a program beside QEMU that shares the guest's memory. */
function planVirtiofs(
  build: Build,
  device: Reading,
  { id, of, tag }: { id: string; of: string; tag: string | undefined },
): void {
  const source = device.child('source')
  const external = source?.attr('socket')
  const socket = external ?? `${build.host.runFolder}/virtiofsd-${id}`
  const binary = device.child('binary')
  const driver = device.child('driver')
  device.attr('accessmode')
  const readOnly = device.child('readonly') !== undefined
  if (readOnly)
    build.notes.push(
      `${of}: the guest may write: virtiofsd of this kind has no read-only folders. Take 9p for one.`,
    )
  if (external === undefined) {
    // virtiofsd has a file of its own beside its socket
    const pidFile = `${build.host.runFolder}/share-${id}.pid`
    const lock = binary?.child('lock')
    const settings = [
      ['cache', binary?.child('cache')?.attr('mode')],
      ['sandbox', binary?.child('sandbox')?.attr('mode')],
    ] as const
    const switches = [
      ['xattr', flag(binary?.attr('xattr'))],
      ['posix_lock', flag(lock?.attr('posix'))],
      ['flock', flag(lock?.attr('flock'))],
    ] as const
    const threads = number(binary?.child('thread_pool')?.attr('size'))
    build.helpers.push({
      program: binary?.attr('path') ?? build.host.virtiofsd ?? '/usr/libexec/virtiofsd',
      words: [
        `--socket-path=${socket}`,
        ...(threads === undefined ? [] : [`--thread-pool-size=${threads}`]),
        '-o',
        [
          `source=${source?.attr('dir') ?? ''}`,
          ...settings.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
          ...switches.flatMap(([name, value]) => (value === undefined ? [] : [value ? name : `no_${name}`])),
        ].join(','),
      ],
      of,
      why: 'Serves the folder to the guest.',
      pidFile,
      socket,
    })
  }
  add(
    build,
    of,
    `A folder of the host, which the guest mounts by its name: mount -t virtiofs ${tag ?? ''} /mnt`,
    '-chardev',
    options('socket', { id: `chr-vu-${id}`, path: socket }),
    '-device',
    options(virtioName('vhost-user-fs', build.machine), {
      id,
      chardev: `chr-vu-${id}`,
      'queue-size': number(driver?.attr('queue')),
      tag,
      bootindex: build.bootIndexes.get(device),
      ...place(build, device),
    }),
  )
}
