/** Which programs of the host VMs lean on, looked for with its own tools; whatever cannot be read stays unknown. */
import { AppError } from '../../../shared/errors'
import type { BridgeHelper, HostServices } from '../../../shared/model/host-services'
import type { Link } from '../../link/link'
import { given } from '../../../shared/given'
import { readLines } from './details-files'

const units: readonly (readonly [unit: string, name: string])[] = [
  ['NetworkManager.service', 'NetworkManager'],
  ['systemd-networkd.service', 'systemd-networkd'],
  ['networking.service', 'ifupdown'],
  ['wickedd.service', 'wicked'],
  ['connman.service', 'ConnMan'],
  ['dhcpcd.service', 'dhcpcd'],
]
/** Where distributions keep it. */
const helpers = [
  '/usr/lib/qemu/qemu-bridge-helper',
  '/usr/libexec/qemu-bridge-helper',
  '/usr/lib/qemu-bridge-helper',
  '/usr/lib64/qemu/qemu-bridge-helper',
]
/** QEMU's helper reads this and what it includes; it denies what is not allowed (qemu-bridge-helper.c). */
const bridgeList = '/etc/qemu/bridge.conf'
const loopLimit = '/sys/module/loop/parameters/max_loop'

/** Accounts that are not root's do not look where some of these tools are. */
export const toolPath = 'PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin'
const limitMs = 6000
const maxBytes = 64 * 1024

/** Only where commands run on the daemon's own host. */
export async function readHostServices(link: Link): Promise<HostServices> {
  const [network, stat, loops, texts] = await Promise.all([
    output(link, ['systemctl', 'is-active', ...units.map(([unit]) => unit)]),
    output(link, ['stat', '-L', '-c', '%a %u %n', '--', ...helpers, bridgeList]),
    output(link, ['losetup', '--noheadings', '--list', '--output', 'NAME']),
    readLines(link, [bridgeList, loopLimit]).catch(unknownAs(new Map<string, string[]>())),
  ])
  return {
    ...given('network', network && activeServices(network.stdout)),
    ...given('bridgeHelper', stat && helperFrom(stat.stdout, texts.get(bridgeList))),
    ...given(
      'loopDevices',
      loops?.code === 0 ? loopDevices(loops.stdout, texts.get(loopLimit)?.[0]) : undefined,
    ),
  }
}

/** One word for each unit that was asked for; without systemd there are none. */
export function activeServices(stdout: string): string[] | undefined {
  const states = stdout.trim().split(/\s+/)
  if (states.length !== units.length) return undefined
  return units.filter((_, at) => states[at] === 'active').map(([, name]) => name)
}

export function helperFrom(stat: string, list: readonly string[] | undefined): BridgeHelper {
  const seen = stat
    .split('\n')
    .map((line) => /^(\d{3,5}) (\d+) (\/.*)$/.exec(line))
    .filter((match) => match !== null)
  const found = seen.filter(([, , , path]) => path !== bridgeList)
  // without the list it allows nothing
  const bridges = seen.length === found.length ? [] : list && allowedBridges(list)
  const isSetuid = found.some(
    ([, mode = '', owner]) => owner === '0' && (Number.parseInt(mode, 8) & 0o4000) !== 0,
  )
  return {
    isInstalled: found.length > 0,
    isSetuid,
    ...given('path', found[0]?.[3]),
    ...given('bridges', bridges),
  }
}

/** What includes other lists is not all that counts, so nothing is said of it. */
function allowedBridges(lines: readonly string[]): string[] | undefined {
  const words = lines.map((line) => line.trim().split(/\s+/))
  if (words.some(([first]) => first === 'include')) return undefined
  const named = (rule: string): string[] =>
    words.flatMap(([first, bridge]) => (first === rule && bridge !== undefined ? [bridge] : []))
  const denied = new Set(named('deny'))
  if (denied.has('all')) return []
  return [...new Set(named('allow'))].filter((bridge) => !denied.has(bridge))
}

function loopDevices(stdout: string, limit: string | undefined): HostServices['loopDevices'] {
  const inUse = stdout.split('\n').filter((line) => line.trim().startsWith('/dev/loop')).length
  return { inUse, ...given('limit', /^\d{1,6}$/.test(limit?.trim() ?? '') ? Number(limit) : undefined) }
}

async function output(
  link: Link,
  argv: readonly string[],
): Promise<{ readonly stdout: string; readonly code: number | undefined } | undefined> {
  const running = link.run(['env', 'LC_ALL=C', toolPath, ...argv], {
    signal: AbortSignal.timeout(limitMs),
    maxBytes,
  })
  return await running.then(
    // env's own answer for a program that is not there
    (ended) => (ended.code === 127 ? undefined : ended),
    unknownAs(undefined),
  )
}

function unknownAs<T>(otherwise: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof AppError) return otherwise
    throw error
  }
}
