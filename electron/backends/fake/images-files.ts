/** Folders of a demo host. Most of what is there are images; one home is closed, as homes are. */
import { AppError } from '../../../shared/errors'
import type { HostFile, HostFolder, PathAccess } from '../../../shared/model/storage/image'
import type { FakeHost } from './fake-host'
import { discContent } from './iso-image'

const emptyFolders = ['/etc/libvirt', '/srv/backup', '/tmp', '/usr/share/OVMF']
const closedHome = '/home/anna'
const changedAtMs = 1_700_000_000_000

const moreFiles: readonly (readonly [path: string, sizeBytes: number])[] = [
  ['/home/anna/virtio-win.iso', 735_942_656],
  ['/home/anna/notes.txt', 1800],
  ['/srv/iso/debian-12-netinst.iso', 660_602_880],
]

export function folderOf(host: FakeHost, path: string): HostFolder {
  if (host.files.has(path)) throw new AppError('invalid', 'This is no folder', { detail: path })
  const folder = path === '/' ? '/' : `${path.replace(/\/+$/, '')}/`
  const files = new Map<string, HostFile>()
  const paths: (readonly [string, number | undefined, (string | undefined)?])[] = [
    ...[...host.files].map(([at, { allocationBytes, mode }]) => [at, allocationBytes, mode] as const),
    ...moreFiles,
    ...emptyFolders.map((at) => [`${at}/`, undefined] as const),
  ]
  let isThere = folder === '/'
  for (const [at, sizeBytes, mode] of paths) {
    if (!at.startsWith(folder)) continue
    isThere = true
    const [name = '', ...rest] = at.slice(folder.length).split('/')
    if (name === '') continue
    const isFolder = rest.length > 0
    files.set(name, {
      name,
      isFolder,
      isLink: false,
      modifiedAtMs: changedAtMs,
      ...(isFolder || sizeBytes === undefined ? {} : { sizeBytes }),
      ...(isFolder || mode === undefined ? {} : { isExecutable: (Number.parseInt(mode, 8) & 0o111) !== 0 }),
    })
  }
  if (!isThere) {
    throw new AppError('not-found', 'A file this needs is not on the host', {
      cure: 'It may have been moved or deleted; see what the host says.',
      detail: `find: ‘${path}’: No such file or directory`,
    })
  }
  const found = [...files.values()].toSorted(
    (a, b) => Number(b.isFolder) - Number(a.isFolder) || (a.name < b.name ? -1 : 1),
  )
  return { path, files: found, isTruncated: false }
}

/** Of a file that nobody uploaded to, as far as it is a disc: all else is zeros. */
export function partOf(host: FakeHost, path: string, offsetBytes: number, lengthBytes: number): Uint8Array {
  const sizeBytes = host.files.get(path)?.sizeBytes ?? moreFiles.find(([at]) => at === path)?.[1]
  if (sizeBytes === undefined) {
    throw new AppError('not-found', 'A file this needs is not on the host', {
      cure: 'It may have been moved or deleted; see what the host says.',
      detail: `od: ${path}: No such file or directory`,
    })
  }
  const content = host.files.get(path)?.content ?? discContent(path)
  const part = new Uint8Array(Math.max(0, Math.min(lengthBytes, sizeBytes - offsetBytes)))
  if (content === undefined) return part
  for (let at = 0; at < part.length; ) {
    const found = content.read(offsetBytes + at, part.length - at)
    if (found.bytes) part.set(found.bytes, at)
    at += found.lengthBytes
  }
  return part
}

const homes = new WeakMap<FakeHost, HomeFolder>()

/** Closed to the user that runs VMs, until somebody opens it; the same for all sessions of a host. */
export class HomeFolder {
  #isOpen = false

  static of(host: FakeHost): HomeFolder {
    const home = homes.get(host) ?? new HomeFolder()
    homes.set(host, home)
    return home
  }

  access(path: string, isImage: boolean): PathAccess {
    const exists = isImage || moreFiles.some(([at]) => at === path || at.startsWith(`${path}/`))
    const user = 'libvirt-qemu'
    if (this.#isOpen || !path.startsWith(`${closedHome}/`)) {
      return { path, exists, user, ...(exists ? { canRead: true, canWrite: true } : {}) }
    }
    return {
      path,
      exists,
      canRead: false,
      canWrite: false,
      user,
      blockedAt: closedHome,
      why: `VMs run as user “${user}”, who may not go through the folder ${closedHome}`,
      fix: {
        argv: ['setfacl', '-m', `u:${user}:x`, '--', closedHome],
        undo: ['setfacl', '-x', `u:${user}`, '--', closedHome],
        paths: [closedHome],
        explanation: `User “${user}” alone may then go through ${closedHome}, without seeing what else is in there.`,
      },
    }
  }

  open(path: string): void {
    if (path.startsWith(`${closedHome}/`)) this.#isOpen = true
  }
}
