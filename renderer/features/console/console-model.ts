import type { ErrorData } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import type { ConsoleId } from '../../../shared/model/ids'
import type { PortChannel } from './port-channel'

/** Where a console is; console-connection.ts says how it gets from one to the next. */
export type ConsoleState =
  | { readonly kind: 'resting' }
  | { readonly kind: 'opening' }
  /** Exposed: whoever is on the way can read along. */
  | { readonly kind: 'connected'; readonly isExposed?: true }
  | { readonly kind: 'password'; readonly needsUserName: boolean; readonly isWrong: boolean }
  /** The VM is off; the console opens by itself when it starts. */
  | { readonly kind: 'off' }
  | { readonly kind: 'host-away' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unavailable'; readonly why: NoScreen; readonly error: ErrorData }
  | { readonly kind: 'retrying'; readonly error: ErrorData }
  | { readonly kind: 'failed'; readonly error: ErrorData }

export type NoScreen = Exclude<Extract<ConsoleOffer, { kind: 'none' }>['why'], 'shut-off'>

export interface Credentials {
  readonly username?: string
  readonly password: string
}

export interface ScreenEvents {
  onConnected(): void
  onCredentialsNeeded(needsUserName: boolean): void
  /** The server said no to how we signed in. */
  onRefused(reason: string | undefined): void
  onEnded(): void
}

export interface Screen {
  close(): void
}

/** What a console needs from the rest of the app; tests pass their own. */
export interface ConsoleParts {
  offer(): Promise<ConsoleOffer>
  open(): Promise<ConsoleId>
  close(id: ConsoleId): Promise<void>
  password(): Promise<string | undefined>
  takePort(id: ConsoleId): Promise<MessagePort>
  forgetPort(id: ConsoleId): void
  /** Draws the stream; may first have to load the code that can. */
  startScreen(
    channel: PortChannel,
    credentials: Credentials | undefined,
    events: ScreenEvents,
  ): Promise<Screen>
}

/** What the console must know about its surroundings. */
export interface Surroundings {
  readonly vm: 'active' | 'off' | 'gone'
  readonly isHostConnected: boolean
  readonly isVisible: boolean
}
