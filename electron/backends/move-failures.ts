/** Failures of a move in sentences that say where the VM is, whoever moves it. Errors come in as those of the app. */
import { AppError, errorData } from '../../shared/errors'

const stays = 'The VM goes on running where it was.'

/** The destination did not take it. */
export function notPrepared(error: unknown): AppError {
  const { kind, message, cure, detail } = errorData(error)
  return new AppError(
    kind === 'internal' ? 'invalid' : kind,
    `The destination cannot take the VM: ${lower(message)}`,
    {
      cure: `${stays} ${cure ?? 'See what the destination says about it.'}`,
      detail,
      cause: error,
    },
  )
}

/** The source refused before anything was begun. */
export function notBegun(error: unknown): AppError {
  const { kind, message, cure, detail } = errorData(error)
  return new AppError(kind === 'internal' ? 'invalid' : kind, `The VM cannot be moved: ${lower(message)}`, {
    cure: cure ?? 'See what the host says about it.',
    detail,
    cause: error,
  })
}

/** The copy broke off. */
export function brokenOff(error: unknown): AppError {
  const { kind, message, cure, detail } = errorData(error)
  if (isAboutCertificates(detail ?? message))
    return new AppError(
      'denied',
      'The hosts do not accept each other’s certificates, so the data cannot be encrypted',
      {
        cure: `${stays} QEMU needs certificates on both hosts, signed by an authority that both know, with the name at which the source reaches the destination.`,
        detail,
        cause: error,
      },
    )
  // the source only sees that the other end went
  const isPlain = kind === 'internal' || kind === 'invalid'
  return new AppError(
    isPlain ? 'busy' : kind,
    isPlain ? 'The migration broke off' : `The migration broke off: ${lower(message)}`,
    {
      cure: `${stays} ${isPlain ? 'The details have the words of the host; often the destination had no room, or the hosts lost each other.' : (cure ?? '')}`.trim(),
      detail,
      cause: error,
    },
  )
}

/** QEMU's words, and those of its TLS library. */
function isAboutCertificates(words: string): boolean {
  return /certificate|TLS/i.test(words)
}

/** What is answered by nobody is no answer: the last thing the destination hears from us is to give it up. */
export function sourceLost(error: unknown, isLedBySource: boolean): AppError {
  return new AppError('unreachable', 'The connection to the source was lost while the VM was moved', {
    cure: isLedBySource
      ? 'The source leads this move, and goes on with it. Look at both hosts once they are connected.'
      : 'The destination was told to give it up, so the VM is at the source. Should it be paused there, resume it.',
    detail: errorData(error).message,
    cause: error,
  })
}

/** It was told to end; what it waits for is on a line that is dead. */
export function stillEnding(why: AppError | undefined): AppError {
  return new AppError(
    'unreachable',
    `${why && why.kind !== 'cancelled' ? `${why.message}. T` : 'The migration was cancelled, but t'}he source still waits for the other host`,
    {
      cure:
        'The VM goes on running where it was. Until the network is back, or the source gives up after some minutes, it cannot be ' +
        'moved or changed.',
      cause: why,
    },
  )
}

/** Nobody knows whether the destination runs it, and two that run would ruin the disks. */
export function unknownWhere(error: unknown): AppError {
  return new AppError(
    'busy',
    'The destination was lost in the last moment, and nobody knows whether the VM runs there',
    {
      cure:
        'At the source it stays paused, so that it cannot run twice. Look at the destination: if it is not there, resume it at the ' +
        'source; if it is, force it off at the source.',
      detail: errorData(error).message,
      cause: error,
    },
  )
}

export function destinationLost(left = ''): AppError {
  return new AppError('unreachable', 'The connection to the destination was lost', {
    cure: `${stays} Try again once the destination is connected. ${left}`.trim(),
  })
}

export function stalled(limitMs: number): AppError {
  return new AppError(
    'unreachable',
    `No data has arrived at the destination for ${Math.round(limitMs / 1000)} seconds, so the migration was given up`,
    { cure: `${stays} Check the network between the two hosts, then try again.` },
  )
}

/** Nothing is left to be waited for at the source: the VM is where it was sent to. */
export function notLetGo(error: unknown): AppError {
  return new AppError('busy', 'The VM runs at the destination, but the source did not let go of it', {
    cure: 'It stands still at the source. Force it off there, and delete its definition without its disks.',
    detail: errorData(error).message,
    cause: error,
  })
}

function lower(message: string): string {
  return message.slice(0, 1).toLowerCase() + message.slice(1)
}
