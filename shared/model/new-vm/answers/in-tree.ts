/** How the installer of a folder on the web is given a file of answers. */
import type { OsEntry } from '../../os/os'
import type { DetectedTree, InstallerKind } from '../install-tree'
import type { AnswersFormat, Mirror } from './answers'
import { answersFormatOf, fileNameOf } from './format'

const formats: { readonly [Kind in InstallerKind]: AnswersFormat | undefined } = {
  anaconda: 'kickstart',
  yast: 'autoyast',
  debian: 'preseed',
  subiquity: 'autoinstall',
  other: undefined,
}

/** Undefined: none that is known here. */
export function treeFormatOf({ installer }: Pick<DetectedTree, 'installer'>): AnswersFormat | undefined {
  return formats[installer]
}

/** Whether what is made of the form is for this installer. An older one of a system may be there beside the new one. */
export function takesForm(
  tree: Pick<DetectedTree, 'installer'>,
  os: Pick<OsEntry, 'family' | 'distro' | 'version'>,
): boolean {
  const [format, usual] = [treeFormatOf(tree), answersFormatOf(os)]
  return usual !== undefined && (usual === format || (usual === 'autoinstall' && format === 'preseed'))
}

/** Its answers lie on a disc beside it, which cloud-init finds by its label. */
export function takesDiscInTree({ installer }: Pick<DetectedTree, 'installer'>): boolean {
  return installer === 'subiquity'
}

/** For the kernel's line, where the answers go with the VM. Undefined: how this installer takes them is not known. */
export function ownAnswersWords({
  installer,
  urlArgument,
}: Pick<DetectedTree, 'installer' | 'urlArgument'>): string[] | undefined {
  const format = treeFormatOf({ installer })
  if (!format) return undefined
  const file = fileNameOf(format)
  switch (installer) {
    case 'anaconda':
      // installers of before 2014 know no prefix
      return [`${urlArgument === 'method' ? 'ks' : 'inst.ks'}=file:/${file}`]
    case 'yast':
      return [`autoyast=file:///${file}`]
    case 'debian':
      // it looks for the file by itself
      return ['auto=true', 'priority=critical']
    // it leaves its initrd behind before it looks for answers, and asks for leave without this word
    case 'subiquity':
      return ['autoinstall']
    case 'other':
      return undefined
  }
}

/** The archive that a folder with Debian's installer is part of. */
export function mirrorOf(url: string): Mirror | undefined {
  const [, protocol, host, folder] = /^(https?):\/\/([^/]+)(\/.*?)?\/dists\//.exec(url) ?? []
  if ((protocol !== 'http' && protocol !== 'https') || host === undefined) return undefined
  return { protocol, host, folder: folder ?? '/' }
}
