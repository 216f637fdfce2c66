/** What no backend deletes with a VM, whatever was chosen: held against a plan that was worked out just before. */
import { AppError } from '../../shared/errors'
import type { DeletePlan } from '../../shared/model/delete-plan'

export function refuseChosenFiles(plan: DeletePlan, paths: readonly string[]): void {
  for (const path of paths) {
    const file = plan.files.find((one) => one.path === path)
    if (!file) throw new AppError('invalid', `"${path}" does not belong to this VM`)
    if (file.keep !== undefined)
      throw new AppError('invalid', `"${path}" cannot be deleted`, { detail: file.keep })
    if (file.usedBy.length > 0) {
      throw new AppError('busy', `"${path}" is also used by ${file.usedBy.join(', ')}`, {
        cure: 'Delete the VM without this file. It can go with the last one that uses it.',
      })
    }
  }
}
