/** The head of a file in which libvirt keeps memory. Where no command can be run on the host, nothing is told of it. */
import type { HostCommands } from '../../images/host-commands'
import { readBytes } from '../../images/read-bytes'
import { told } from '../../host/memory-in-files'

/** virQEMUSaveHeader in libvirt's qemu_saveimage.h: 16 bytes of magic, then version, length and whether it ran. */
const magic = 'LibvirtQemudSave'
const ranAt = 24

export async function wasRunning(host: HostCommands, path: string): Promise<boolean | undefined> {
  const head = await told(() => readBytes(host, path, 0, ranAt + 4))
  if (head?.length !== ranAt + 4 || Buffer.from(head.subarray(0, 16)).toString('latin1') !== magic)
    return undefined
  // in the byte order of the host; it is 0 or 1
  return head.subarray(ranAt).some((byte) => byte !== 0)
}
