/** Snapshots by the files of a VM that is off, with the host's own qemu-img. */
import { randomUUID } from 'node:crypto'
import { AppError, errorData } from '../../../shared/errors'
import { allowed, refused, type Verdict } from '../../../shared/model/snapshots/verdict'
import type { ActionContext } from '../backend'
import type { MergeOrder, Overlay } from './driver'
import { readChain } from '../images/chain'
import type { HostCommands } from '../images/host-commands'
import { runLong } from '../images/long-command'
import { toolError } from '../images/tool-errors'

/**
 * In steps after each of which the chain is whole: what the overlay has is in the base, then the file above is told to be
 * built on that (`-u`, as nothing in it changes), then nobody names the overlay.
 */
export async function mergeFiles(
  commands: HostCommands,
  { overlay, base, baseFormat, above }: MergeOrder,
  context: ActionContext,
): Promise<void> {
  await refuseOtherBase(commands, overlay, base)
  if (above !== undefined) await refuseOtherBase(commands, above, overlay)
  const ended = await runLong(commands, ['qemu-img', 'commit', '-p', '-d', '-f', 'qcow2', overlay], {
    context,
  })
  if (ended.code !== 0) throw toolError('qemu-img', ended)
  if (above !== undefined)
    await must(commands, ['qemu-img', 'rebase', '-u', '-f', 'qcow2', '-F', baseFormat, '-b', base, above])
}

/** Made beside the old ones first, so that a full disk loses nothing, and then put in their places. */
export async function resetFiles(
  commands: HostCommands,
  overlays: readonly Overlay[],
  memoryFile: string | undefined,
): Promise<void> {
  if (memoryFile !== undefined) await must(commands, ['test', '-s', memoryFile], `${memoryFile} is not there`)
  const made: { readonly path: string; readonly fresh: string }[] = []
  try {
    for (const { overlay, base, baseFormat } of overlays) {
      await refuseOtherBase(commands, overlay, base)
      const fresh = `${overlay}.${randomUUID().slice(0, 8)}`
      made.push({ path: overlay, fresh })
      await must(commands, ['qemu-img', 'create', '-q', '-f', 'qcow2', '-F', baseFormat, '-b', base, fresh])
      // the user that runs VMs has to get at it as before
      await must(commands, ['chown', `--reference=${overlay}`, fresh])
      await must(commands, ['chmod', `--reference=${overlay}`, fresh])
    }
    for (const { path, fresh } of made) await must(commands, ['mv', '-f', '--', fresh, path])
  } catch (error) {
    await commands.run(['rm', '-f', '--', ...made.map(({ fresh }) => fresh)]).catch(() => undefined)
    throw error
  }
}

export async function removeFile(commands: HostCommands, path: string): Promise<void> {
  await must(commands, ['rm', '-f', '--', path])
}

async function must(commands: HostCommands, argv: readonly string[], why?: string): Promise<void> {
  const { code, stderr } = await commands.run(argv)
  if (code === 0) return
  if (why !== undefined)
    throw new AppError('not-found', why, {
      cure: 'Nothing was changed. Put it back, or forget the snapshot.',
    })
  throw toolError(argv[0] ?? '', { code, stderr })
}

/** What is written down may be older than the files. */
async function refuseOtherBase(commands: HostCommands, path: string, base: string): Promise<void> {
  const { images, brokenBy } = await readChain(commands, path)
  if (images[1]?.path === base) return
  throw new AppError('invalid', `${path} is not built on ${base} any more`, {
    cure: 'Nothing was changed. Look at the list of snapshots again.',
    detail: brokenBy ?? images.map((image) => image.path).join('\n'),
  })
}

/** Whether the host's files can be worked on at all. */
export async function worksOnFiles(commands: HostCommands): Promise<Verdict> {
  try {
    const { code, stderr } = await commands.run(['qemu-img', '--version'])
    if (code !== 0) throw toolError('qemu-img', { code, stderr })
    return allowed
  } catch (error) {
    const { message, cure } = errorData(error)
    return refused(
      `While the VM is off its files have to be worked on with the host's own tools: ${message}`,
      cure === undefined
        ? 'Start the VM to delete the snapshot while it runs.'
        : `Start the VM to delete the snapshot while it runs. Or: ${cure}`,
    )
  }
}
