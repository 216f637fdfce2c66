/** What moves the same disk in a shell. */
import type { DiskPlan, MoveDiskInput } from '../../shared/model/disk-jobs/disk-job'
import type { HypervisorSession } from '../backends/backend'
import { putDisk, sourceDisks } from '../clone/source-disks'
import { EditDocument } from '../domain-xml/edit/tree'
import { hereDocument } from '../domain-xml/here-document'
import { copyCommand } from '../domain-xml/storage/volume-commands'

/** Undefined where virsh cannot say it. */
export async function moveCommand(
  session: Pick<HypervisorSession, 'virsh' | 'definition'>,
  input: MoveDiskInput,
  plan: DiskPlan,
): Promise<string | undefined> {
  const { pool, volume, finish, deletesOld } = input
  const virsh = (words: readonly string[]): string => session.virsh(words) ?? ''
  const path = plan.pools.find(({ name }) => name === pool)?.path
  if (virsh(['version']) === '' || path === undefined) return undefined
  const place = `${path}/${volume}`
  const copy = plan.facts.isRunning
    ? virsh(copyWords(input, plan, place))
    : await offCommand(session, input, plan, place, virsh)
  if (copy === undefined) return undefined
  const old = finish === 'switch' && deletesOld ? plan.at : undefined
  return [copy, ...(old ? [virsh(['vol-delete', '--pool', old.pool, old.volume])] : [])].join('\n')
}

/** How virsh says how fast a job may be. */
export function limitWords(bytesPerSecond: number | undefined): string[] {
  return bytesPerSecond === undefined ? [] : ['--bandwidth', String(bytesPerSecond), '--bytes']
}

function copyWords(
  { target, format, limitBytesPerSecond, finish }: MoveDiskInput,
  { vmName, facts }: DiskPlan,
  place: string,
): string[] {
  return [
    ...['blockcopy', vmName, target, place, '--format', format ?? formatOf(facts)],
    ...limitWords(limitBytesPerSecond),
    ...['--transient-job', '--wait', '--verbose', finish === 'switch' ? '--pivot' : '--finish'],
  ]
}

async function offCommand(
  session: Pick<HypervisorSession, 'definition'>,
  { vm, target, pool, volume, format, finish }: MoveDiskInput,
  { at, facts, vmName }: DiskPlan,
  place: string,
  virsh: (words: readonly string[]) => string,
): Promise<string | undefined> {
  if (!at) return undefined
  const wanted = format ?? formatOf(facts)
  const copy = copyCommand(virsh, {
    ...at,
    toPool: pool,
    name: volume,
    format: wanted,
    capacityBytes: facts.sizeBytes ?? 0,
  })
  if (finish === 'keep') return copy
  const { root } = EditDocument.parse((await session.definition(vm, 'stored')).xml, 'the definition')
  const disk = sourceDisks(root).find((one) => one.target === target)
  if (!disk) return undefined
  putDisk(disk.element, { kind: 'file', path: place }, wanted)
  return [
    copy,
    hereDocument(virsh(['update-device', '--config', '--domain', vmName, '--file']), disk.element.toString()),
  ].join('\n')
}

function formatOf({ layers: [top] }: DiskPlan['facts']): 'qcow2' | 'raw' {
  return top?.format === 'raw' ? 'raw' : 'qcow2'
}
