/** What would change a VM that somebody else started is refused in one place: nobody knows what its names are there. */
import { AppError } from '../../../../shared/errors'
import { foreignReason } from '../../../../shared/model/vm'
import type { HypervisorSession } from '../../backend'

export function refusingForeign(
  session: HypervisorSession,
  isForeign: (id: unknown) => boolean,
): HypervisorSession {
  const own = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        return (...input: unknown[]): unknown =>
          isForeign(input[0])
            ? Promise.reject(refusal())
            : (method as (...all: unknown[]) => unknown).apply(target, input)
      },
    })
  const changes = own({
    previewHardware: session.previewHardware.bind(session),
    changeHardware: session.changeHardware.bind(session),
    delete: session.delete.bind(session),
    rename: session.rename.bind(session),
    setTemplate: session.setTemplate.bind(session),
    setAutostart: session.setAutostart.bind(session),
  })
  return {
    ...session,
    snapshots: own(session.snapshots),
    backups: own(session.backups),
    diskJobs: own(session.diskJobs),
    saves: own(session.saves),
    migration: own(session.migration),
    previewHardware: (...input) => changes.previewHardware(...input),
    changeHardware: (...input) => changes.changeHardware(...input),
    delete: (...input) => changes.delete(...input),
    rename: (...input) => changes.rename(...input),
    setTemplate: (...input) => changes.setTemplate(...input),
    setAutostart: (...input) => changes.setAutostart(...input),
  }
}

function refusal(): AppError {
  return new AppError('unsupported', foreignReason, {
    cure: 'Keep its definition on the Overview page, shut it down, and start it from here.',
  })
}
