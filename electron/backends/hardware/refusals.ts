/** What a running guest does not do, in the same words on every host. */
import { AppError } from '../../../shared/errors'

/** Usually as the guest has locked the medium. */
export class DriveRefused extends AppError {
  constructor(cause: Error) {
    super('busy', 'The drive did not take the change', {
      cure: 'The guest may have locked the medium: eject it inside the guest, then try again. The change counts at the next start.',
      detail: cause.message,
      cause,
    })
  }
}

export function notReleased(cause: Error | undefined): AppError {
  return new AppError('timed-out', 'The guest has not let go of the device', {
    cure: 'It may be in use there (mounted, say) or the guest may not support unplugging. The device goes at the next start.',
    ...(cause ? { detail: cause.message, cause } : {}),
  })
}

/** Most that can go wrong here: no free port, a file that QEMU may not open. */
export function notPlugged(cause: Error): AppError {
  return new AppError('unsupported', 'The host could not plug this into the running VM', {
    cure: 'See what the host says about it. It is there from the next start.',
    detail: cause.message,
    cause,
  })
}

export function cpusNotChanged(cause: Error | undefined): AppError {
  return new AppError('timed-out', 'The number of virtual CPUs has not changed in time', {
    cure: 'The guest may need them, or it or the emulator may not support this. The new number counts at the next start.',
    ...(cause ? { detail: cause.message, cause } : {}),
  })
}
