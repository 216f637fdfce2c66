/**
 * Files for the root of an initrd: a cpio archive of the form "newc" to be put behind it, as a kernel unpacks one archive
 * after the other (the kernel's buffer-format.rst). Packed, so that it may begin anywhere.
 */
import { gzipSync } from 'node:zlib'
import type { DiscFile } from '../seed-iso'

const regularFile = 0o100_600

export function initrdFiles(files: readonly DiscFile[]): Uint8Array {
  const entries = files.flatMap(({ name, bytes }, at) => entry(name, bytes, at + 1, regularFile))
  return gzipSync(Buffer.concat([...entries, ...entry('TRAILER!!!', new Uint8Array(), 0, 0)]))
}

function entry(name: string, bytes: Uint8Array, inode: number, mode: number): Buffer[] {
  const ended = `${name}\0`
  // inode, mode, owner, group, links, time, size, device and that of a special file by two numbers each, name, checksum
  const numbers = [inode, mode, 0, 0, 1, 0, bytes.length, 0, 0, 0, 0, Buffer.byteLength(ended), 0]
  const head = `070701${numbers.map((one) => one.toString(16).padStart(8, '0')).join('')}${ended}`
  return [padded(Buffer.from(head)), padded(Buffer.from(bytes))]
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
}
