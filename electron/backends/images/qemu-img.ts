/** qemu-img's words for each action. Paths begin with "/", so none is taken for an option or an address. */
import type { ImageAction } from '../../../shared/model/storage/image'

/** The formats as they are known; qemu-img looks for itself otherwise. */
export interface KnownFormats {
  readonly own?: string | undefined
  /** Of the second image of a comparison. */
  readonly other?: string | undefined
}

/** Compacting is more than one command: see compact.ts. */
export type OneCommand = Exclude<ImageAction, { kind: 'compact' }>

export function argvOf(path: string, action: OneCommand, known: KnownFormats = {}): string[] {
  const own = known.own === undefined ? [] : ['-f', known.own]
  switch (action.kind) {
    case 'check':
      return [
        ...['qemu-img', 'check', '--output=json', ...own],
        // a VM that only runs keeps nobody from looking
        ...(action.repair === 'no' ? ['-U'] : ['-r', action.repair]),
        path,
      ]
    case 'rebase':
      return [
        ...['qemu-img', 'rebase', '-p', ...own],
        ...(action.isUnsafe ? ['-u'] : []),
        ...['-b', action.base ?? ''],
        ...(action.base !== undefined && action.baseFormat !== undefined ? ['-F', action.baseFormat] : []),
        path,
      ]
    case 'commit':
      return ['qemu-img', 'commit', '-p', ...own, path]
    case 'compare': {
      const other = action.withFormat ?? known.other
      return [
        ...['qemu-img', 'compare', '-p', '-U', ...own],
        ...(other === undefined ? [] : ['-F', other]),
        ...[path, action.with],
      ]
    }
    case 'convert':
      return [
        ...['qemu-img', 'convert', '-p', ...own, '-O', action.format],
        ...(action.isCompressed ? ['-c'] : []),
        // -U: what a snapshot keeps is not written to, whatever a VM does to the rest of the image
        ...(action.snapshot === undefined
          ? []
          : ['-U', '-l', `snapshot.name=${action.snapshot.replaceAll(',', ',,')}`]),
        ...optionWords(action.options),
        ...[path, action.to],
      ]
    case 'amend':
      return ['qemu-img', 'amend', '-p', ...own, ...optionWords(action.options), path]
    case 'resize':
      return [
        ...['qemu-img', 'resize', ...own],
        ...(action.shrink ? ['--shrink'] : []),
        ...[path, String(action.capacityBytes)],
      ]
    case 'dd':
      return [
        ...['qemu-img', 'dd', ...own, '-O', action.format, `bs=${action.blockSizeBytes}`],
        ...(action.count === undefined ? [] : [`count=${action.count}`]),
        ...(action.skip === undefined ? [] : [`skip=${action.skip}`]),
        ...[`if=${path}`, `of=${action.to}`],
      ]
  }
}

/** A comma ends a value, unless it is doubled. */
export function optionWords(options: Readonly<Record<string, string>>): string[] {
  const words = Object.entries(options).map(([name, value]) => `${name}=${value.replaceAll(',', ',,')}`)
  return words.length === 0 ? [] : ['-o', words.join(',')]
}
