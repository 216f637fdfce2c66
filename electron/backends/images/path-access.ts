/**
 * Whether the user that runs VMs gets to a path. libvirt gives it the image itself when a VM starts, but no folder on the
 * way, so an image in somebody's home is the usual reason for a VM that does not start.
 */
import type { PathAccess } from '../../../shared/model/storage/image'
import { given } from '../../../shared/given'
import { accessFix, fileFix } from './access-fix'
import { keepsOwners } from './keeps-owners'
import { AppError } from '../../../shared/errors'
import type { HostCommands } from './host-commands'
import { modeAllows, readModes, type Who } from './modes'
import { toolError } from './tool-errors'
import type { VmUser } from './vm-user'

export async function readPathAccess(
  host: HostCommands,
  user: VmUser | undefined,
  path: string,
): Promise<PathAccess> {
  const folders = foldersTo(path)
  const all = [...folders, path]
  const modes = await readModes(host, all)
  const own = modes.get(path)
  const exists = own !== undefined
  if (!user) return { path, exists, why: 'This host does not tell which user runs its VMs' }
  if (user.uid === '0') {
    return { path, exists, canRead: exists, canWrite: exists, user: 'root' }
  }
  const who = await whoIs(host, user)
  const seen = await eyesOf(host, user)
  const mayEnter = async (folder: string): Promise<boolean> => {
    const mode = modes.get(folder)
    // as that user itself where we may; otherwise by the bits, which say nothing of access lists
    return seen ? seen('-x', folder) : mode !== undefined && modeAllows(mode, who, 'x')
  }
  const wanted = own?.isFolder === true ? all : folders
  for (const [at, folder] of wanted.entries()) {
    if (!modes.has(folder)) break
    if (await mayEnter(folder)) continue
    const closed = wanted.slice(at).filter((one) => {
      const mode = modes.get(one)
      return one === folder || (mode !== undefined && !modeAllows(mode, who, 'x'))
    })
    return {
      path,
      exists,
      canRead: false,
      canWrite: false,
      user: who.name,
      blockedAt: folder,
      why: `VMs run as user “${who.name}”, who may not go through the folder ${folder}`,
      fix: await accessFix(host, who, closed, modes),
    }
  }
  if (!own) return { path, exists, user: who.name, why: 'There is no such file on the host' }
  const may = async (what: 'r' | 'w'): Promise<boolean> =>
    seen ? seen(`-${what}`, path) : modeAllows(own, who, what)
  const [canRead, canWrite] = [await may('r'), await may('w')]
  if (!canRead && !own.isFolder && (await keepsOwners(host))) {
    return {
      path,
      exists,
      canRead,
      canWrite,
      user: who.name,
      blockedAt: path,
      why: `VMs run as user “${who.name}”, who may not read ${path}, and this host hands no files over (dynamic_ownership is 0)`,
      fix: await fileFix(host, who, path, own),
    }
  }
  return {
    path,
    exists,
    canRead,
    canWrite,
    user: who.name,
    ...given('why', canRead || own.isFolder ? undefined : handedOver),
  }
}

const handedOver = 'The file itself is not open to that user, but libvirt hands it over when a VM starts'

export async function grantPathAccess(
  host: HostCommands,
  user: VmUser | undefined,
  path: string,
): Promise<void> {
  const { fix, blockedAt } = await readPathAccess(host, user, path)
  if (!fix) return
  const { code, stderr } = await host.run(fix.argv)
  const tool = fix.argv[0] ?? ''
  if (code !== 0 && /not supported/i.test(stderr)) {
    throw new AppError('unsupported', 'The file system there keeps no access lists', {
      cure:
        blockedAt === path
          ? `Let everybody read the file instead: chmod o+r ${path}`
          : `Let everybody go through the folder instead: chmod o+x ${blockedAt ?? ''}`,
      detail: stderr.trim(),
    })
  }
  if (code !== 0) throw toolError(tool, { stderr, code })
  const after = await readPathAccess(host, user, path)
  if (after.blockedAt === undefined) return
  throw new AppError('denied', after.why ?? 'The path is still closed', {
    cure: 'Something else keeps that user out, such as the rules of a file server or of SELinux or AppArmor.',
    detail: fix.argv.join(' '),
  })
}

/** "/", "/home", "/home/anna" for "/home/anna/disk.img". */
export function foldersTo(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  return ['/', ...parts.slice(0, -1).map((_, at) => `/${parts.slice(0, at + 1).join('/')}`)]
}

async function whoIs(host: HostCommands, { uid, gid }: VmUser): Promise<Who> {
  const [name, groups] = await Promise.all([host.run(['id', '-nu', uid]), host.run(['id', '-G', uid])])
  const all = groups.stdout.split(/\s+/).filter((one) => /^\d+$/.test(one))
  return { uid, groups: new Set([gid, ...all]), name: name.stdout.trim() || uid }
}

/** Only root may look with another user's eyes. */
async function eyesOf(
  host: HostCommands,
  { uid, gid }: VmUser,
): Promise<((what: string, path: string) => Promise<boolean>) | undefined> {
  const { stdout } = await host.run(['id', '-u'])
  const isItself = stdout.trim() === uid
  const as = isItself ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups']
  const seen = async (what: string, path: string): Promise<boolean> =>
    (await host.run([...as, 'test', what, path])).code === 0
  return (await host.run([...as, 'test', '-d', '/'])).code === 0 ? seen : undefined
}
