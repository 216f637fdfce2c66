import { expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '../../shared/errors'
import { event, request, type Handlers, type Reply } from '../../shared/ipc/define'
import { serve } from './serve'

const contract = {
  vms: {
    rename: request(z.object({ vm: z.string(), name: z.string().min(1, 'Enter a name') })).returns<string>(),
    list: request().returns<number>(),
    changed: event<{ vm: string }>(),
  },
}

function start(handlers: Partial<Handlers<typeof contract>['vms']> = {}) {
  const channels = new Map<string, (event: string, input: unknown) => Promise<Reply<unknown>>>()
  const logged: unknown[] = []
  serve(
    contract,
    { vms: { rename: ({ vm, name }, sender) => `${vm}=${name}@${sender}`, list: () => 3, ...handlers } },
    { handle: (channel, listener) => void channels.set(channel, listener) },
    { trust: (from: string) => (from === 'ours' ? 7 : undefined), log: (_, error) => logged.push(error) },
  )
  const ask = (channel: string, input?: unknown, from = 'ours') => channels.get(channel)?.(from, input)
  return { ask, channels, logged }
}

test('every request of the contract gets a channel and events get none', () => {
  expect([...start().channels.keys()]).toEqual(['vms.rename', 'vms.list'])
})

test('a valid request reaches its handler with the sender and its result comes back in an envelope', async () => {
  expect(await start().ask('vms.rename', { vm: 'a', name: 'b' })).toEqual({ ok: true, value: 'a=b@7' })
})

test('input that breaks the schema is refused with the field named and never reaches the handler', async () => {
  let calls = 0
  const { ask } = start({ rename: () => String(++calls) })
  expect(await ask('vms.rename', { vm: 'a', name: '' })).toEqual({
    ok: false,
    error: { kind: 'invalid', message: 'Enter a name', field: 'name' },
  })
  expect(await ask('vms.rename', undefined)).toMatchObject({ ok: false, error: { kind: 'invalid' } })
  expect(calls).toBe(0)
})

test('a request without input ignores whatever is sent along', async () => {
  expect(await start().ask('vms.list', { junk: true })).toEqual({ ok: true, value: 3 })
})

test('kind, cure and detail of an AppError survive', async () => {
  const fail = () => {
    throw new AppError('denied', 'No', { cure: 'Ask root', detail: 'EPERM' })
  }
  expect(await start({ list: fail }).ask('vms.list')).toEqual({
    ok: false,
    error: { kind: 'denied', message: 'No', cure: 'Ask root', detail: 'EPERM' },
  })
})

test('any other error is shown as internal and is logged', async () => {
  const bug = new TypeError('x is undefined')
  const { ask, logged } = start({
    list: () => {
      throw bug
    },
  })
  expect(await ask('vms.list')).toMatchObject({ ok: false, error: { kind: 'internal' } })
  expect(logged).toEqual([bug])
})

test('a sender that is not ours is refused before the handler runs', async () => {
  let calls = 0
  const { ask } = start({ list: () => ++calls })
  expect(await ask('vms.list', undefined, 'foreign')).toMatchObject({ ok: false, error: { kind: 'denied' } })
  expect(calls).toBe(0)
})
