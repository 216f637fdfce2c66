import { expect, it } from 'vitest'
import { backupXml, checkpointXml } from './backup-xml'

const disks = [{ target: 'vda', path: "/pool/it's & more.qcow2" }]

it('a backup names every disk, those it leaves out as well, and the checkpoint it begins at', () => {
  expect(backupXml({ disks, since: 'first', holdsStill: false }, ['vda', 'sda']).split('\n')).toEqual([
    "<domainbackup mode='push'>",
    '  <incremental>first</incremental>',
    '  <disks>',
    "    <disk name='vda' backup='yes' type='file'>",
    "      <driver type='qcow2'/>",
    "      <target file='/pool/it&apos;s &amp; more.qcow2'/>",
    '    </disk>',
    "    <disk name='sda' backup='no'/>",
    '  </disks>',
    '</domainbackup>',
  ])
})

it('a checkpoint remembers the changes of the disks that are backed up, and of no others', () => {
  expect(checkpointXml('<now>', { disks, holdsStill: false }, ['vda', 'sda']).split('\n')).toEqual([
    '<domaincheckpoint>',
    '  <name>&lt;now&gt;</name>',
    '  <disks>',
    "    <disk name='vda' checkpoint='bitmap'/>",
    "    <disk name='sda' checkpoint='no'/>",
    '  </disks>',
    '</domaincheckpoint>',
  ])
})
