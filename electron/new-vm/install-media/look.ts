/** What was remembered of an installation against the host: which of its discs are there now. */
import type { InstallMedia, InstallMedium } from '../../../shared/model/new-vm/install-media'
import type { HardwareView } from '../../../shared/model/hardware/view'
import { usersInWords } from '../../../shared/model/storage/usage-words'
import type { Volume } from '../../../shared/model/storage/volume'
import type { HypervisorSession } from '../../backends/backend'
import { fileIdOf, isStranger } from '../journal/identity'
import { fullDrives } from './drives'
import type { InstalledVm } from './remembered'

type Answers = NonNullable<InstalledVm['answers']>

/** No discs: nothing of it is left, and nothing is to be said any more. */
export async function lookAtMedia(session: HypervisorSession, entry: InstalledVm): Promise<InstallMedia> {
  const view = await session.hardware(entry.vm)
  const file = entry.answers && (await answersFile(session, entry, entry.answers, view))
  const inDrives = fullDrives(view).flatMap(({ item, place }): InstallMedium[] => {
    const known = entry.discs.find((one) => one.place === place)
    if (!known) return []
    const isOurs = known.role === 'answers'
    return [{ id: place, role: known.role, place, drive: item.ref.key, ...(isOurs ? file : {}) }]
  })
  const answers = entry.discs.find(({ role }) => role === 'answers')
  // the user has taken it out, and its file stays where nobody looks for it
  const isAlone =
    answers && file?.deletableBytes !== undefined && !inDrives.some(({ role }) => role === 'answers')
  return {
    base: view.base,
    isRunning: view.isRunning,
    media: isAlone
      ? [...inDrives, { id: answers.place, role: 'answers', place: answers.place, ...file }]
      : inDrives,
  }
}

/** Nothing: it is gone, or another file has its name. */
export async function answersFile(
  session: HypervisorSession,
  { createdAtMs, vm }: Pick<InstalledVm, 'createdAtMs' | 'vm'>,
  answers: Answers,
  view: HardwareView,
): Promise<Pick<InstallMedium, 'deletableBytes' | 'keptBecause'> | undefined> {
  const found = await volumeOf(session, answers)
  if (!found || isStranger(answers, found, await fileIdOf(session, found), createdAtMs)) return undefined
  const { users, unread } = await session.storage.usage()
  const keys = [found.path, found.key, `${answers.pool}/${answers.volume}`]
  const others = keys.flatMap((key) => users[key] ?? []).filter((user) => user.vm !== vm)
  if (others.length > 0) return { keptBecause: `It is in use by ${usersInWords(others)} as well` }
  if (unread.length > 0)
    return { keptBecause: 'Not all VMs could be read, so nobody knows whether another one has it' }
  const isHeld = view.items.some(({ live, values }) => live && !isIn(values, found) && isIn(live, found))
  if (isHeld) return { keptBecause: 'The running VM still holds it' }
  return { deletableBytes: found.allocationBytes }
}

function isIn(values: HardwareView['items'][number]['values'], { path }: Volume): boolean {
  return values['file'] === path || values['blockDevice'] === path
}

async function volumeOf(session: HypervisorSession, { pool, volume }: Answers): Promise<Volume | undefined> {
  try {
    return (await session.storage.volumeDetails(pool, [volume])).volumes[0]
  } catch {
    // its pool is stopped or gone: what is not seen is not offered
    return undefined
  }
}
