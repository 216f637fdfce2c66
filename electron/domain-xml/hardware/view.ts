/** A VM's hardware as its pages show it, from its stored and its running definition. */
import { createHash } from 'node:crypto'
import type { HardwareContext } from '../../../shared/model/hardware/kind'
import type { GuestFacts, HardwareItem, HardwareView } from '../../../shared/model/hardware/view'
import type { EditDocument, EditElement } from '../edit/tree'
import { findItems, readItem, readValues } from './items'
import { pendingDifferences } from './pending'
import { pairTwins } from './twins'

/** Both definitions with their secrets. A transient VM has only the running one, a stopped one only the stored. */
export interface Definitions {
  readonly stored?: EditDocument
  readonly running?: EditDocument
}

/** What changes are made on: the stored definition, or what runs of a transient VM. */
export function editable({ stored, running }: Definitions): EditDocument {
  const document = stored ?? running
  if (!document) throw new TypeError('A VM without a definition')
  return document
}

export function fingerprint(document: EditDocument): string {
  return createHash('sha256').update(document.toString()).digest('hex')
}

export function hardwareView(definitions: Definitions): HardwareView {
  const { stored, running } = definitions
  const document = editable(definitions)
  return {
    base: fingerprint(document),
    name: document.root.find('name')?.text() ?? '',
    guest: guestFacts(document.root),
    isRunning: running !== undefined,
    isPersistent: stored !== undefined,
    items: readItems(document.root, running?.root),
    pending: stored && running ? pendingDifferences(stored.root, running.root) : [],
  }
}

export function readItems(domain: EditElement, running: EditElement | undefined): HardwareItem[] {
  const items = findItems(domain)
  const twins = running && pairTwins(items, findItems(running))
  return items.map((item) => {
    const twin = twins?.runningOf.get(item)
    return { ...readItem(item), ...(twin ? { live: readValues(twin) } : {}) }
  })
}

export function hardwareContext(definitions: Definitions): HardwareContext {
  const { root } = editable(definitions)
  return {
    ...guestFacts(root),
    isRunning: definitions.running !== undefined,
    items: readItems(root, definitions.running?.root),
  }
}

export function guestFacts(domain: EditElement): GuestFacts {
  const type = domain.find('os', 'type')
  const osId = domain
    .find('metadata')
    ?.children()
    .find((element) => element.name.endsWith(':libosinfo'))
    ?.children()
    .find((element) => element.name.endsWith(':os'))
    ?.attribute('id')
  return {
    virtType: domain.attribute('type') ?? 'unknown',
    osType: type?.text() ?? 'unknown',
    architecture: type?.attribute('arch') ?? 'unknown',
    machine: type?.attribute('machine') ?? '',
    ...(osId === undefined ? {} : { osId }),
  }
}
