import { expect, it } from 'vitest'
import { backupCommand } from './commands'

const virsh = (words: readonly string[]): string => ['virsh', ...words].join(' ')
const disks = [{ target: 'vda', path: '/pool/a.qcow2' }]
const begun = (command: string): string[] => command.split('\n').filter((line) => line.startsWith('virsh'))

it('a guest that is held still is let go again, whatever became of the backup', () => {
  const command = backupCommand(virsh, 'web', { disks, holdsStill: true, checkpoint: 'now' }, ['vda'])
  expect(begun(command)).toEqual([
    'virsh domfsfreeze web',
    "virsh backup-begin --reuse-external web /dev/fd/3 /dev/fd/4 3<<'EOF' 4<<'EOF_'",
    'virsh domfsthaw web',
  ])
})

it('a backup that nothing can follow has no checkpoint', () => {
  const command = backupCommand(virsh, 'web', { disks, holdsStill: false }, ['vda'])
  expect(begun(command)).toEqual(["virsh backup-begin --reuse-external web /dev/fd/3 3<<'EOF'"])
  expect(command).not.toContain('domaincheckpoint')
})
