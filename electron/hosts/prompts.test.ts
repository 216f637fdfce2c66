import { beforeEach, describe, expect, it } from 'vitest'
import { hostId } from '../../shared/model/ids'
import type { PendingPrompt, Prompt } from '../../shared/model/prompt'
import { Prompts, type SecretKeeper } from './prompts'

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

describe('secrets that outlive the app', () => {
  const kept = new Map<string, readonly string[]>()
  const keeper = (isAvailable: boolean): SecretKeeper => ({
    isAvailable,
    has: () => kept.size > 0,
    get: (host, question) => kept.get(`${host} ${question}`),
    set: (host, question, values) => void kept.set(`${host} ${question}`, values),
    delete: (host, question) => void kept.delete(`${host} ${question}`),
    forget: () => kept.clear(),
  })
  const withKeeper = (isAvailable = true): void => {
    prompts = new Prompts({
      emit: { prompts: { changed: (change) => told.push(change.prompts) } },
      store: keeper(isAvailable),
    })
  }
  beforeEach(() => {
    kept.clear()
    withKeeper()
  })
  const askAndKeep = async (text: string, prompt = password): Promise<void> => {
    const asked = prompts.ask(a, 'Lab', prompt)
    prompts.answer(pending().id, { ...typed(text), keep: true })
    await asked
  }

  it('are kept only once the host has let us in', async () => {
    await askAndKeep('x')
    expect(kept.size).toBe(0)
    prompts.keepProved(a)
    expect([...kept.values()]).toEqual([['x']])
    expect(prompts.hasKept(a)).toBe(true)
  })

  it('are used without asking in the next run', async () => {
    await askAndKeep('x')
    prompts.keepProved(a)
    told = []
    withKeeper()
    expect(await prompts.ask(a, 'Lab', password)).toEqual(typed('x'))
    expect(told).toEqual([])
  })

  it('are dropped and asked for again when the host refuses them', async () => {
    await askAndKeep('old')
    prompts.keepProved(a)
    withKeeper()
    await prompts.ask(a, 'Lab', password)
    const asked = prompts.ask(a, 'Lab', retry)
    expect(kept.size).toBe(0)
    prompts.answer(pending().id, typed('new'))
    expect(await asked).toEqual(typed('new'))
  })

  it('are not kept when the user did not ask for it', async () => {
    await askAndType('x')
    prompts.keepProved(a)
    expect(kept.size).toBe(0)
  })

  it('are forgotten on request', async () => {
    await askAndKeep('x')
    prompts.keepProved(a)
    prompts.forget(a)
    expect(prompts.hasKept(a)).toBe(false)
    void prompts.ask(a, 'Lab', password)
    expect(prompts.list()).toHaveLength(1)
  })

  it('are offered to be kept only where that is safe and makes sense', () => {
    const question: Prompt = {
      kind: 'questions',
      user: 'root',
      address: 'lab',
      title: '',
      instructions: '',
      questions: [{ text: 'Code', isSecret: true }],
    }
    const keeping = (prompt: Prompt): string => {
      void prompts.ask(a, 'Lab', prompt)
      return prompts.list().at(-1)?.keeping ?? ''
    }
    expect([keeping(password), keeping(question), keeping(key)]).toEqual(['offered', 'never', 'never'])
    withKeeper(false)
    expect(keeping(password)).toBe('unavailable')
  })
})

describe('one question for one secret', () => {
  it('answers all who want the same secret at once', async () => {
    const both = Promise.all([prompts.ask(a, 'Lab', password), prompts.ask(a, 'Lab', password)])
    expect(prompts.list()).toHaveLength(1)
    prompts.answer(pending().id, typed('x'))
    expect(await both).toEqual([typed('x'), typed('x')])
  })

  it('asks for the second when the first gives up', async () => {
    const first = new AbortController()
    const gone = prompts.ask(a, 'Lab', password, first.signal)
    const other = prompts.ask(a, 'Lab', password)
    first.abort()
    await expect(gone).rejects.toMatchObject({ kind: 'cancelled' })
    await expect.poll(() => prompts.list()).toHaveLength(1)
    prompts.answer(pending().id, typed('x'))
    expect(await other).toEqual(typed('x'))
  })

  it('lets a second one that gave up go at once', async () => {
    const second = new AbortController()
    void prompts.ask(a, 'Lab', password)
    const other = prompts.ask(a, 'Lab', password, second.signal)
    second.abort()
    await expect(other).rejects.toMatchObject({ kind: 'cancelled' })
    expect(prompts.list()).toHaveLength(1)
  })
})
