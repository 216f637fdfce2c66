import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { duplexPair } from './memory-duplex'

describe('duplex pair', () => {
  it('carries bytes both ways', async () => {
    const [left, right] = duplexPair()
    left.write('ping')
    right.write('pong')
    expect(String((await once(right, 'data'))[0])).toBe('ping')
    expect(String((await once(left, 'data'))[0])).toBe('pong')
  })

  it('makes the writer wait for a reader that does not read', async () => {
    const [left, right] = duplexPair()
    let accepted = 0
    const chunk = Buffer.alloc(16 * 1024)
    for (let index = 0; index < 20; index += 1) left.write(chunk, () => (accepted += 1))
    await new Promise((resolve) => setImmediate(resolve))
    expect(accepted).toBeLessThan(20)
    let received = 0
    right.on('data', (bytes: Buffer) => (received += bytes.length))
    left.end()
    await once(right, 'end')
    expect(received).toBe(20 * chunk.length)
  })

  it('delivers what was written before the end, then ends and closes both', async () => {
    const [left, right] = duplexPair()
    left.resume()
    left.end('last words')
    let text = ''
    for await (const bytes of right) text += String(bytes)
    expect(text).toBe('last words')
    if (!left.destroyed) await once(left, 'close')
    expect(left.destroyed).toBe(true)
  })

  it('ends the other side when one is destroyed, also while a write waits', async () => {
    const [left, right] = duplexPair()
    for (let index = 0; index < 20; index += 1) left.write(Buffer.alloc(16 * 1024))
    right.destroy()
    left.resume()
    await once(left, 'close')
    expect(left.destroyed).toBe(true)
  })
})
