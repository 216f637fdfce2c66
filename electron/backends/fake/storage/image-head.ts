/**
 * The beginning of an image that nobody wrote to: enough for others to see what it is. A qcow2 image is as its specification says
 * (https://www.qemu.org/docs/master/interop/qcow2.html), of a VMDK there is the magic only.
 */
import type { FakeFile } from '../model'
import { FakeContent } from './volume-content'

const grainBytes = 65_536

/** Images of these formats are as large as what they hold, not as the disk in them. */
export function asStored(file: FakeFile): FakeFile & { readonly content: FakeContent } {
  if (file.content) return { ...file, content: file.content }
  const content = new FakeContent()
  if (file.format !== 'qcow2' && file.format !== 'vmdk') return { ...file, content }
  const head = Buffer.alloc(104)
  if (file.format === 'vmdk') head.write('KDMV', 'latin1')
  else {
    head.write('QFI\xfb', 'latin1')
    head.writeUInt32BE(3, 4)
    // clusters of 64 KiB, the size of the disk, the length of this header
    head.writeUInt32BE(16, 20)
    head.writeBigUInt64BE(BigInt(file.sizeBytes), 24)
    head.writeUInt32BE(4, 96)
    head.writeUInt32BE(head.length, 100)
  }
  content.write(0, head)
  return { ...file, content, sizeBytes: Math.max(grainBytes, file.allocationBytes) }
}
