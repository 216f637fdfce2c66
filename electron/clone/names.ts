/** Names of what belongs to a clone: always after its own name, so that nobody takes one VM's files for another's. */
import { freeName } from '../new-vm/free-name'

/** "/x/web_VARS.fd" of web as web-2: "/x/web-2_VARS.fd". A name that does not have the VM's gets it in front. */
export function renamedPath(path: string, oldName: string, newName: string): string {
  const at = path.lastIndexOf('/') + 1
  return `${path.slice(0, at)}${renamed(path.slice(at), oldName, newName)}`
}

function renamed(file: string, oldName: string, newName: string): string {
  if (oldName !== '' && startsWithWhole(file, oldName)) return `${newName}${file.slice(oldName.length)}`
  return `${newName}-${file}`
}

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
