import type { CreateSnapshotInput } from './inputs'

/** Words of `virsh snapshot-create-as`; see virsh(1), snapshot-create-as, for --diskspec and --memspec. */
export function createWords(
  vmName: string,
  wish: Omit<CreateSnapshotInput, 'host' | 'vm'>,
): readonly string[] {
  const isExternal = wish.kind === 'external'
  return [
    'snapshot-create-as',
    vmName,
    wish.name,
    ...(wish.description === '' ? [] : ['--description', wish.description]),
    ...(isExternal && !wish.withMemory ? ['--disk-only'] : []),
    ...(isExternal && wish.withMemory
      ? ['--memspec', spec([['snapshot', 'external'], ...file(wish.memoryFile)])]
      : []),
    ...(wish.live ? ['--live'] : []),
    ...(wish.quiesce ? ['--quiesce'] : []),
    ...(wish.reuse ? ['--reuse-external'] : []),
    ...wish.disks.flatMap(({ target, kind, file: path }) => [
      '--diskspec',
      `${comma(target)},${spec([['snapshot', kind === 'none' ? 'no' : kind], ...file(path)])}`,
    ]),
    '--atomic',
  ]
}

const file = (path: string | undefined): [string, string][] => (path === undefined ? [] : [['file', path]])
const spec = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([key, value]) => `${key}=${comma(value)}`).join(',')
/** A comma is doubled, as virsh splits at single ones. */
const comma = (text: string): string => text.replaceAll(',', ',,')
