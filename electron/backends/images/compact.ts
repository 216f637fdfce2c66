/**
 * Writes an image anew beside itself and puts it in its place: what is not used any more is not in the new one. Until
 * the last moment the old one stays as it is. Owner, mode and label go over to the new one.
 */
import { AppError } from '../../../shared/errors'
import type { ImageResult } from '../../../shared/model/storage/image'
import { formatBytes } from '../../../shared/units'
import type { ActionContext } from '../backend'
import { readImage, type Chain } from './chain'
import type { HostCommands } from './host-commands'
import { runLong } from './long-command'
import { besideOf } from './command-text'
import { optionWords } from './qemu-img'
import { toolError } from './tool-errors'

export function compactArgv({ images, top }: Chain, target: string): string[] {
  const { info } = top
  const base = images[1]
  const more = new Map(info.more)
  const options = {
    ...(info.format === 'qcow2' && info.clusterSizeBytes !== undefined
      ? { cluster_size: String(info.clusterSizeBytes) }
      : {}),
    ...taken(more, 'compat', /^[\d.]{1,6}$/, 'compat'),
    ...taken(more, 'compression-type', /^(zlib|zstd)$/, 'compression_type'),
    ...(more.get('lazy-refcounts') === 'yes' ? { lazy_refcounts: 'on' } : {}),
    ...(more.get('extended-l2') === 'yes' ? { extended_l2: 'on' } : {}),
  }
  return [
    ...['qemu-img', 'convert', '-p', '-f', info.format, '-O', info.format],
    // as it is written in the image, so that a relative name stays one
    ...(base && info.backingPath !== undefined ? ['-B', info.backingPath, '-F', base.format] : []),
    ...optionWords(options),
    ...[info.path, target],
  ]
}

function taken(
  more: ReadonlyMap<string, string>,
  from: string,
  form: RegExp,
  name: string,
): Record<string, string> {
  const value = more.get(from)
  return value !== undefined && form.test(value) ? { [name]: value } : {}
}

export async function compact(
  host: HostCommands,
  chain: Chain,
  context: ActionContext,
  checkAgain: () => Promise<void>,
): Promise<ImageResult> {
  const { path } = chain.top.info
  const need = async (argv: readonly string[]): Promise<string> => {
    const { stdout, stderr, code } = await host.run(argv)
    if (code !== 0) throw toolError(argv[0] ?? '', { stderr, code })
    return stdout
  }
  const [kind, links] = (await need(['stat', '-c', '%F:%h', '--', path])).trim().split(':')
  if (kind !== 'regular file' && kind !== 'regular empty file') {
    throw new AppError('unsupported', 'Only files can be compacted', { detail: `${path} is a ${kind}` })
  }
  if (links !== '1') {
    throw new AppError('unsupported', 'The file has more than one name on the host', {
      cure: 'The others would keep the old one. Remove them first.',
      detail: path,
    })
  }
  const target = besideOf(path)
  if ((await host.run(['test', '-e', target])).code === 0) {
    throw new AppError('already-exists', 'An earlier compacting left a file beside the image', {
      cure: 'If nobody compacts this image now, delete that file on the host.',
      detail: target,
    })
  }
  const { code, stderr } = await runLong(host, compactArgv(chain, target), { target, context })
  if (code !== 0) throw toolError('qemu-img', { stderr, code })
  try {
    await need(['chmod', '--reference', path, '--', target])
    await need(['chown', '--reference', path, '--', target])
    // where there is no SELinux there is no label
    await host.run(['chcon', '--reference', path, '--', target])
    await need(['sync', '--', target])
    await checkAgain()
    if (context.signal.aborted) throw new AppError('cancelled', 'It was cancelled')
    await need(['mv', '-fT', '--', target, path])
  } catch (error) {
    await host.run(['rm', '-f', '--', target])
    throw error
  }
  const before = chain.top.info.actualSizeBytes ?? 0
  const after = (await readImage(host, path)).info.actualSizeBytes ?? 0
  return {
    summary:
      after < before ? `${formatBytes(before - after)} were given back` : 'There was nothing to give back',
    facts: [
      ['Before', formatBytes(before)],
      ['Now', formatBytes(after)],
    ],
  }
}
