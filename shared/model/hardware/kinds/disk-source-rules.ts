/** What has to be said about where a disk's data is, and what cannot stand beside it. */
import { plain, type Row, type Values } from '../field'
import type { CheckContext, Problem } from '../kind'
import { hasSharedMemory, sharedMemoryProblem } from '../shared-memory'
import { at, fix } from './disk-fix'
import { deviceOf, isRemovable, protocolIs, sourceTypeOf } from './disk-when'

const oneServer = protocolIs('nbd', 'iscsi', 'nfs', 'http', 'https', 'ftp', 'ftps')

export function sourceProblems(values: Values, context: CheckContext): Problem[] {
  const hosts: readonly Row[] = Array.isArray(values.hosts) ? (values.hosts as readonly Row[]) : []
  const problem = (field: string, message: string, severity: 'error' | 'warning' = 'error'): Problem => ({
    severity,
    message,
    field,
    ...at(context),
  })
  const problems: Problem[] = []
  if (values.file === undefined && values.startupPolicy === 'requisite' && !isRemovable(values))
    problems.push(problem('startupPolicy', 'Only CD and floppy drives can go on without it in migrations'))
  if (sourceTypeOf(values) === 'network' && values.protocol === undefined)
    problems.push(problem('protocol', 'Choose a protocol; for an empty drive choose an image file'))
  if (sourceTypeOf(values) === 'volume' && (values.pool === undefined) !== (values.volume === undefined))
    problems.push(problem('volume', 'Choose the pool and its volume, or neither'))
  if (
    values.nvmeAddress !== undefined &&
    !/^[0-9a-f]{1,8}:[0-9a-f]{1,2}:[0-9a-f]{1,2}\.[0-7]$/i.test(plain(values.nvmeAddress))
  )
    problems.push(problem('nvmeAddress', 'Enter a PCI address such as 0000:41:00.0'))
  if (sourceTypeOf(values) === 'network') {
    if (values.sourceName === undefined && !protocolIs('nbd')(values))
      problems.push(problem('sourceName', 'Enter what the server calls it'))
    if (oneServer(values) && hosts.length !== 1) problems.push(problem('hosts', 'Enter one server'))
    if (protocolIs('gluster')(values) && hosts.length === 0)
      problems.push(problem('hosts', 'Enter at least one server'))
    if (hosts.some((row) => plain(row[row.transport === 'unix' ? 'socket' : 'name']) === ''))
      problems.push(problem('hosts', 'Each server needs a host name, an address or a socket'))
    if (hosts.some(({ name }) => plain(name) !== '' && !/^[a-z0-9.:-]+$/i.test(plain(name))))
      problems.push(problem('hosts', 'A host name has letters, digits, dots and hyphens'))
    if (values.authUser !== undefined && values.authSecret === undefined)
      problems.push(problem('authSecret', 'Choose the secret that this user signs in with'))
    if (protocolIs('nfs')(values) && (values.nfsUser === undefined) !== (values.nfsGroup === undefined))
      problems.push(problem('nfsUser', 'NFS needs the user and the group, or neither'))
  }
  if (sourceTypeOf(values) === 'dir' && values.format !== 'fat')
    problems.push({
      ...problem('format', 'A folder is shown as FAT'),
      ...fix(context, 'Use FAT', { format: 'fat' }),
    })
  if (sourceTypeOf(values) === 'dir' && values.readOnly !== true)
    problems.push({
      ...problem('readOnly', 'A folder can only be read by the guest'),
      ...fix(context, 'Make it read-only', { readOnly: true }),
    })
  if (sourceTypeOf(values) === 'nvme' && values.nvmeNamespace === undefined)
    problems.push(problem('nvmeNamespace', 'Enter the namespace, mostly 1'))
  if (sourceTypeOf(values) === 'vhostuser') {
    if (!hasSharedMemory(context)) problems.push(sharedMemoryProblem(context, 'sourceType'))
    if (values.snapshot !== undefined && values.snapshot !== 'no')
      problems.push(problem('snapshot', 'A vhost-user disk cannot be part of snapshots'))
  }
  if (sourceTypeOf(values) === 'block' && deviceOf(values) === 'disk' && values.shareable !== true)
    problems.push({
      severity: 'hint',
      message: 'Neither the host nor another VM may use this device at the same time, mounted or not',
      field: 'blockDevice',
      ...at(context),
    })
  const labels: readonly Row[] = Array.isArray(values.seclabels) ? (values.seclabels as readonly Row[]) : []
  if (labels.some(({ relabel, label }) => relabel !== false && plain(label) === ''))
    problems.push(problem('seclabels', 'Enter the label, or choose that the image is not labelled'))
  if (values.encryptionFormat !== undefined && values.encryptionSecret === undefined)
    problems.push(problem('encryptionSecret', 'Choose the secret that opens the image'))
  if (values.encryptionFormat === 'luks2' && values.encryptionEngine !== 'librbd')
    problems.push({
      ...problem('encryptionEngine', 'Only Ceph opens LUKS2'),
      ...fix(context, 'Let Ceph decrypt', { encryptionEngine: 'librbd' }),
    })
  return problems
}
