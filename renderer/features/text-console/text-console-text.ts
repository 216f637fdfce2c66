import { assertNever } from '../../../shared/assert-never'
import type { ErrorData } from '../../../shared/errors'
import type { TextState } from './text-connection'

/** What is said above the terminal, and what can be done about it. */
export interface TextNotice {
  readonly tone: 'info' | 'wait' | 'warning' | 'error'
  readonly title: string
  readonly text?: string
  readonly error?: ErrorData
  readonly actions: readonly TextAction[]
}

export type TextAction = 'start' | 'restore' | 'retry' | 'takeOver' | 'connectHost' | 'openAgain'

/** Undefined where the terminal says all. */
export function noticeFor(
  state: TextState,
  about: { readonly hasSavedState: boolean; readonly hasSpoken: boolean },
): TextNotice | undefined {
  switch (state.kind) {
    case 'resting':
      return undefined
    case 'connected':
      return about.hasSpoken
        ? undefined
        : {
            tone: 'info',
            title: 'Connected',
            text: 'Nothing has come yet: hosts keep no history. Press Enter in the terminal to get the guest’s prompt.',
            actions: [],
          }
    case 'opening':
      return { tone: 'wait', title: 'Opening…', actions: [] }
    case 'in-use':
      return state.wasOurs
        ? {
            tone: 'warning',
            title: 'Taken over elsewhere',
            text: 'Somebody else has opened it by force. Taking it back ends their session.',
            error: state.error,
            actions: ['takeOver', 'retry'],
          }
        : {
            tone: 'warning',
            title: 'Open elsewhere',
            text: 'One reader at a time: somebody else has it, or an earlier connection that the host has not given up yet. Taking it over ends that session.',
            error: state.error,
            actions: ['takeOver', 'retry'],
          }
    case 'off':
      return about.hasSavedState
        ? {
            tone: 'info',
            title: 'The VM is saved',
            text: 'It opens here by itself when the VM is restored.',
            actions: ['restore'],
          }
        : {
            tone: 'info',
            title: 'The VM is shut off',
            text: 'It opens here by itself when the VM starts.',
            actions: ['start'],
          }
    case 'host-away':
      return {
        tone: 'info',
        title: 'The host is not connected',
        text: 'It opens again when the host is back.',
        actions: ['connectHost'],
      }
    case 'gone':
      return { tone: 'info', title: 'This VM no longer exists', actions: [] }
    case 'retrying':
      return {
        tone: 'wait',
        title: 'Reconnecting…',
        text: state.error.message,
        error: state.error,
        actions: [],
      }
    case 'failed':
      return {
        tone: 'error',
        title: state.error.message,
        ...(state.error.cure === undefined ? {} : { text: state.error.cure }),
        error: state.error,
        actions: ['retry'],
      }
    case 'ended':
      return { tone: 'info', title: 'The session has ended', actions: ['openAgain'] }
    default:
      return assertNever(state)
  }
}

export const stateWords: Record<TextState['kind'], string> = {
  resting: 'Not connected',
  opening: 'Connecting',
  connected: 'Connected',
  'in-use': 'Open elsewhere',
  off: 'VM is off',
  'host-away': 'Host not connected',
  gone: 'VM deleted',
  retrying: 'Reconnecting',
  failed: 'Not connected',
  ended: 'Ended',
}

export function toneOf({ kind }: TextState): 'good' | 'wait' | 'none' {
  if (kind === 'connected') return 'good'
  return kind === 'opening' || kind === 'retrying' ? 'wait' : 'none'
}
