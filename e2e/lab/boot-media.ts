/**
 * The smallest systems that start: a disc, a disk and a boot file for networks, whose only program tells the serial line its
 * name, again and again.
 */

/** What the program says, each on a line of its own. */
export const discGreeting = 'started from the disc'
export const diskGreeting = 'started from the disk'
export const netbootGreeting = 'started from the network'

/**
 * 16-bit code with its text right behind it. SeaBIOS starts it at 0000:7c00, be it the first sector of a disk or the boot
 * image of a disc ("El Torito" 1.0, 2.2).
 */
function program(text: string): Buffer {
  const textAt = 0x7c00 + 20
  return Buffer.concat([
    Buffer.from([
      ...[0x0e, 0x1f], // push cs; pop ds
      ...[0xbe, textAt & 0xff, textAt >> 8], // mov si, text
      0xac, // lodsb
      ...[0x84, 0xc0], // test al, al
      ...[0x74, 0x06], // jz to the sti
      ...[0xba, 0xf8, 0x03], // mov dx, 03f8h, the first serial port
      0xee, // out dx, al
      ...[0xeb, 0xf5], // jmp to the lodsb
      ...[0xfb, 0xf4], // sti; hlt until the timer ticks
      ...[0xeb, 0xec], // jmp to the beginning
    ]),
    Buffer.from(`${text}\r\n\0`, 'latin1'),
  ])
}

/** A whole disk, raw. */
export function bootDisk(sizeBytes = 1024 * 1024): Buffer {
  const image = Buffer.alloc(sizeBytes)
  program(diskGreeting).copy(image)
  image.writeUInt16LE(0xaa55, 510)
  return image
}

/** What a card's own PXE loads and jumps to, at 0000:7c00 as a first sector. */
export function netbootProgram(): Buffer {
  return program(netbootGreeting)
}

const sectorBytes = 2048

/** An ISO 9660 image with nothing on it but what starts. */
export function bootDisc(): Buffer {
  const image = Buffer.alloc(512 * sectorBytes)
  const sector = (number: number): Buffer => image.subarray(number * sectorBytes, (number + 1) * sectorBytes)
  const volume = sector(16)
  volume.write('\x01CD001\x01', 0, 'latin1')
  volume.write('BOOTS'.padEnd(32), 40, 'latin1')
  const record = sector(17)
  record.write('\0CD001\x01EL TORITO SPECIFICATION', 0, 'latin1')
  record.writeUInt32LE(19, 71)
  sector(18).write('\xffCD001\x01', 0, 'latin1')
  const catalogue = sector(19)
  catalogue[0] = 1
  catalogue.writeUInt16LE(0xaa55, 30)
  // all words of the first entry come to zero
  let sum = 0
  for (let at = 0; at < 32; at += 2) sum += catalogue.readUInt16LE(at)
  catalogue.writeUInt16LE((0x10000 - (sum & 0xffff)) & 0xffff, 28)
  catalogue[32] = 0x88
  catalogue.writeUInt16LE(4, 38)
  catalogue.writeUInt32LE(20, 40)
  program(discGreeting).copy(sector(20))
  return image
}
