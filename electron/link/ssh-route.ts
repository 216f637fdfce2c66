import { AppError } from '../../shared/errors'
import { knownHostsName } from './known-hosts'
import type { HostName } from './ssh-config/jumps'
import type { SshSettings } from './ssh-config/settings'

/** One host on the way, the last being the one wanted. */
export interface Hop {
  readonly name: HostName
  readonly settings: SshSettings
  /** As known_hosts writes it. */
  readonly address: string
  /** Names it in errors: which one of several it is, and by way of which other. */
  readonly place: string
}

/** More than anybody builds on purpose. */
const maxJumps = 8

/**
 * The hosts to go through, nearest first. As with ssh, each jump host has settings of its own, and the nearest one's
 * jump hosts count as well (ssh_config(5), ProxyJump).
 */
export async function findRoute(
  target: HostName,
  settingsOf: (name: HostName) => Promise<SshSettings>,
): Promise<readonly [...Hop[], Hop]> {
  const goal = await settingsOf(target)
  const before = await jumpsBefore(ownJumps(target, goal), settingsOf, [keyOf(goal)])
  const hops: Hop[] = []
  for (const { name, settings } of before) hops.push(hop(name, settings, hops.at(-1), true))
  return [...hops, hop(target, goal, hops.at(-1), false)]
}

type Found = { readonly name: HostName; readonly settings: SshSettings }

async function jumpsBefore(
  jumps: readonly HostName[],
  settingsOf: (name: HostName) => Promise<SshSettings>,
  seen: readonly string[],
): Promise<Found[]> {
  const found: Found[] = []
  for (const name of jumps) found.push({ name, settings: await settingsOf(name) })
  const [nearest] = found
  if (!nearest) return []
  const known = [...seen]
  for (const { name, settings } of found) {
    const key = keyOf(settings)
    if (known.includes(key)) {
      throw new AppError('invalid', `The jump hosts lead in a circle: ${name.host} comes up twice`, {
        cure: 'Look at the ProxyJump lines in the ssh settings',
      })
    }
    known.push(key)
  }
  if (known.length - 1 > maxJumps) {
    throw new AppError('invalid', `There are more than ${maxJumps} jump hosts on the way`, {
      cure: 'Look at the ProxyJump lines in the ssh settings',
    })
  }
  return [...(await jumpsBefore(ownJumps(nearest.name, nearest.settings), settingsOf, known)), ...found]
}

/** "Host *" with a ProxyJump matches the jump host as well; that one is then reached directly. */
function ownJumps(name: HostName, { jumps }: SshSettings): readonly HostName[] {
  return jumps.some(({ host }) => host === name.host) ? [] : jumps
}

function keyOf({ user, hostName, port }: SshSettings): string {
  return `${user}@${knownHostsName(hostName, port)}`
}

function hop(name: HostName, settings: SshSettings, before: Hop | undefined, isJump: boolean): Hop {
  const address = knownHostsName(settings.hostName, settings.port)
  // an alias is what the user knows it by
  const isAlias = settings.hostName.toLowerCase() !== name.host.toLowerCase()
  const notes = [
    ...(isAlias ? [address] : []),
    ...(isJump ? ['jump host'] : []),
    ...(before ? [`via ${before.name.host}`] : []),
  ]
  const note = notes.length === 0 ? '' : ` (${notes.join(', ')})`
  return { name, settings, address, place: `${isAlias ? name.host : address}${note}` }
}
