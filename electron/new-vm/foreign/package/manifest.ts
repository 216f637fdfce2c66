/** The sums of the files of an OVF package, lines such as "SHA256(web.ovf)= 1f…". */
import { createHash, type Hash } from 'node:crypto'

export interface Digest {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512'
  readonly hex: string
}

export function parseManifest(text: string): ReadonlyMap<string, Digest> {
  const digests = new Map<string, Digest>()
  for (const line of text.split(/\r?\n/)) {
    const [, algorithm, name, hex] =
      /^(SHA1|SHA256|SHA512)\s*\((.*)\)\s*=\s*([0-9a-f]+)\s*$/i.exec(line) ?? []
    if (algorithm !== undefined && name !== undefined && hex !== undefined)
      digests.set(name, { algorithm: algorithm.toLowerCase() as Digest['algorithm'], hex: hex.toLowerCase() })
  }
  return digests
}

export function isDigestOf(digest: Digest, bytes: Buffer): boolean {
  return createHash(digest.algorithm).update(bytes).digest('hex') === digest.hex
}

export function hashFor({ algorithm }: Digest): Hash {
  return createHash(algorithm)
}
