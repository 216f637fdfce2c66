import { AppError } from '../errors'
import { channelName, type Client, type Contract, type Reply } from './define'

/** What carries requests and events: the preload's bridge in the window, Playwright's page in e2e tests. */
export interface Bridge {
  invoke(channel: string, input: unknown): Promise<Reply<unknown>>
  on(channel: string, listener: (payload: never) => void): () => void
}

/** The typed client of a contract over a bridge; a failed reply becomes an AppError again. */
export function client<C extends Contract>(contract: C, bridge: Bridge): Client<C> {
  const groups: Record<string, Record<string, unknown>> = {}
  for (const [group, entries] of Object.entries(contract)) {
    const calls: Record<string, unknown> = {}
    for (const [name, entry] of Object.entries(entries)) {
      const channel = channelName(group, name)
      if (entry.kind === 'request') {
        calls[name] = async (input?: unknown) => unwrap(await bridge.invoke(channel, input))
      } else {
        calls[`on${name.charAt(0).toUpperCase()}${name.slice(1)}`] = (listener: (payload: never) => void) =>
          bridge.on(channel, listener)
      }
    }
    groups[group] = calls
  }
  return groups as Client<C>
}

function unwrap(reply: Reply<unknown>): unknown {
  if (reply.ok) return reply.value
  throw AppError.from(reply.error)
}
