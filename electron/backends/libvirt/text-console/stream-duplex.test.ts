import { once } from 'node:events'
import { expect, it } from 'vitest'
import type { StreamPart } from '../../../libvirt-rpc/index'
import { StreamDuplex } from './stream-duplex'

function setUp() {
  const waiting: { resolve(part: StreamPart | null): void; reject(error: Error): void }[] = []
  const written: string[] = []
  let aborts = 0
  const duplex = new StreamDuplex(
    {
      read: () => new Promise((resolve, reject) => waiting.push({ resolve, reject })),
      write: async (bytes) => void written.push(Buffer.from(bytes).toString()),
      abort: async () => void (aborts += 1),
    },
    (error) => new Error(`told: ${(error as Error).message}`),
  )
  const says = (text: string): void => waiting.shift()?.resolve({ kind: 'data', bytes: Buffer.from(text) })
  return { duplex, waiting, written, says, aborts: () => aborts }
}

it('hands over what the guest writes, and what is written to it', async () => {
  const { duplex, says, written } = setUp()
  duplex.resume().pause()
  duplex.read()
  says('login: ')
  await once(duplex, 'readable')
  expect(String(duplex.read())).toBe('login: ')
  duplex.write('ann\r')
  await expect.poll(() => written).toEqual(['ann\r'])
})

it('gives the stream of the daemon up when it is destroyed', async () => {
  const { duplex, aborts } = setUp()
  duplex.destroy()
  await once(duplex, 'close')
  expect(aborts()).toBe(1)
})

it('ends with the guest', async () => {
  const { duplex, waiting } = setUp()
  duplex.resume()
  await expect.poll(() => waiting.length).toBe(1)
  waiting.shift()?.resolve(null)
  await once(duplex, 'close')
  expect(duplex.readableEnded).toBe(true)
})

it('tells why it broke', async () => {
  const { duplex, waiting } = setUp()
  duplex.resume()
  await expect.poll(() => waiting.length).toBe(1)
  const told = once(duplex, 'error')
  waiting.shift()?.reject(new Error('I/O failure'))
  const [error] = (await told) as [Error]
  expect(error.message).toBe('told: I/O failure')
})
