/**
 * Whether QEMU may plug a card into a bridge of the host. It asks a helper that becomes root, and that allows only what
 * /etc/qemu/bridge.conf allows, to root as to everybody (qemu-bridge-helper.c).
 */
import { AppError } from '../../../../shared/errors'
import type { BridgeHelper } from '../../../../shared/model/host-services'
import { parseXml } from '../../../domain-xml/document'
import type { Link } from '../../../link/link'
import { readKernelLinks } from '../../host/kernel-links'
import { readHostServices } from '../../host/services'

export interface BridgeAccess {
  /** Absent: nobody could tell. */
  readonly helper?: BridgeHelper
  readonly isRoot: boolean
}

const limitMs = 5000

export async function readBridgeAccess(link: Link): Promise<BridgeAccess> {
  const [{ bridgeHelper: helper }, { stdout }] = await Promise.all([
    readHostServices(link),
    link.run(['id', '-u'], { signal: AbortSignal.timeout(limitMs) }),
  ])
  return { isRoot: stdout.trim() === '0', ...(helper ? { helper } : {}) }
}

/** Undefined when nothing is known to be in the way. `existing`: bridges of the host, where they are known. */
export function whyNotPlugged(
  bridge: string,
  { helper, isRoot }: BridgeAccess,
  existing: readonly string[],
): AppError | undefined {
  if (existing.length > 0 && !existing.includes(bridge)) {
    return new AppError('not-found', `The host has no bridge ${bridge}`, {
      cure: `Choose another one (there is ${existing.join(', ')}), or make it.`,
    })
  }
  if (!helper) return undefined
  const message = `QEMU may not plug cards into the bridge ${bridge}`
  if (!helper.isInstalled) {
    return new AppError('denied', message, {
      cure: 'Its helper qemu-bridge-helper is missing: install qemu-system-common on Debian and Ubuntu, qemu-common on Fedora and its relatives.',
    })
  }
  if (!helper.isSetuid && !isRoot) {
    return new AppError('denied', message, {
      cure: `Its helper has no rights. As root, run: chmod u+s ${helper.path ?? '/usr/lib/qemu/qemu-bridge-helper'}`,
    })
  }
  const { bridges } = helper
  if (bridges === undefined || bridges.includes('all') || bridges.includes(bridge)) return undefined
  return new AppError('denied', message, {
    cure: `Its helper is not allowed to. As root, add the line "allow ${bridge}" to /etc/qemu/bridge.conf.`,
  })
}

/** Of a definition, or one of its cards, before QEMU is told. */
export async function refuseClosedBridges(link: Link, xml: string): Promise<void> {
  const { root } = parseXml(xml)
  const cards = root.name === 'interface' ? [root] : (root.find('devices')?.children('interface') ?? [])
  const wanted = new Set(
    cards.flatMap((card) =>
      card.attribute('type') === 'bridge' ? [card.find('source')?.attribute('bridge') ?? ''] : [],
    ),
  )
  if (wanted.size === 0) return
  const [access, links] = await Promise.all([readBridgeAccess(link), readKernelLinks(link)])
  const existing = links.filter(({ kind }) => kind === 'bridge').map(({ name }) => name)
  for (const bridge of wanted) {
    const problem = whyNotPlugged(bridge, access, existing)
    if (problem) throw problem
  }
}
