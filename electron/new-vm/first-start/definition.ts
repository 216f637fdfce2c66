/** What a VM is at its first start only, when it is installed from the network: its own definition, started by other files. */
import { writeAt } from '../../domain-xml/edit/path'
import { EditDocument } from '../../domain-xml/edit/tree'

export interface StartFiles {
  /** Paths on the host. */
  readonly kernel: string
  readonly initrd?: string
  readonly line: string
}

/** The installer's restart ends it: started again with the same files it would install once more. */
export function firstStartDefinition(stored: string, { kernel, initrd, line }: StartFiles): string {
  const document = EditDocument.parse(stored)
  const { root } = document
  // Xen's way of finding a kernel on a disk that has none yet
  for (const name of ['bootloader', 'bootloader_args']) root.find(name)?.remove()
  writeAt(root, 'os/kernel', kernel)
  writeAt(root, 'os/initrd', initrd)
  writeAt(root, 'os/cmdline', line === '' ? undefined : line)
  writeAt(root, 'on_reboot', 'destroy')
  return document.toString()
}
