/** What cannot be, and what had better not be, in a pool's form. */
import { capital } from '../../words'
import { plain, problemOf, type Values } from '../hardware/field'
import type { Kind, Problem } from '../hardware/kind'
import { poolKind } from './pool-kind'
import { poolTypeOf } from './pool-types'

export interface PoolContext {
  /** Names of the host's other pools. */
  readonly names?: readonly string[]
  /** What the host shall make first. */
  readonly build?: 'no' | 'build' | 'overwrite'
}

/** Rules between the fields; what each field says of itself is in `problemOf`. */
export function poolProblems(values: Values, context: PoolContext = {}): Problem[] {
  const problems: Problem[] = []
  const add = (severity: Problem['severity'], field: string, message: string): void => {
    problems.push({ severity, field, message })
  }
  const type = poolTypeOf(plain(values['type']))
  if (!type) return problems
  const has = (field: string): boolean => values[field] !== undefined && values[field] !== ''
  if (context.names?.includes(plain(values['name'])))
    add('error', 'name', `Another pool is called ${plain(values['name'])}`)
  if (type.fields.path === 'needed' && !has('path'))
    add('error', 'path', 'Enter where its volumes are seen on the host')
  if (type.fields.initiator === 'needed' && !has('initiator'))
    add('error', 'initiator', 'Enter the name by which the emulator signs in')
  if (type.fields.auth && has('authUser') !== has('authSecret'))
    add(
      'error',
      has('authUser') ? 'authSecret' : 'authUser',
      'Signing in takes both a user name and a password',
    )
  if (type.fields.adapter && values['adapterType'] !== 'fc_host' && !has('adapterName'))
    add('error', 'adapterName', 'Enter the adapter whose disks the pool shall have')
  deviceProblems(values, add)
  shareProblems(values, add)
  buildProblems(values, context, add)
  if (type.caution) add('hint', 'type', type.caution)
  return problems
}

type Add = (severity: Problem['severity'], field: string, message: string) => void

function deviceProblems(values: Values, add: Add): void {
  const isWhole = values['type'] === 'disk'
  const named: (readonly [field: string, path: string])[] = [
    ...(typeof values['device'] === 'string' ? [['device', values['device']] as const] : []),
    ...(Array.isArray(values['devices'])
      ? values['devices'].map((row) => ['devices', plain(row['path'])] as const)
      : []),
  ]
  for (const [field, device] of named) {
    if (isUnstable(device))
      add(
        'warning',
        field,
        `${device} may be another device after the next start of the host. Use its path in /dev/disk/by-id.`,
      )
    if (isWhole && isPartition(device))
      add('warning', field, `${device} looks like a partition. A pool of this kind needs the whole disk.`)
  }
}

/** Named in the order in which the kernel found it. */
function isUnstable(device: string): boolean {
  return /^\/dev\/(sd[a-z]+|hd[a-z]+|vd[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)(p?\d+)?$/.test(device)
}

function isPartition(device: string): boolean {
  return /^\/dev\/((s|h|v|xv)d[a-z]+\d+|(nvme\d+n|mmcblk|loop|nbd)\d+p\d+)$|^\/dev\/disk\/by-.*-part\d+$/.test(
    device,
  )
}

function shareProblems(values: Values, add: Add): void {
  if (values['type'] !== 'netfs') return
  const folder = plain(values['exportPath'])
  const share = plain(values['share'])
  if (['', 'auto', 'nfs'].includes(share) && folder !== '' && !folder.startsWith('/'))
    add('error', 'exportPath', 'Enter the path on the NFS server, beginning with "/"')
}

function buildProblems(values: Values, { build = 'no' }: PoolContext, add: Add): void {
  if (build === 'no') return
  const type = plain(values['type'])
  if (type === 'fs' && ['', 'auto'].includes(plain(values['fileSystem'])))
    add('error', 'fileSystem', 'Choose the file system that shall be made')
  if (
    (type === 'logical' || type === 'zfs') &&
    !(Array.isArray(values['devices']) && values['devices'].length > 0)
  )
    add('error', 'devices', 'Enter the devices it shall be made of')
}

/** The first thing that keeps a form's values from being a pool; undefined when all is well. */
export function whyNotPool(
  values: Values,
  context: PoolContext = {},
): { field: string; message: string } | undefined {
  // as any kind, so that a name that is no field can be asked for
  const { fields }: Kind = poolKind
  for (const [id, value] of Object.entries(values)) {
    const field = Object.hasOwn(fields, id) ? fields[id] : undefined
    if (value !== undefined && (!field || !(field.when?.(values) ?? true)))
      return {
        field: id,
        message: field
          ? `${capital(field.label)} does not belong to this kind of pool`
          : `A pool has no "${id}"`,
      }
  }
  for (const [id, field] of Object.entries(fields)) {
    if (field.when && !field.when(values)) continue
    const message = problemOf(field, values[id])
    if (message !== undefined) return { field: id, message }
  }
  if (!poolTypeOf(plain(values['type'])))
    return { field: 'type', message: 'Innkeeper does not know pools of this kind; write its XML instead' }
  const error = poolProblems(values, context).find(({ severity }) => severity === 'error')
  return error && { field: error.field ?? 'type', message: error.message }
}
