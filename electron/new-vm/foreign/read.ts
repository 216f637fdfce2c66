/** Which hypervisor a file belongs to is told by what stands in it; its name only helps where that says nothing. */
import type { ForeignFile, ForeignVm } from '../../../shared/model/new-vm/foreign'
import { badFile } from './foreign-error'
import { readOvf } from './ovf/read'
import { readVmx } from './vmx/read'
import { readXl } from './xl/read'

export function readForeign({ name, text }: ForeignFile): ForeignVm {
  if (text.includes('\0'))
    throw badFile(`${name} is no text: choose the file that describes the VM, not its disk`)
  if (/^\uFEFF?\s*</.test(text)) return readOvf(text)
  const isVmx = /\.vmx$/i.test(name) || /^\s*(virtualHW\.version|config\.version)\s*=/im.test(text)
  return isVmx ? readVmx(text) : readXl(text)
}
