/** Snapshots inside of images: by QEMU's own jobs while the VM runs (since QEMU 6.0; savevm and its like before), by qemu-img while it is off. */
import { AppError } from '../../../../shared/errors'
import type { SnapshotFacts } from '../../../domain-xml/snapshots/document'
import type { ActionContext } from '../../backend'
import { readImage } from '../../images/chain'
import type { HostCommands } from '../../images/host-commands'
import { toolError } from '../../images/tool-errors'
import { longMs, runJob } from '../blocks/jobs'
import { openDisk } from '../blocks/nodes'
import type { Guest } from '../guest'

export interface InnerDisk {
  readonly target: string
  readonly path: string
}

type Verb = 'save' | 'load' | 'delete'

const oldWords: Readonly<Record<Verb, string>> = { save: 'savevm', load: 'loadvm', delete: 'delvm' }
const limitMs = 600_000

export function innerDisks({ disks }: Pick<SnapshotFacts, 'disks'>): InnerDisk[] {
  return disks.flatMap(({ kind, target, file }) =>
    kind === 'internal' && file !== undefined ? [{ target, path: file }] : [],
  )
}

/** Of a guest that runs, with its memory. It stands still meanwhile, and is as it was afterwards. */
export async function whileItRuns(
  guest: Guest,
  verb: Verb,
  tag: string,
  disks: readonly InnerDisk[],
  context: ActionContext,
): Promise<void> {
  const command = `snapshot-${verb}`
  if (!(await guest.has(command))) {
    const said = (await guest.hmp(`${oldWords[verb]} ${quoted(tag)}`, { timeoutMs: longMs })).trim()
    if (said !== '')
      throw new AppError('invalid', 'QEMU could not do this', { cure: cures[verb], detail: said })
    return
  }
  const nodes = await Promise.all(
    disks.map(async ({ target, path }) => (await openDisk(guest, target, path)).top.name),
  )
  const [first = ''] = nodes
  await runJob(guest, {
    command,
    args: { tag, devices: nodes, ...(verb === 'delete' ? {} : { vmstate: first }) },
    name: { word: 'snapshot', of: verb },
    context,
    cure: cures[verb],
  })
}

const cures: Readonly<Record<Verb, string>> = {
  save: 'Nothing was kept, and the VM goes on. See what QEMU says.',
  load: 'The VM may stand still, with a memory that fits its disks no more: force it off before you start it again.',
  delete: 'See what QEMU says. Images are whole.',
}

/** A word of the monitor for people, which knows quotes and backslashes (monitor/hmp.c, get_str). */
function quoted(tag: string): string {
  return `"${tag.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** All disks or none of them. */
export async function takeOff(
  commands: HostCommands,
  tag: string,
  disks: readonly InnerDisk[],
): Promise<void> {
  const taken: InnerDisk[] = []
  try {
    for (const disk of disks) {
      await must(commands, ['qemu-img', 'snapshot', '-c', tag, disk.path])
      taken.push(disk)
    }
  } catch (error) {
    await removeOff(commands, tag, taken).catch(() => undefined)
    throw error
  }
}

/** By its number, as a name of digits could be taken for another one's. All are looked for before one is changed. */
export async function applyOff(
  commands: HostCommands,
  tag: string,
  disks: readonly InnerDisk[],
): Promise<void> {
  const found = await Promise.all(
    disks.map(async ({ path }) => {
      const { info } = await readImage(commands, path)
      const inside = info.snapshots.find(({ name }) => name === tag)
      if (inside) return { path, id: inside.id }
      throw new AppError('not-found', `${path} has no snapshot “${tag}” inside any more`, {
        cure: 'Nothing was changed. Something else has removed it; forget the snapshot.',
      })
    }),
  )
  for (const { path, id } of found) await must(commands, ['qemu-img', 'snapshot', '-a', id, path])
}

/** An image that does not have it any more is passed over. */
export async function removeOff(
  commands: HostCommands,
  tag: string,
  disks: readonly InnerDisk[],
): Promise<void> {
  for (const { path } of disks) {
    const { info } = await readImage(commands, path)
    if (info.snapshots.some(({ name }) => name === tag))
      await must(commands, ['qemu-img', 'snapshot', '-d', tag, path])
  }
}

async function must(commands: HostCommands, argv: readonly string[]): Promise<void> {
  const { code, stderr } = await commands.run(argv, { timeoutMs: limitMs })
  if (code !== 0) throw toolError('qemu-img', { code, stderr })
}
