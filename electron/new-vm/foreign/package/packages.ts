/** Packages that the user chose in a dialog, which the window knows by an id only. */
import type { ForeignVm } from '../../../../shared/model/new-vm/foreign'
import type { ChosenFiles } from '../../uploaded-volume'
import { openMember, readPackage, type Member } from './package'

export class ForeignPackages implements ChosenFiles {
  constructor(private readonly files: { path(id: string, kind: 'open'): string }) {}

  async read(file: string): Promise<ForeignVm> {
    const { vm, members } = await readPackage(this.files.path(file, 'open'))
    return {
      ...vm,
      disks: vm.disks.map((disk) =>
        disk.device === 'disk' && disk.file !== undefined && members.has(disk.file)
          ? { ...disk, local: { kind: 'local' as const, file, member: disk.file } }
          : disk,
      ),
    }
  }

  async open(file: string, member: string): Promise<Member> {
    return openMember(this.files.path(file, 'open'), member)
  }
}
