/** Upper bounds of the wire format (libvirt's src/rpc/virnetprotocol.x), shared by reader and writer. */

/** A 64-bit number: a `number` while that is exact, otherwise a `bigint`. */
export type Hyper = number | bigint

/** VIR_NET_MESSAGE_STRING_MAX: the limit of every string in the protocol. */
export const stringMaxBytes = 4194304
/** VIR_NET_MESSAGE_MAX plus its length word: no packet is longer. */
export const packetMaxBytes = 33554436
