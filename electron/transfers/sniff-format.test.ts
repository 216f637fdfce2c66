import { expect, it } from 'vitest'
import { formatOf } from './sniff-format'

const at = (offset: number, magic: string): Buffer => {
  const head = Buffer.alloc(40_000)
  head.write(magic, offset, 'latin1')
  return head
}

it.each([
  ['qcow2', at(0, 'QFI\xfb')],
  ['vmdk', at(0, 'KDMV')],
  ['vmdk', at(0, '# Disk DescriptorFile')],
  ['vdi', at(0x40, '\x7f\x10\xda\xbe')],
  ['vhdx', at(0, 'vhdxfile')],
  ['luks', at(0, 'LUKS\xba\xbe')],
  ['iso', at(0x8001, 'CD001')],
  ['raw', Buffer.alloc(40_000)],
  ['raw', Buffer.from('QF')],
  ['raw', Buffer.alloc(0)],
])('an image is taken for %s by its first bytes', (format, head) => {
  expect(formatOf(head)).toBe(format)
})
