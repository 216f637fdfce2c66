import { beforeEach, describe, expect, it } from 'vitest'
import { hostId } from '../../shared/model/ids'
import type { PendingPrompt, Prompt } from '../../shared/model/prompt'
import { Prompts } from './prompts'

const a = hostId.parse('a')
const b = hostId.parse('b')
const password: Prompt = { kind: 'password', user: 'root', address: 'lab', isRetry: false }
const retry: Prompt = { ...password, isRetry: true }
const key: Prompt = { kind: 'host-key', address: 'lab', keyType: 'ssh-ed25519', fingerprint: 'SHA256:x' }
const typed = (text: string) => ({ kind: 'text' as const, values: [text] })

let prompts: Prompts
let told: (readonly PendingPrompt[])[]

beforeEach(() => {
  told = []
  prompts = new Prompts({ emit: { prompts: { changed: (change) => told.push(change.prompts) } } })
})

function pending(): PendingPrompt {
  const [first] = prompts.list()
  if (!first) throw new Error('nothing is asked')
  return first
}

async function askAndType(text: string, prompt = password, host = a): Promise<unknown> {
  const asked = prompts.ask(host, 'Lab', prompt)
  prompts.answer(pending().id, typed(text))
  return asked
}

describe('prompts', () => {
  it('shows the question with its host until it is answered', async () => {
    const asked = prompts.ask(a, 'Lab', password)
    expect(pending()).toMatchObject({ ...password, host: 'a', hostLabel: 'Lab' })
    prompts.answer(pending().id, typed('x'))
    expect(await asked).toEqual(typed('x'))
    expect(told.map((list) => list.length)).toEqual([1, 0])
  })

  it('asks for a password once per session', async () => {
    await askAndType('x')
    expect(await prompts.ask(a, 'Lab', password)).toEqual(typed('x'))
    expect(told).toHaveLength(2)
  })

  it('forgets a password the host refused and asks again', async () => {
    await askAndType('wrong')
    await askAndType('right', retry)
    expect(await prompts.ask(a, 'Lab', password)).toEqual(typed('right'))
  })

  it('never offers one host the secret of another, nor of another user', async () => {
    await askAndType('x')
    void prompts.ask(b, 'Other', password)
    void prompts.ask(a, 'Lab', { ...password, user: 'maria' })
    expect(prompts.list().map((prompt) => prompt.host)).toEqual(['b', 'a'])
  })

  it('asks for host keys and codes anew each time', async () => {
    const first = prompts.ask(a, 'Lab', key)
    prompts.answer(pending().id, { kind: 'host-key', accept: true })
    expect(await first).toEqual({ kind: 'host-key', accept: true })
    void prompts.ask(a, 'Lab', key)
    expect(prompts.list()).toHaveLength(1)
  })

  it('remembers nothing of a cancelled question', async () => {
    const asked = prompts.ask(a, 'Lab', password)
    prompts.answer(pending().id, null)
    expect(await asked).toBeNull()
    void prompts.ask(a, 'Lab', password)
    expect(prompts.list()).toHaveLength(1)
  })

  it('takes the question back when its attempt ends', async () => {
    const abort = new AbortController()
    const asked = prompts.ask(a, 'Lab', password, abort.signal)
    const { id } = pending()
    abort.abort()
    await expect(asked).rejects.toMatchObject({ kind: 'cancelled' })
    expect(prompts.list()).toEqual([])
    expect(() => prompts.answer(id, typed('x'))).toThrow('no longer being asked')
    await expect(prompts.ask(a, 'Lab', password, abort.signal)).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('refuses an answer of the wrong kind and goes on asking', () => {
    void prompts.ask(a, 'Lab', key)
    expect(() => prompts.answer(pending().id, typed('x'))).toThrow('does not fit')
    expect(prompts.list()).toHaveLength(1)
  })

  it('forgets the secrets of a removed host', async () => {
    await askAndType('x')
    prompts.forget(a)
    void prompts.ask(a, 'Lab', password)
    expect(prompts.list()).toHaveLength(1)
  })
})
