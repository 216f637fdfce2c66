/** What no backend deletes with a VM, whatever was chosen: held against a plan that was worked out just before. */
import { createHash } from 'node:crypto'
import { AppError } from '../../shared/errors'
import type { DeletePlan, DeletePlanFile, PartKind } from '../../shared/model/delete-plan'
import type { DeleteRequest } from './backend'

/**
 * What somebody agreed to: what goes without being asked about, and the files there were to choose from. Who uses them
 * is not part of it, as files that came into use are refused one by one, and others may go at the same time.
 */
export function stampOf({
  goesAlong,
  parts,
  files,
  unread,
}: Pick<DeletePlan, 'goesAlong' | 'parts' | 'files' | 'unread'>): string {
  const told = [
    goesAlong,
    parts.map(({ kind, text, fixed }) => [kind, text, fixed?.to]),
    files.map(({ path, role, keep }) => JSON.stringify([path, role, keep])).toSorted(),
    unread.length > 0,
  ]
  return createHash('sha256').update(JSON.stringify(told)).digest('hex')
}

export function refuseChosen(plan: DeletePlan, { files, keepParts = [], stamp }: DeleteRequest): void {
  const chosen = new Set(files)
  for (const path of chosen) refuseFile(plan, path, chosen)
  for (const kind of keepParts) refusePart(plan, kind)
  if (stamp === undefined || stamp === plan.stamp) return
  throw new AppError('invalid', `What belongs to ${plan.name} has changed since it was shown`, {
    cure: 'Nothing was deleted. Look at the list again, then confirm it.',
    field: 'plan',
  })
}

function refuseFile(plan: DeletePlan, path: string, chosen: ReadonlySet<string>): void {
  const file = plan.files.find((one) => one.path === path)
  if (!file) throw new AppError('invalid', `"${path}" does not belong to this VM`)
  if (file.keep !== undefined)
    throw new AppError('invalid', `"${path}" cannot be deleted`, { detail: file.keep })
  const users = [...file.usedBy, ...file.sharedWith]
  if (users.length > 0) {
    throw new AppError('busy', `"${path}" is also used by ${users.join(', ')}`, {
      cure: 'Delete the VM without this file. It can go with the last one that uses it.',
    })
  }
  const built = file.neededBy.filter((overlay) => !chosen.has(overlay))
  if (built.length > 0) {
    throw new AppError(
      'invalid',
      `"${path}" cannot go while ${built.join(', ')} stays, which is built on it`,
      {
        cure: 'Delete both, or neither.',
      },
    )
  }
}

function refusePart(plan: DeletePlan, kind: PartKind): void {
  const part = plan.parts.find((one) => one.kind === kind)
  if (!part) throw new AppError('invalid', 'The VM has no such state that could be kept')
  if (part.fixed?.to === 'goes') {
    throw new AppError('unsupported', `${part.text} cannot be kept`, { detail: part.fixed.why })
  }
}

/** What is built on another image goes before it, so that nothing is ever without its base. */
export function inDeletionOrder(files: readonly DeletePlanFile[]): DeletePlanFile[] {
  const waiting = [...files]
  const ordered: DeletePlanFile[] = []
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ neededBy }) => !waiting.some(({ path }) => neededBy.includes(path)))
    // images that are built on one another in a circle work in no hypervisor
    ordered.push(...waiting.splice(Math.max(0, at), 1))
  }
  return ordered
}
