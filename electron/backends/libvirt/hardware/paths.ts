/**
 * Whether files that changes name are there and can be used, asked before anything is stored: libvirt stores any path,
 * and the guest would fail at its next start. Known only where commands run on the daemon's own host.
 */
import { AppError } from '../../../../shared/errors'
import type { Values } from '../../../../shared/model/hardware/field'
import type { Kind } from '../../../../shared/model/hardware/kind'
import { kindOf } from '../../../../shared/model/hardware/kinds'
import type { WorkedOut } from '../../../domain-xml/hardware/work-out'
import type { EditElement } from '../../../domain-xml/edit/tree'
import type { LibvirtHost } from '../host'
import { isSameHost } from '../../host/details-files'
import { emulatorUser, whyOutOfReach } from './emulator-reach'

interface NamedPath {
  readonly field: string
  readonly label: string
  readonly path: string
  readonly isFolder: boolean
}

const limitMs = 6000

export async function checkPaths(
  host: LibvirtHost,
  { applied, after }: WorkedOut,
  hostname: string,
): Promise<void> {
  const paths = applied.flatMap(({ change }) => {
    if (change.kind === 'set') return pathsIn(kindOf(change.item.kind), change.values)
    return change.kind === 'add' ? pathsIn(kindOf(change.device), change.values) : []
  })
  if (paths.length === 0 || host.link.entersHost === false) return
  const found = await look(host, paths, after.root, hostname)
  if (!found) return
  for (const { field, label, path } of paths) {
    const problem = found.get(path)
    if (problem !== undefined) {
      throw new AppError('not-found', `${label}: ${problem}`, {
        field,
        cure: 'Check the path on the host, or choose another one.',
        detail: path,
      })
    }
  }
}

function pathsIn(kind: Kind | undefined, values: Values): NamedPath[] {
  return Object.entries(values).flatMap(([id, value]) => {
    const field = kind?.fields[id]
    if (field?.type.kind !== 'path' || !field.type.mustExist || typeof value !== 'string') return []
    return [{ field: id, label: field.label, path: value, isFolder: field.type.isFolder ?? false }]
  })
}

/** What is wrong with each path that has something wrong; undefined when the host cannot be asked. */
async function look(
  host: LibvirtHost,
  paths: readonly NamedPath[],
  domain: EditElement,
  hostname: string,
): Promise<Map<string, string> | undefined> {
  const run = (argv: string[]) => host.link.run(argv, { signal: AbortSignal.timeout(limitMs) })
  try {
    const here = await run(['uname', '-n'])
    if (!isSameHost(here.stdout, hostname)) return undefined
    const user = await emulatorUser(host, domain)
    const problems = new Map<string, string>()
    for (const { path, isFolder } of paths) {
      const problem =
        (await whyUnfit(run, path, isFolder)) ??
        // folders are served to the guest by helpers, which run as root
        (user && !isFolder ? await whyOutOfReach(run, user, path) : undefined)
      if (problem !== undefined) problems.set(path, problem)
    }
    return problems
  } catch (error) {
    if (error instanceof AppError || (error instanceof Error && error.name === 'TimeoutError'))
      return undefined
    throw error
  }
}

async function whyUnfit(
  run: (argv: string[]) => Promise<{ readonly code: number }>,
  path: string,
  isFolder: boolean,
): Promise<string | undefined> {
  const is = async (what: string, at: string): Promise<boolean> => (await run(['test', what, at])).code === 0
  if (await is('-d', path)) return isFolder ? undefined : 'This is a folder'
  if (await is('-e', path)) return isFolder ? 'This is no folder' : undefined
  const folder = path.slice(0, path.lastIndexOf('/')) || '/'
  return (await is('-x', folder))
    ? `There is no such ${isFolder ? 'folder' : 'file'} on the host`
    : 'The folder does not exist on the host, or may not be entered'
}
