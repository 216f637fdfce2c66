/** Which hypervisor a file belongs to is told by what stands in it; its name only helps where that says nothing. */
import type { ForeignFile, ForeignVm } from '../../../shared/model/new-vm/foreign'
import { badFile } from './foreign-error'
import { readVmx } from './vmx/read'
import { readXl } from './xl/read'

export function readForeign({ name, text }: ForeignFile): ForeignVm {
  if (text.includes('\0'))
    throw badFile(`${name} is no text: choose the file that describes the VM, not its disk`)
  if (/^\uFEFF?\s*</.test(text))
    throw badFile(
      `${name} is XML. A definition of libvirt is taken at "From a definition"; OVF is not read yet`,
    )
  const isVmx = /\.vmx$/i.test(name) || /^\s*(virtualHW\.version|config\.version)\s*=/im.test(text)
  return isVmx ? readVmx(text) : readXl(text)
}
