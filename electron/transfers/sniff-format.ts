/** What an image is, by its first bytes. What is not known is raw: that is what a host takes it for as well. */
import type { ReadableFile } from './local-source'

const text = (value: string): Buffer => Buffer.from(value, 'latin1')

const magics: readonly (readonly [format: string, offset: number, magic: Buffer])[] = [
  ['qcow2', 0, text('QFI\xfb')],
  ['qed', 0, text('QED\0')],
  ['vmdk', 0, text('KDMV')],
  ['vmdk', 0, text('COWD')],
  ['vmdk', 0, text('# Disk DescriptorFile')],
  ['vdi', 0x40, Buffer.from([0x7f, 0x10, 0xda, 0xbe])],
  ['vhdx', 0, text('vhdxfile')],
  ['vpc', 0, text('conectix')],
  ['luks', 0, text('LUKS\xba\xbe')],
  ['iso', 0x8001, text('CD001')],
]

export async function sniffFormat(file: ReadableFile): Promise<string> {
  const head = Buffer.alloc(0x8001 + 5)
  const { bytesRead } = await file.read(head, 0, head.length, 0)
  return formatOf(head.subarray(0, bytesRead))
}

export function formatOf(head: Buffer): string {
  for (const [format, offset, magic] of magics) {
    if (head.subarray(offset, offset + magic.length).equals(magic)) return format
  }
  return 'raw'
}
