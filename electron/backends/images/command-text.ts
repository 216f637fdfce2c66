import { shellWord } from '../../../shared/shell-word'
import type { ImageAction } from '../../../shared/model/storage/image'
import { argvOf } from './qemu-img'

/** Where an image is written anew: beside the old one, on the same file system. */
export function besideOf(path: string): string {
  return `${path}.innkeeper-compact`
}

/** What can be pasted into a shell of the host. */
export function commandText(path: string, action: ImageAction, format?: string): string {
  if (action.kind !== 'compact') return line(argvOf(path, action, { own: format }))
  const beside = besideOf(path)
  const as = format ?? 'qcow2'
  return [
    line(['qemu-img', 'convert', '-p', '-f', as, '-O', as, path, beside]),
    line(['chown', '--reference', path, beside]),
    line(['chmod', '--reference', path, beside]),
    line(['mv', '-f', beside, path]),
  ].join(' && ')
}

function line(argv: readonly string[]): string {
  return argv.map(shellWord).join(' ')
}
