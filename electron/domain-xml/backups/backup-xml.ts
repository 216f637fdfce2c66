/** What libvirt is told of a backup and its checkpoint (https://libvirt.org/formatbackup.html, formatcheckpoint.html). */
import type { BackupRequest } from '../../../shared/model/backups/backup'
import { EditElement } from '../edit/tree'

/** Every disk is named: what is not would be treated as the daemon's version sees fit. */
export function backupXml({ disks, since }: BackupRequest, allTargets: readonly string[]): string {
  const root = new EditElement('domainbackup')
  root.setAttribute('mode', 'push')
  if (since !== undefined) root.insert(new EditElement('incremental')).setText(since)
  const list = root.insert(new EditElement('disks'))
  for (const target of allTargets) {
    const wanted = disks.find((one) => one.target === target)
    const disk = diskElement(list, target)
    disk.setAttribute('backup', wanted ? 'yes' : 'no')
    if (!wanted) continue
    disk.setAttribute('type', 'file')
    disk.insert(new EditElement('driver')).setAttribute('type', 'qcow2')
    disk.insert(new EditElement('target')).setAttribute('file', wanted.path)
  }
  return root.toString()
}

export function checkpointXml(name: string, { disks }: BackupRequest, allTargets: readonly string[]): string {
  const root = new EditElement('domaincheckpoint')
  root.insert(new EditElement('name')).setText(name)
  const list = root.insert(new EditElement('disks'))
  for (const target of allTargets) {
    const isWanted = disks.some((one) => one.target === target)
    diskElement(list, target).setAttribute('checkpoint', isWanted ? 'bitmap' : 'no')
  }
  return root.toString()
}

function diskElement(list: EditElement, target: string): EditElement {
  const disk = new EditElement('disk')
  disk.setAttribute('name', target)
  return list.insert(disk, list.children('disk').at(-1))
}
