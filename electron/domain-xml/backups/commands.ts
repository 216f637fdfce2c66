/** What makes the same backup in a shell, once its images are there. */
import type { BackupRequest } from '../../../shared/model/backups/backup'
import { hereDocuments } from '../here-document'
import { backupXml, checkpointXml } from './backup-xml'

/** `virsh` turns words into a command with its connection. */
export function backupCommand(
  virsh: (words: readonly string[]) => string,
  vmName: string,
  request: BackupRequest,
  allTargets: readonly string[],
): string {
  const { checkpoint, holdsStill } = request
  const begin = hereDocuments(virsh(['backup-begin', '--reuse-external', vmName]), [
    backupXml(request, allTargets),
    ...(checkpoint === undefined ? [] : [checkpointXml(checkpoint, request, allTargets)]),
  ])
  return holdsStill ? [virsh(['domfsfreeze', vmName]), begin, virsh(['domfsthaw', vmName])].join('\n') : begin
}
