/** The command that lets the user that runs VMs through folders, and no more than that. */
import type { PathAccess } from '../../../../shared/model/storage/image'
import type { HostCommands } from './host-commands'
import { classOf, type Mode, type Who } from './modes'

export async function accessFix(
  host: HostCommands,
  who: Who,
  folders: readonly string[],
  modes: ReadonlyMap<string, Mode>,
): Promise<NonNullable<PathAccess['fix']>> {
  const where = folders.join(', ')
  if ((await host.run(['setfacl', '--version'])).code === 0) {
    return {
      argv: ['setfacl', '-m', `u:${who.name}:x`, '--', ...folders],
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
    explanation: `${names[whom]} may then go through ${same.join(', ')}, without seeing what else is in there.`,
  }
}
