/**
 * The header of a plain file in a tar archive, in ustar as DSP0243 wants it for an OVA. From 8 GiB on the size is binary with
 * the first bit set, which GNU tar, VMware and VirtualBox read (GNU tar's manual, "Extensions to the Archive Format").
 */
import { AppError } from '../../shared/errors'

export const blockBytes = 512
const nameBytes = 100
const mostOctalBytes = 8 ** 11

export function tarHeader(name: string, sizeBytes: number, modifiedAtMs: number): Buffer {
  if (Buffer.byteLength(name) > nameBytes)
    throw new AppError('invalid', `The name ${name} is too long for an archive`)
  const header = Buffer.alloc(blockBytes)
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`
  header.write(name, 0, 'utf8')
  header.write(octal(0o644, 7), 100)
  // of nobody in particular
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  if (sizeBytes < mostOctalBytes) header.write(octal(sizeBytes, 11), 124)
  else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(sizeBytes), 128)
  }
  header.write(octal(Math.floor(modifiedAtMs / 1000), 11), 136)
  // counted as blanks
  header.write(' '.repeat(8), 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** To the next block. */
export function paddingBytes(sizeBytes: number): number {
  return (blockBytes - (sizeBytes % blockBytes)) % blockBytes
}
