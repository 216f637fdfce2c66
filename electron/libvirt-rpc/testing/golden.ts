/**
 * Packets written out by hand from the protocol's description, byte by byte, so that framing and codecs are checked
 * against something no program of ours produced.
 */

/** Joins lines of hex; everything after a `;` is a note. */
function hex(text: string): Buffer {
  const digits = text
    .split('\n')
    .map((line) => line.replace(/;.*/, ''))
    .join('')
    .replace(/\s/g, '')
  return Buffer.from(digits, 'hex')
}

export const golden = {
  authListCall: hex(`
    0000001c                             ; length 28
    20008086 00000001 00000042           ; remote program, version 1, procedure 66
    00000000 00000001 00000000           ; call, serial 1, ok`),

  authListReply: hex(`
    00000024                             ; length 36
    20008086 00000001 00000042
    00000001 00000001 00000000           ; reply, serial 1, ok
    00000001 00000000                    ; one method: none`),

  connectOpenCall: hex(`
    00000038                             ; length 56
    20008086 00000001 00000001           ; procedure 1
    00000000 00000002 00000000           ; call, serial 2, ok
    00000001 0000000e                    ; a name is given, 14 bytes
    71656d75 3a2f2f2f 73797374 656d 0000 ; "qemu:///system", 2 bytes of padding
    00000001                             ; flags: read-only`),

  connectOpenReply: hex(`
    0000001c
    20008086 00000001 00000001
    00000001 00000002 00000000           ; reply, serial 2, ok`),

  listDomainsReply: hex(`
    00000058                             ; length 88
    20008086 00000001 00000111           ; procedure 273
    00000001 00000003 00000000           ; reply, serial 3, ok
    00000002                             ; two domains
    00000003 766d31 00                   ; "vm1"
    00112233 44556677 8899aabb ccddeeff  ; uuid
    00000007                             ; id 7
    00000000                             ; "" as name
    ffffffff ffffffff ffffffff ffffffff
    ffffffff                             ; id -1: not running
    00000002                             ; ret`),

  errorReply: hex(`
    00000064                             ; length 100
    20008086 00000001 00000022           ; procedure 34
    00000001 00000004 00000001           ; reply, serial 4, error
    0000002a 0000000a                    ; code 42, domain 10
    00000001 00000005 476f6e65 2e 000000 ; message "Gone."
    00000002                             ; level: error
    00000000                             ; no domain object
    00000001 00000002 2573 0000          ; str1 "%s"
    00000000                             ; no str2
    00000001 00000004 676f6e65           ; str3 "gone"
    ffffffff 00000005                    ; int1, int2
    00000000                             ; no network object`),

  lifecycleEvent: hex(`
    00000044                             ; length 68
    20008086 00000001 0000013e           ; procedure 318
    00000002 00000000 00000000           ; message, serial 0, ok
    00000001                             ; callback id 1
    00000003 766d31 00                   ; domain "vm1"
    00112233 44556677 8899aabb ccddeeff
    ffffffff                             ; id -1
    00000005 00000001                    ; stopped, destroyed`),

  ping: hex(`
    0000001c
    6b656570 00000001 00000001           ; keepalive program, procedure 1
    00000002 00000000 00000000           ; message, serial 0, ok`),

  pong: hex(`
    0000001c
    6b656570 00000001 00000002
    00000002 00000000 00000000`),

  screenshotReply: hex(`
    0000002c                             ; length 44
    20008086 00000001 000000d3           ; procedure 211
    00000001 00000005 00000000           ; reply, serial 5, ok
    00000001 00000005 612f622b 63 000000 ; a mime type is given: "a/b+c"`),

  streamData: hex(`
    0000001f                             ; length 31: stream bytes are not padded
    20008086 00000001 000000d3
    00000003 00000005 00000002           ; stream, serial 5, continue
    010203`),

  streamHole: hex(`
    00000028                             ; length 40
    20008086 00000001 000000d1           ; procedure 209
    00000006 00000006 00000002           ; hole, serial 6, continue
    00000001 00000000                    ; 4 GiB
    00000000                             ; flags`),

  streamEndOfData: hex(`
    0000001c
    20008086 00000001 000000d3
    00000003 00000005 00000002           ; stream, serial 5, continue, no bytes`),

  streamFinish: hex(`
    0000001c
    20008086 00000001 000000d3
    00000003 00000005 00000000           ; stream, serial 5, ok`),

  streamAbort: hex(`
    0000001c
    20008086 00000001 000000d3
    00000003 00000005 00000001           ; stream, serial 5, error`),

  /** A reply with two descriptors: their count before the struct, and a dummy byte for each after the packet. */
  replyWithDescriptors: hex(`
    00000028                             ; length 40
    20008086 00000001 0000003b           ; procedure 59
    00000005 00000007 00000000           ; reply with descriptors, serial 7, ok
    00000002                             ; two descriptors
    00000004 686f7374                    ; hostname "host"
    00 00                                ; the dummy bytes, outside the length`),
}
