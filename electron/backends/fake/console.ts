import type { Duplex } from 'node:stream'
import { AppError, errorData } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import type { HostFeatures } from '../../../shared/model/host'
import type { FakeVm } from './model'

type NoConsole = Extract<ConsoleOffer, { kind: 'none' }>['why']

export function consoleOfferFor(vm: FakeVm, features: HostFeatures): ConsoleOffer {
  const obstacle = obstacleOf(vm, features)
  if (obstacle) return { kind: 'none', why: obstacle.why, error: errorData(obstacle.error) }
  const { display } = vm.definition
  return { kind: 'vnc', needsPassword: display.kind === 'vnc' && display.password !== undefined }
}

export function openConsoleOf(vm: FakeVm, features: HostFeatures): Duplex {
  const obstacle = obstacleOf(vm, features)
  if (obstacle || !vm.run) throw obstacle?.error ?? new AppError('invalid', 'The VM is shut off')
  return vm.run.display.open()
}

function obstacleOf(vm: FakeVm, features: HostFeatures): { why: NoConsole; error: AppError } | undefined {
  const { display, serialCount, name } = vm.definition
  const none = (why: NoConsole, error: AppError) => ({ why, error })
  if (!features.hasGraphicalConsole) {
    return none('no-display', new AppError('unsupported', 'This hypervisor offers no graphical console'))
  }
  if (display.kind === 'none' && serialCount > 0) {
    return none(
      'serial-only',
      new AppError('unsupported', `"${name}" has only a serial console`, { cure: 'Add a VNC display to it' }),
    )
  }
  if (display.kind === 'none') {
    return none(
      'no-display',
      new AppError('unsupported', `"${name}" has no display`, { cure: 'Add a VNC display to it' }),
    )
  }
  if (display.kind === 'spice') {
    return none(
      'spice-only',
      new AppError('unsupported', `"${name}" has a SPICE display only`, { cure: 'Add a VNC display to it' }),
    )
  }
  if (!vm.run) {
    return none(
      'shut-off',
      new AppError('invalid', `"${name}" is shut off`, { cure: 'Start it to see its screen' }),
    )
  }
  return undefined
}
