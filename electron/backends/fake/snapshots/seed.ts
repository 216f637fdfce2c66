/** Snapshots that a demo VM has from the start, as somebody took them before an upgrade went wrong. */
import { parseElement, EditDocument, EditElement } from '../../../domain-xml/edit/tree'
import type { FakeHost } from '../fake-host'
import type { FakeVm } from '../model'
import { storedXmlOf } from '../xml'

const days = 86_400_000

const tree = [
  { name: 'installed', ageMs: 210 * days, description: 'Debian 12, nothing set up yet', state: 'shutoff' },
  { name: 'configured', parent: 'installed', ageMs: 205 * days, description: '', state: 'running' },
  {
    name: 'before-upgrade',
    parent: 'configured',
    ageMs: 21 * days,
    description: 'Before the new mail server; keep until the audit',
    state: 'running',
  },
  { name: 'spam-filter-trial', parent: 'configured', ageMs: 40 * days, description: '', state: 'running' },
] as const

export function seedSnapshots(host: FakeHost, vm: FakeVm): void {
  const definition = EditDocument.parse(storedXmlOf(vm)).root
  vm.snapshots = tree.map((one) => {
    const root = parseElement('<domainsnapshot>\n</domainsnapshot>')
    const add = (name: string, text?: string): EditElement => {
      const element = root.insert(new EditElement(name))
      if (text !== undefined) element.setText(text)
      return element
    }
    add('name', one.name)
    if (one.description !== '') add('description', one.description)
    add('state', one.state)
    if ('parent' in one) add('parent').insert(new EditElement('name')).setText(one.parent)
    add('creationTime', String(Math.floor((host.clock.now() - one.ageMs) / 1000)))
    add('memory').setAttribute('snapshot', one.state === 'shutoff' ? 'no' : 'internal')
    const disks = add('disks')
    for (const { target, device } of vm.definition.disks) {
      if (device !== 'disk') continue
      const disk = disks.insert(new EditElement('disk'))
      disk.setAttribute('name', target)
      disk.setAttribute('snapshot', 'internal')
    }
    root.insert(definition.clone())
    return {
      name: one.name,
      images: [],
      xml: root.toString(),
      isCurrent: one.name === 'before-upgrade',
      uptimeMs: 3 * days,
    }
  })
}
