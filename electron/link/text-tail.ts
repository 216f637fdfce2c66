import type { Readable } from 'node:stream'

/** The end of what a stream said, bounded: error output is for people and must not fill the memory. */
export function keepTail(stream: Readable, maxBytes = 65_536): () => string {
  let kept: Buffer = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk])
    if (kept.length > maxBytes) kept = kept.subarray(kept.length - maxBytes)
  })
  // a broken pipe shows in the exit code and on the main stream
  stream.on('error', () => undefined)
  return () => kept.toString('utf8')
}
