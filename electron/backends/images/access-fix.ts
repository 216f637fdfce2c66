/** The command that lets the user that runs VMs through folders or read a file, and no more than that. */
import type { AccessFix } from '../../../shared/model/storage/image'
import type { HostCommands } from './host-commands'
import { classOf, type Mode, type Who } from './modes'

export async function accessFix(
  host: HostCommands,
  who: Who,
  folders: readonly string[],
  modes: ReadonlyMap<string, Mode>,
): Promise<AccessFix> {
  const where = folders.join(', ')
  if ((await host.run(['setfacl', '--version'])).code === 0) {
    return {
      argv: ['setfacl', '-m', `u:${who.name}:x`, '--', ...folders],
      undo: ['setfacl', '-x', `u:${who.name}`, '--', ...folders],
      paths: folders,
      explanation: `User “${who.name}” alone may then go through ${where}, without seeing what else is in there.`,
    }
  }
  const [first = ''] = folders
  const mode = modes.get(first)
  const whom = mode === undefined ? 'o' : classOf(mode, who)
  const same = folders.filter((one) => {
    const its = modes.get(one)
    return its === undefined || classOf(its, who) === whom
  })
  const names = { u: 'Its owner', g: 'Its group', o: 'Everybody on the host' }
  return {
    argv: ['chmod', `${whom}+x`, '--', ...same],
    undo: ['chmod', `${whom}-x`, '--', ...same],
    paths: same,
    explanation: `${names[whom]} may then go through ${same.join(', ')}, without seeing what else is in there.`,
  }
}

/** A disc is only read; a disk is written to as well. */
export async function fileFix(host: HostCommands, who: Who, path: string, mode: Mode): Promise<AccessFix> {
  const isDisc = /\.iso$/i.test(path)
  const may = isDisc ? 'r' : 'rw'
  const what = isDisc ? 'read' : 'read and write'
  if ((await host.run(['setfacl', '--version'])).code === 0) {
    return {
      argv: ['setfacl', '-m', `u:${who.name}:${may}`, '--', path],
      undo: ['setfacl', '-x', `u:${who.name}`, '--', path],
      paths: [path],
      explanation: `User “${who.name}” alone may then ${what} ${path}.`,
    }
  }
  const whom = classOf(mode, who)
  const names = { u: 'Its owner', g: 'Its group', o: 'Everybody on the host' }
  return {
    argv: ['chmod', `${whom}+${may}`, '--', path],
    undo: ['chmod', `${whom}-${may}`, '--', path],
    paths: [path],
    explanation: `${names[whom]} may then ${what} ${path}.`,
  }
}
