/**
 * Hashes of passwords as Linux keeps them: "$6$salt$…" (Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512", 2007). The
 * names of steps are those of that text.
 */
import { createHash, randomBytes } from 'node:crypto'

const usualRounds = 5000
/** Rounds between two looks at what else main has to do: less than a millisecond. */
const slice = 250
const signs = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export function newSalt(): string {
  return [...randomBytes(16)].map((byte) => signs.charAt(byte % 64)).join('')
}

export async function sha512Crypt(password: string, salt: string, rounds = usualRounds): Promise<string> {
  const key = Buffer.from(password, 'utf8')
  const saltBytes = Buffer.from(salt, 'latin1').subarray(0, 16)
  const b = sha512(key, saltBytes, key)
  const a = createHash('sha512').update(key).update(saltBytes).update(repeated(b, key.length))
  for (let bits = key.length; bits > 0; bits >>= 1) a.update(bits & 1 ? b : key)
  let digest: Buffer = a.digest()
  const p = repeated(sha512(...Array.from({ length: key.length }, () => key)), key.length)
  const s = repeated(
    sha512(...Array.from({ length: 16 + (digest[0] ?? 0) }, () => saltBytes)),
    saltBytes.length,
  )
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0 && round % slice === 0) await new Promise((resolve) => setImmediate(resolve))
    const isOdd = round % 2 === 1
    digest = sha512(
      isOdd ? p : digest,
      ...(round % 3 === 0 ? [] : [s]),
      ...(round % 7 === 0 ? [] : [p]),
      isOdd ? digest : p,
    )
  }
  const setting = rounds === usualRounds ? '' : `rounds=${rounds}$`
  return `$6$${setting}${saltBytes.toString('latin1')}$${encoded(digest)}`
}

function sha512(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha512')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** As often as it takes to fill this length, the last time in part. */
function repeated(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes)
}

/** Three bytes make four signs, the lowest bits first; they are taken 21 apart, each three turned by one. */
function encoded(digest: Buffer): string {
  let text = ''
  const add = (bits: number, count: number): void => {
    for (let at = 0; at < count; at += 1) text += signs.charAt((bits >> (6 * at)) & 63)
  }
  for (let at = 0; at < 21; at += 1) {
    const places = [at, at + 21, at + 42]
    const [high = 0, middle = 0, low = 0] = [...places.slice(at % 3), ...places.slice(0, at % 3)].map(
      (one) => digest[one] ?? 0,
    )
    add((high << 16) | (middle << 8) | low, 4)
  }
  add(digest[63] ?? 0, 2)
  return text
}
