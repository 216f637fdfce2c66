import { assertNever } from '../../../shared/assert-never'
import type { ErrorData } from '../../../shared/errors'
import type { ConsoleProtection } from '../../../shared/model/console-sign-in'
import type { ConsoleState, NoScreen } from './console-model'

/** What the tab says when there is nothing to see, and what the user can do about it. */
export interface Notice {
  readonly title: string
  readonly text?: string
  /** Its detail, the host's own words, can be unfolded. */
  readonly error?: ErrorData
  readonly tone: 'wait' | 'info' | 'error'
  readonly action?: 'start' | 'restore' | 'retry' | 'connectHost'
}

/** Undefined while the screen itself or a form is shown. */
export function noticeFor(
  state: ConsoleState,
  vm: { hasSavedState: boolean } | undefined,
): Notice | undefined {
  switch (state.kind) {
    case 'connected':
    case 'password':
    case 'certificate':
    case 'resting':
      return undefined
    case 'opening':
      return { title: 'Opening the screen…', tone: 'wait' }
    case 'off':
      return vm?.hasSavedState
        ? {
            title: 'The VM is saved',
            text: 'Restore it to go on where it was. Its screen opens here by itself.',
            tone: 'info',
            action: 'restore',
          }
        : {
            title: 'The VM is shut off',
            text: 'Start it to see its screen, which opens here by itself.',
            tone: 'info',
            action: 'start',
          }
    case 'host-away':
      return {
        title: 'The host is not connected',
        text: 'The console opens again when the host is back.',
        tone: 'info',
        action: 'connectHost',
      }
    case 'gone':
      return { title: 'This VM no longer exists', text: 'It was deleted from its host.', tone: 'info' }
    case 'unavailable':
      return { ...explain(state.why, state.error), tone: 'info', action: 'retry' }
    case 'retrying':
      return {
        title: 'Reconnecting…',
        text: state.error.message,
        error: state.error,
        tone: 'wait',
      }
    case 'failed':
      return {
        title: state.error.message,
        ...(state.error.cure ? { text: state.error.cure } : {}),
        error: state.error,
        tone: 'error',
        action: 'retry',
      }
    default:
      return assertNever(state)
  }
}

const titles: Record<NoScreen, string> = {
  'no-display': 'This VM has no screen',
  'spice-only': 'The screen of this VM speaks SPICE only',
  'serial-only': 'This VM has only a text console',
  'not-reachable': 'The screen of this VM cannot be reached',
}

const cures: Record<NoScreen, string> = {
  'no-display': 'Add a VNC display to its definition, then start it again.',
  'spice-only': 'Innkeeper shows VNC. Add a VNC display to its definition, then start it again.',
  'serial-only': 'Open its text console, or add a VNC display to its definition.',
  'not-reachable': 'Let its VNC server listen where the host can reach it, then try again.',
}

function explain(why: NoScreen, error: ErrorData): Pick<Notice, 'title' | 'text' | 'error'> {
  return {
    title: error.message || titles[why],
    text: error.cure ?? cures[why],
    error,
  }
}

export function stateText(state: ConsoleState): string {
  const label = stateLabel[state.kind]
  return state.kind === 'connected' ? `${label}${protectionText[state.protection.by]}` : label
}

/** What whoever looks closely wants to know of it. */
export function stateDetail(state: ConsoleState): string | undefined {
  return state.kind === 'connected' ? state.protection.detail : undefined
}

/** On this computer there is no way that could be listened to. */
const protectionText: Record<ConsoleProtection['by'], string> = {
  tls: ', encrypted by TLS',
  ssh: ', encrypted by ssh',
  local: '',
  none: ', not encrypted',
}

const stateLabel: Record<ConsoleState['kind'], string> = {
  resting: 'Not connected',
  opening: 'Connecting',
  connected: 'Connected',
  password: 'Sign-in needed',
  certificate: 'Certificate not trusted',
  off: 'VM is off',
  'host-away': 'Host not connected',
  gone: 'VM deleted',
  unavailable: 'No screen',
  retrying: 'Reconnecting',
  failed: 'Not connected',
}
