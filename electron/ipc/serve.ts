import type { z } from 'zod'
import { AppError, errorData } from '../../shared/errors'
import { channelName, type Contract, type Handlers, type Reply } from '../../shared/ipc/define'

/** The part of Electron's ipcMain and its event that serving needs; tests pass their own. */
export interface IpcServer<Sender> {
  handle(channel: string, listener: (event: Sender, input: unknown) => Promise<Reply<unknown>>): void
}

export interface ServeOptions<Sender> {
  /** The one place where a sender is judged. A window's id when it may ask, undefined when it may not. */
  trust(event: Sender): number | undefined
  /** Told of every failure that is a bug of ours or a refused sender; the user sees a short text only. */
  log(message: string, error: unknown): void
}

/**
 * Connects every request of the contract with its handler: checks the sender, checks the input against its schema,
 * and answers with an envelope, so that kind, cure and field of an error survive the bridge
 * (https://github.com/electron/electron/issues/28346: thrown errors keep only their message).
 */
export function serve<C extends Contract, Sender>(
  contract: C,
  handlers: Handlers<C>,
  server: IpcServer<Sender>,
  options: ServeOptions<Sender>,
): void {
  for (const [group, entries] of Object.entries(contract)) {
    for (const [name, entry] of Object.entries(entries)) {
      if (entry.kind !== 'request') continue
      const channel = channelName(group, name)
      const handler = (handlers as LooseHandlers)[group]?.[name]
      if (!handler) throw new Error(`No handler for ${channel}`)
      server.handle(channel, async (event, input) => {
        try {
          const sender = options.trust(event)
          if (sender === undefined) {
            options.log(`Refused ${channel} from an untrusted sender`, undefined)
            throw new AppError('denied', 'This page may not talk to Innkeeper')
          }
          return { ok: true, value: await handler(checked(entry.input, input), sender) }
        } catch (error) {
          if (!(error instanceof AppError)) options.log(`${channel} failed`, error)
          return { ok: false, error: errorData(error) }
        }
      })
    }
  }
}

type LooseHandlers = Record<string, Record<string, (input: unknown, sender: number) => unknown>>

function checked(schema: z.ZodType | undefined, input: unknown): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = issue?.path.map(String).join('.')
  throw new AppError('invalid', issue?.message ?? 'The request is malformed', {
    ...(field ? { field } : {}),
  })
}
