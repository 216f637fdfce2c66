/** What libvirt is asked for: https://libvirt.org/formatsnapshot.html. */
import type { CreateSnapshotInput } from '../../../shared/model/snapshots/inputs'
import { EditElement } from '../edit/tree'

export function wantedSnapshot(
  wish: Omit<CreateSnapshotInput, 'host' | 'vm'>,
  memory: { readonly kind: 'no' | 'internal' | 'external'; readonly file?: string } | undefined,
): EditElement {
  const root = new EditElement('domainsnapshot')
  const text = (name: string, value: string): void => root.insert(new EditElement(name)).setText(value)
  text('name', wish.name)
  if (wish.description !== '') text('description', wish.description)
  if (memory) {
    const element = root.insert(new EditElement('memory'))
    element.setAttribute('snapshot', memory.kind)
    element.setAttribute('file', memory.file)
  }
  const disks = root.insert(new EditElement('disks'))
  for (const { target, kind, file } of wish.disks) {
    const disk = disks.insert(new EditElement('disk'))
    disk.setAttribute('name', target)
    disk.setAttribute('snapshot', kind === 'none' ? 'no' : kind)
    if (kind !== 'external') continue
    disk.insert(new EditElement('driver')).setAttribute('type', 'qcow2')
    if (file !== undefined) disk.insert(new EditElement('source')).setAttribute('file', file)
  }
  return root
}
