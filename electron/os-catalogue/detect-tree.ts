/** Looks at a folder on a web server: its treeinfo file, its address, and where installers keep their kernels. A few requests. */
import { AppError, isKind } from '../../shared/errors'
import { treeFolder, type DetectedTree, type InstallerKind } from '../../shared/model/new-vm/install-tree'
import type { Web } from '../web/web'
import type { OsCatalogue } from './catalogue'
import { identifyTree, identifyTreeAddress, readTreeInfo, type TreeInfo } from './treeinfo'

const treeInfoBytes = 512 * 1024
/** A server is asked for so many files at a time. */
const atOnce = 4

type StartFiles = readonly [kernel: string, initrd: string]

/** Of installers whose trees say nothing of themselves, the usual ones first. */
const knownPlaces: readonly StartFiles[] = [
  ['images/pxeboot/vmlinuz', 'images/pxeboot/initrd.img'],
  ['boot/x86_64/loader/linux', 'boot/x86_64/loader/initrd'],
  ['boot/aarch64/linux', 'boot/aarch64/initrd'],
  ['install.amd/vmlinuz', 'install.amd/initrd.gz'],
  ['install.a64/vmlinuz', 'install.a64/initrd.gz'],
  ['debian-installer/amd64/linux', 'debian-installer/amd64/initrd.gz'],
  ['debian-installer/arm64/linux', 'debian-installer/arm64/initrd.gz'],
  ['casper/vmlinuz', 'casper/initrd'],
  ['boot/vmlinuz-virt', 'boot/initramfs-virt'],
  ['boot/vmlinuz-lts', 'boot/initramfs-lts'],
  ['linux', 'initrd.gz'],
  ['linux', 'initrd'],
]

/** Ends with an AppError that says why nothing can be installed from there. */
export async function detectTree(
  url: string,
  anyWeb: Web,
  catalogue: OsCatalogue,
  signal?: AbortSignal,
): Promise<DetectedTree> {
  const refusals: AppError[] = []
  const web = lenient(anyWeb, refusals)
  const folder = treeFolder(url)
  for (const name of ['.treeinfo', 'treeinfo']) {
    const text = await web.text(folder + name, treeInfoBytes, signal)
    const info = text === undefined ? undefined : readTreeInfo(text)
    if (info) return ofTreeInfo(folder, info, web, catalogue, signal)
  }
  const known = identifyTreeAddress(folder, catalogue)
  const places: readonly StartFiles[] =
    known?.kernel === undefined || known.initrd === undefined
      ? knownPlaces
      : [[known.kernel, known.initrd], ...knownPlaces]
  const found = await firstThere(folder, places, web, signal)
  if (!found) throw refusals[0] ?? noTree(url)
  const [kernel, initrd] = found
  return told({ label: '', kernel, initrd }, known, catalogue)
}

async function ofTreeInfo(
  folder: string,
  info: TreeInfo,
  web: Looking,
  catalogue: OsCatalogue,
  signal: AbortSignal | undefined,
): Promise<DetectedTree> {
  const known = identifyTree(info, catalogue)
  const said = {
    label: `${info.family} ${info.version}`.slice(0, 100),
    ...(info.arch === '' ? {} : { arch: info.arch.slice(0, 30) }),
    ...(info.variant === '' ? {} : { variant: info.variant.slice(0, 60) }),
  }
  // what it says may be a kernel for other uses; without its word the usual places are looked at
  const kernel = info.kernel ?? known?.kernel
  const initrd = info.initrd ?? known?.initrd
  if (kernel !== undefined) {
    return told({ ...said, kernel, ...(initrd === undefined ? {} : { initrd }) }, known, catalogue)
  }
  const found = await firstThere(folder, knownPlaces, web, signal)
  if (found) return told({ ...said, kernel: found[0], initrd: found[1] }, known, catalogue)
  throw new AppError('not-found', `This is ${said.label}, but without a kernel to start its installer`, {
    cure: 'Many versions have parts that only hold packages. Enter the folder of the part that installs, such as BaseOS.',
    field: 'source.url',
  })
}

async function firstThere(
  folder: string,
  places: readonly StartFiles[],
  web: Looking,
  signal: AbortSignal | undefined,
): Promise<StartFiles | undefined> {
  for (let at = 0; at < places.length; at += atOnce) {
    const some = places.slice(at, at + atOnce)
    const isThere = await Promise.all(
      some.map(
        async ([kernel, initrd]) =>
          (await web.exists(folder + kernel, signal)) && web.exists(folder + initrd, signal),
      ),
    )
    const found = some.find((_, one) => isThere[one])
    if (found) return found
  }
  return undefined
}

type Looking = Pick<Web, 'text' | 'exists'>

/** Many servers refuse what they do not have. Only where nothing is found is that worth telling. */
function lenient(web: Looking, refusals: AppError[]): Looking {
  const passed = (error: unknown): undefined => {
    if (!(error instanceof AppError) || !isKind(error, 'denied', 'not-found')) throw error
    refusals.push(error)
  }
  return {
    text: (...asked) => web.text(...asked).catch(passed),
    exists: async (...asked) => (await web.exists(...asked).catch(passed)) === true,
  }
}

function noTree(url: string): AppError {
  return new AppError('not-found', `There is nothing to install from at ${url}`, {
    cure: 'Enter the folder that has the file ".treeinfo", or the folder "installer-amd64" of Debian.',
    field: 'source.url',
  })
}

type Found = Omit<DetectedTree, 'installer' | 'urlArgument' | 'os'>

function told(
  found: Found,
  known:
    | { readonly id: string; readonly shortId: string; readonly name: string; readonly arch?: string }
    | undefined,
  catalogue: OsCatalogue,
): DetectedTree {
  const own = known && catalogue.get(known.id)?.kernelUrlArgument
  const installer = installerOf(found.kernel, own)
  const urlArgument = own ?? usualArguments[installer]
  const arch = found.arch ?? known?.arch
  return {
    ...found,
    ...(known === undefined ? {} : { os: { id: known.id, shortId: known.shortId, name: known.name } }),
    ...(arch === undefined ? {} : { arch }),
    installer,
    ...(urlArgument === undefined ? {} : { urlArgument }),
  }
}

const usualArguments: { readonly [Kind in InstallerKind]?: string } = {
  anaconda: 'inst.repo',
  yast: 'install',
}

/** Where it keeps its kernel tells an installer better than the system does, which may have had several. */
function installerOf(kernel: string, urlArgument: string | undefined): InstallerKind {
  if (/(^|\/)casper\//.test(kernel)) return 'subiquity'
  if (/(debian-installer|ubuntu-installer)\/|^install(\.\w+)?\/|images\/netboot\//.test(kernel))
    return 'debian'
  if (/^boot\/\w+\/(loader\/)?linux$/.test(kernel) || urlArgument === 'install') return 'yast'
  if (/^images\/|^ppc\/ppc64\/|^isolinux\//.test(kernel) || urlArgument !== undefined) return 'anaconda'
  return 'other'
}
