import { expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { missingPart } from '../backends/missing-part'
import type { StorageSession } from '../backends/storage-session'
import { guardSession } from './guarded-session'
import { TinySession } from './testing/tiny-backend'

const never = (): Promise<never> => new Promise(() => undefined)

function guarded(storage: Partial<StorageSession>) {
  const session = new TinySession([])
  session.storage = { ...storage } as StorageSession
  return { session, storage: guardSession(session, 20).storage }
}

const context = { signal: new AbortController().signal, onProgress: () => undefined }

it('a host that does not answer a question about its pools is given up', async () => {
  await expect(guarded({ pools: never }).storage.pools()).rejects.toMatchObject({ kind: 'timed-out' })
})

it('a change that came too late says that it may still happen', async () => {
  await expect(guarded({ editPool: never }).storage.editPool('p', { base: '' })).rejects.toMatchObject({
    kind: 'timed-out',
    message: expect.stringContaining('Changing the pool'),
  })
})

it('a copy takes as long as it takes, and ends with the connection', async () => {
  const { session, storage } = guarded({ cloneVolume: never })
  const request = { pool: 'p', volume: 'v', toPool: 'p', name: 'w' }
  const copying = storage.cloneVolume(request, context).catch((error: unknown) => error)
  // well past the deadline of a call
  expect(await Promise.race([copying, new Promise((resolve) => setTimeout(resolve, 80, 'goes on'))])).toBe(
    'goes on',
  )
  session.drop({ kind: 'unreachable', message: 'The cable is out' })
  expect(await copying).toMatchObject({ message: 'The cable is out' })
})

it('answers and errors come through as they are', async () => {
  const { storage } = guarded({
    poolDefinition: async (pool) => `<pool>${pool}</pool>`,
    deleteVolume: async () => {
      throw new AppError('busy', 'web uses it')
    },
  })
  expect(await storage.poolDefinition('p')).toBe('<pool>p</pool>')
  await expect(storage.deleteVolume({ pool: 'p', volume: 'v' }, false)).rejects.toMatchObject({
    kind: 'busy',
  })
})

it('what a hypervisor does not have is refused with its sentence, and is no promise', async () => {
  const part = missingPart('No storage here')
  expect(part).not.toHaveProperty('then')
  await expect(part.pools()).rejects.toMatchObject({ kind: 'unsupported', message: 'No storage here' })
})
