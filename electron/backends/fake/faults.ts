import { AppError } from '../../../shared/errors'
import type { FakeVm } from './model'

/** Failures that a VM's name asks for; sentinels.ts lists them. */
export function failStart(vm: FakeVm): void {
  if (vm.definition.name !== 'fails-to-start') return
  const path = vm.definition.disks[0]?.source ?? ''
  throw new AppError('invalid', 'The hypervisor could not start "fails-to-start"', {
    cure: 'Check that its disks are where the definition says',
    detail: `internal error: process exited while connecting to monitor: Could not open '${path}': No such file or directory`,
  })
}

export function failSave(vm: FakeVm): void {
  if (vm.definition.name !== 'fails-to-save') return
  throw new AppError('invalid', 'The memory image could not be written', {
    cure: 'Make room on the host and try again',
    detail: 'operation failed: Failed to write the domain save image: No space left on device',
  })
}

export function keepsFiles(vm: FakeVm): boolean {
  return vm.definition.name === 'keeps-its-files'
}
