/** Names of what belongs to a clone: always after its own name, so that nobody takes one VM's files for another's. */
import { freeName } from '../new-vm/free-name'

/**
 * "/x/web_VARS.fd" of web as web-2: "/x/web-2_VARS.fd". A name that does not have the VM's gets it in front. "-2" and so on
 * where the path is taken; as short as a file's name has to be.
 */
export function renamedPath(
  path: string,
  oldName: string,
  newName: string,
  isTaken: (path: string) => boolean = () => false,
): string {
  const at = path.lastIndexOf('/') + 1
  const folder = path.slice(0, at)
  const isOwn = oldName !== '' && startsWithWhole(path.slice(at), oldName)
  const rest = isOwn ? path.slice(at + oldName.length) : `-${path.slice(at)}`
  // of what is too long the end of the name goes, and the kind of the file stays
  const ending = rest.length <= longestEnding ? rest : (/\.[^.]{1,15}$/.exec(rest)?.[0] ?? '')
  const stem = `${newName}${rest.slice(0, rest.length - ending.length)}`
  return `${folder}${freeName({ stem, ending }, (name) => isTaken(folder + name))}`
}

const longestEnding = 40

/** Not "web" of "website.img", nor of "web-2.img", which is another VM's perhaps. */
function startsWithWhole(file: string, name: string): boolean {
  return file.startsWith(name) && !/^[A-Za-z0-9-]/.test(file.slice(name.length))
}

/**
 * "web-2.qcow2" for the first disk, "web-2-vdb.qcow2" for the others; "-2" and so on where it is taken. Pools without files
 * have no endings and do not take every sign.
 */
export function volumeName(
  vm: string,
  disk: { readonly target: string; readonly isFirst: boolean },
  format: string | undefined,
  isFile: boolean,
  isTaken: (name: string) => boolean,
): string {
  const ending = isFile ? (format === undefined || format === 'raw' ? '.img' : `.${format}`) : ''
  const what = disk.isFirst ? '' : `-${disk.target.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`
  return freeName({ stem: isFile ? vm : vm.replaceAll(/[:+]/g, '-'), what, ending }, isTaken)
}
