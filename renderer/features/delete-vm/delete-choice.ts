import type { DeletePlan, DeletePlanFile } from '../../../shared/model/delete-plan'

/** Which of a plan's files go, and when the delete button may be pressed. Pure. */
export function canDeleteFile(file: DeletePlanFile): boolean {
  return file.keep === undefined && file.usedBy.length === 0
}

/** Nothing a careful administrator would not tick himself. */
export function suggestedFiles(plan: DeletePlan): ReadonlySet<string> {
  return new Set(plan.files.filter((file) => canDeleteFile(file) && file.isSuggested).map(({ path }) => path))
}

export function chosenFiles(plan: DeletePlan, ticked: ReadonlySet<string>): DeletePlanFile[] {
  return plan.files.filter((file) => canDeleteFile(file) && ticked.has(file.path))
}

/**
 * Deleting storage cannot be undone, so the name must be typed; forgetting only the definition needs no more than the
 * click, and a VM in use cannot be deleted at all.
 */
export function canConfirm(plan: DeletePlan, ticked: ReadonlySet<string>, typedName: string): boolean {
  if (plan.blockedBy !== undefined) return false
  return chosenFiles(plan, ticked).length === 0 || typedName.trim() === plan.name
}

export function totalBytes(files: readonly DeletePlanFile[]): number {
  return files.reduce((sum, file) => sum + (file.allocationBytes ?? file.sizeBytes ?? 0), 0)
}
