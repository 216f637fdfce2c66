import { errorData } from '../../shared/errors'
import type { Bridge } from '../../shared/ipc/client'
import { contract, type AppContract, type AppEmitters, type Api } from '../../shared/ipc/contract'
import { channelName } from '../../shared/ipc/define'

/** What a fake main answers; a request that is not listed fails the call that made it. */
export type Answers = {
  [G in keyof AppContract]?: {
    [N in keyof Api[G] as N extends `on${Capitalize<string>}` ? never : N]?: Api[G][N] extends (
      ...input: infer I
    ) => Promise<infer R>
      ? (...input: I) => R | Promise<R>
      : never
  }
}

export interface FakeMain {
  /** Every request made so far, oldest first. */
  readonly calls: { readonly channel: string; readonly input: unknown }[]
  /** Sends an event to the window. */
  readonly emit: AppEmitters
}

/** Puts a main process made of `answers` behind window.innkeeper, for component tests. */
export function installFakeMain(answers: Answers = {}): FakeMain {
  const calls: FakeMain['calls'] = []
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const bridge: Bridge = {
    async invoke(channel, input) {
      calls.push({ channel, input: structuredClone(input) })
      const [group = '', name = ''] = channel.split('.')
      const answer = (answers as Record<string, Record<string, (input: unknown) => unknown>>)[group]?.[name]
      try {
        if (!answer) throw new Error(`The test does not answer ${channel}`)
        return { ok: true, value: structuredClone(await answer(input)) }
      } catch (error) {
        return { ok: false, error: errorData(error) }
      }
    },
    on(channel, listener) {
      const set = listeners.get(channel) ?? new Set()
      listeners.set(channel, set.add(listener))
      return () => void set.delete(listener)
    },
  }
  window.innkeeper = {
    ...bridge,
    // as if each lay on this computer
    dropped: async ({ name, size }) => ({
      ok: true,
      value: { id: `dropped ${name}`, name, sizeBytes: size },
    }),
  }

  const emit: Record<string, Record<string, (payload: unknown) => void>> = {}
  for (const [group, entries] of Object.entries(contract)) {
    emit[group] = {}
    for (const name of Object.keys(entries)) {
      emit[group][name] = (payload) => {
        for (const listener of listeners.get(channelName(group, name)) ?? []) listener(payload as never)
      }
    }
  }
  return { calls, emit: emit as AppEmitters }
}
