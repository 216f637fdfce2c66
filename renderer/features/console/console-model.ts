import type { ErrorData } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import type {
  ConsoleCredentials,
  ConsoleOpening,
  ConsoleProtection,
  CredentialsQuestion,
  OfferedCertificate,
} from '../../../shared/model/console-sign-in'
import type { ConsoleId } from '../../../shared/model/ids'
import type { PortChannel } from './port-channel'

/** Where a console is; console-connection.ts says how it gets from one to the next. */
export type ConsoleState =
  | { readonly kind: 'resting' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'connected'; readonly protection: ConsoleProtection }
  | { readonly kind: 'password'; readonly question: CredentialsQuestion }
  | { readonly kind: 'certificate'; readonly certificate: OfferedCertificate }
  /** The VM is off; the console opens by itself when it starts. */
  | { readonly kind: 'off' }
  | { readonly kind: 'host-away' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unavailable'; readonly why: NoScreen; readonly error: ErrorData }
  | { readonly kind: 'retrying'; readonly error: ErrorData }
  | { readonly kind: 'failed'; readonly error: ErrorData }

export type NoScreen = Exclude<Extract<ConsoleOffer, { kind: 'none' }>['why'], 'shut-off'>

export interface ScreenEvents {
  onConnected(): void
  onEnded(): void
}

/** What the user said to the question of the last try. */
export interface Answers {
  readonly credentials?: ConsoleCredentials
  readonly trust?: string
}

export interface Screen {
  close(): void
}

/** What a console needs from the rest of the app; tests pass their own. */
export interface ConsoleParts {
  offer(): Promise<ConsoleOffer>
  open(answers: Answers): Promise<ConsoleOpening>
  close(id: ConsoleId): Promise<void>
  takePort(id: ConsoleId): Promise<MessagePort>
  forgetPort(id: ConsoleId): void
  /** Draws the stream; may first have to load the code that can. */
  startScreen(channel: PortChannel, events: ScreenEvents): Promise<Screen>
}

/** What the console must know about its surroundings. */
export interface Surroundings {
  readonly vm: 'active' | 'off' | 'gone'
  readonly isHostConnected: boolean
  readonly isVisible: boolean
}
