import { AppError } from '../../../shared/errors'
import { parseXml } from '../../domain-xml/document'
import type { ActionContext } from '../backend'
import { refuseChosenFiles } from '../delete-choice'
import { cancelled } from './clock'
import { deletePlanFor } from './delete-plan'
import type { FakeHost } from './fake-host'
import { keepsFiles } from './faults'
import type { FakeVm } from './model'
import { storedXmlOf } from './xml'

const fileMs = 150

/** Takes the definition first: a VM without disks would be worse than disks without a VM. */
export async function deleteVm(
  host: FakeHost,
  vm: FakeVm,
  deleteFiles: readonly string[],
  context: ActionContext,
): Promise<void> {
  if (context.signal.aborted) throw cancelled()
  if (vm.job !== undefined) throw new AppError('busy', 'Another change of this VM is under way')
  const plan = deletePlanFor(host, vm)
  if (plan.blockedBy !== undefined) throw new AppError('invalid', plan.blockedBy)
  refuseChosenFiles(plan, deleteFiles)
  host.remove(vm)
  const nvram = parseXml(storedXmlOf(vm), 'the definition').root.textOf('os', 'nvram')
  if (nvram !== undefined) host.files.delete(nvram.trim())
  for (const [index, path] of deleteFiles.entries()) {
    context.onProgress(index / deleteFiles.length)
    await host.clock.delay(fileMs, context.signal)
    if (keepsFiles(vm)) {
      throw new AppError('denied', 'The VM was deleted, but not all of its files', {
        detail: deleteFiles
          .slice(index)
          .map((left) => `cannot unlink file '${left}': Permission denied`)
          .join('\n'),
      })
    }
    host.files.delete(path)
  }
  context.onProgress(1)
}
