import type { z } from 'zod'
import type { ErrorData } from '../errors'

/**
 * How the contract is declared. Inputs are schemas, because main checks what the renderer sends; results and
 * event payloads are ours, so a type is enough.
 */
export interface Request<Input extends z.ZodType | undefined, Result> {
  readonly kind: 'request'
  readonly input: Input
  /** Carries the type only. */
  readonly result?: Result
}

export interface Event<Payload> {
  readonly kind: 'event'
  readonly payload?: Payload
}

interface RequestBuilder<Input extends z.ZodType | undefined> {
  returns<Result>(): Request<Input, Result>
}

export function request(): RequestBuilder<undefined>
export function request<Input extends z.ZodType>(input: Input): RequestBuilder<Input>
export function request(input?: z.ZodType): RequestBuilder<z.ZodType | undefined> {
  return { returns: () => ({ kind: 'request', input }) }
}

export function event<Payload>(): Event<Payload> {
  return { kind: 'event' }
}

export type Contract = Record<
  string,
  Record<string, Request<z.ZodType | undefined, unknown> | Event<unknown>>
>

/** What travels back: an Error thrown across Electron's bridge loses everything but its message. */
export type Reply<Result> = { ok: true; value: Result } | { ok: false; error: ErrorData }

type InputOf<R> = R extends Request<infer I, unknown> ? (I extends z.ZodType ? z.input<I> : undefined) : never
type CheckedInputOf<R> =
  R extends Request<infer I, unknown> ? (I extends z.ZodType ? z.output<I> : undefined) : never
type ResultOf<R> = R extends Request<z.ZodType | undefined, infer Result> ? Result : never
type PayloadOf<E> = E extends Event<infer Payload> ? Payload : never

type RequestNames<G> = { [N in keyof G]: G[N] extends { kind: 'request' } ? N : never }[keyof G]
type EventNames<G> = { [N in keyof G]: G[N] extends { kind: 'event' } ? N : never }[keyof G]

type Call<Input, Result> = Input extends undefined ? () => Result : (input: Input) => Result

/** Main's side: one function per request; a missing one does not compile. `sender` names the window that asked. */
export type Handlers<C extends Contract> = {
  [G in keyof C]: {
    [N in RequestNames<C[G]>]: (
      input: CheckedInputOf<C[G][N]>,
      sender: SenderId,
    ) => ResultOf<C[G][N]> | Promise<ResultOf<C[G][N]>>
  }
}

/** Identifies a renderer for replies that are not values, such as a console's port. */
export type SenderId = number & { readonly brand?: 'SenderId' }

/** The renderer's side: `api.vms.power({...})` and `api.vms.onChanged(listener)`, which returns unsubscribe. */
export type Client<C extends Contract> = {
  [G in keyof C]: {
    [N in RequestNames<C[G]>]: Call<InputOf<C[G][N]>, Promise<ResultOf<C[G][N]>>>
  } & {
    [N in EventNames<C[G]> as `on${Capitalize<N & string>}`]: (
      listener: (payload: PayloadOf<C[G][N]>) => void,
    ) => () => void
  }
}

/** Main's side of events: `emit.vms.changed(payload)`. */
export type Emitters<C extends Contract> = {
  [G in keyof C]: { [N in EventNames<C[G]>]: (payload: PayloadOf<C[G][N]>) => void }
}

/** "vms.power": the channel's name, derived, never typed by hand. */
export function channelName(group: string, name: string): string {
  return `${group}.${name}`
}

/** Every channel of a contract, for the preload's allow-list. */
export function channels(contract: Contract): { requests: string[]; events: string[] } {
  const requests: string[] = []
  const events: string[] = []
  for (const [group, entries] of Object.entries(contract)) {
    for (const [name, entry] of Object.entries(entries)) {
      ;(entry.kind === 'request' ? requests : events).push(channelName(group, name))
    }
  }
  return { requests, events }
}
