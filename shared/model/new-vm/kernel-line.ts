/** What the kernel of an installer is told, from what the user wants and what the tree is of. */
import { ownAnswersWords } from './answers/in-tree'
import type { DetectedTree, TreeSource } from './install-tree'
import { treeFolder } from './install-tree'

/** What x86's kernels take of a line (COMMAND_LINE_SIZE), without its end. */
export const maxKernelLine = 2047

export interface KernelLine {
  /** Where the packages are; absent where the installer has no word for it, or the user gave it. */
  readonly place?: string
  /** All other words. */
  readonly rest: string
}

export function kernelLineOf(source: TreeSource, tree: DetectedTree, architecture: string): KernelLine {
  const own = source.kernelArgs.trim()
  const given = own.split(/ +/)
  const has = (name: string): boolean => given.some((word) => word.startsWith(`${name}=`))
  const { urlArgument } = tree
  const words = [
    ...(answersOf(source, tree) ?? []),
    ...(source.isTextConsole
      ? textWords(tree, architecture).filter((word) => !word.startsWith('console=') || !has('console'))
      : []),
    ...(own === '' ? [] : [own]),
  ]
  return {
    ...(urlArgument === undefined || has(urlArgument)
      ? {}
      : { place: `${urlArgument}=${treeFolder(source.url)}` }),
    rest: words.join(' '),
  }
}

export function wholeLine({ place, rest }: KernelLine): string {
  return [place ?? '', rest].filter((part) => part !== '').join(' ')
}

function answersOf({ answers, answersUrl }: TreeSource, tree: DetectedTree): string[] | undefined {
  if (answers) return ownAnswersWords(tree)
  return answersUrl === undefined ? undefined : answersWords(tree, answersUrl)
}

/** Undefined: how this installer takes answers is not known. */
export function answersWords({ installer, urlArgument }: DetectedTree, url: string): string[] | undefined {
  switch (installer) {
    case 'anaconda':
      // installers of before 2014 know neither prefix nor option
      return [`${urlArgument === 'method' ? 'ks' : 'inst.ks'}=${url}`]
    case 'yast':
      return [`autoyast=${url}`]
    case 'debian':
      return ['auto=true', 'priority=critical', `url=${url}`]
    case 'subiquity':
      // a folder that has user-data and meta-data
      return ['autoinstall', `ds=nocloud-net;s=${treeFolder(url)}`]
    case 'other':
      return undefined
  }
}

function textWords({ installer, urlArgument }: DetectedTree, architecture: string): string[] {
  const line = serialLine(architecture)
  return [
    ...(line === undefined ? [] : [`console=${line}`]),
    ...(installer === 'yast' ? ['textmode=1'] : []),
    ...(installer === 'anaconda' ? [urlArgument === 'method' ? 'text' : 'inst.text'] : []),
  ]
}

/** The first serial line as Linux names it; the mainframe's kernel takes its own by itself. */
function serialLine(architecture: string): string | undefined {
  if (architecture.startsWith('s390')) return undefined
  if (architecture === 'aarch64' || architecture.startsWith('arm')) return 'ttyAMA0'
  if (architecture.startsWith('ppc')) return 'hvc0'
  return 'ttyS0,115200'
}
