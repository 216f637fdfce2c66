/** The definitions of a VM as they are to be at its destination: places and networks renamed, everything else byte for byte. */
import type { MoveOptions } from '../../shared/model/migration/options'
import type { MovableDefinitions } from '../backends/migration-session'
import { putDisk, sourceDisks, type NewPlace } from '../clone/source-disks'
import { EditDocument, type EditElement } from '../domain-xml/edit/tree'

/** By target. */
export type MovedDisks = ReadonlyMap<string, NewPlace>

export function movedDefinitions(
  { running, stored }: MovableDefinitions,
  options: MoveOptions,
  disks: MovedDisks,
): MovableDefinitions {
  return {
    ...(running === undefined ? {} : { running: moved(running, options, disks, true) }),
    ...(stored === undefined ? {} : { stored: moved(stored, options, disks, false) }),
  }
}

function moved(xml: string, options: MoveOptions, disks: MovedDisks, isRunning: boolean): string {
  const document = EditDocument.parse(xml, 'the definition of the VM')
  const { root } = document
  for (const { element, target, format } of sourceDisks(root)) {
    const place = disks.get(target)
    if (place) putDisk(element, place, format)
  }
  for (const card of root.find('devices')?.children('interface') ?? []) mapCard(card, options)
  if (options.listenAddress !== undefined)
    for (const display of root.find('devices')?.children('graphics') ?? [])
      listenAt(display, options.listenAddress)
  // libvirt takes another name of a running VM from its own parameter, and refuses one that differs here
  if (!isRunning && options.newName !== undefined) root.find('name')?.setText(options.newName)
  return document.toString()
}

/** How a network card finds its network: by the name of one, or of a bridge. */
export function cardNetwork(
  card: EditElement,
): { readonly from: string; readonly isBridge: boolean } | undefined {
  const source = card.find('source')
  const type = card.attribute('type')
  const from =
    type === 'network'
      ? source?.attribute('network')
      : type === 'bridge'
        ? source?.attribute('bridge')
        : undefined
  return from === undefined ? undefined : { from, isBridge: type === 'bridge' }
}

function mapCard(card: EditElement, { networks = [] }: MoveOptions): void {
  const known = cardNetwork(card)
  const to = known && networks.find(({ from }) => from === known.from)?.to
  if (!known || to === undefined || to === known.from) return
  const source = card.find('source')
  source?.setAttribute(known.isBridge ? 'bridge' : 'network', to)
  // of the running card: the port and bridge that the old network gave it
  source?.setAttribute('portid', undefined)
  if (!known.isBridge) source?.setAttribute('bridge', undefined)
}

function listenAt(display: EditElement, address: string): void {
  if (display.attribute('listen') !== undefined) display.setAttribute('listen', address)
  for (const listen of display.children('listen'))
    if (listen.attribute('type') === 'address') listen.setAttribute('address', address)
}
