/** Unplugs a device from a running guest. QEMU can only ask: the device is gone when the guest has let go of it. */
import { AppError } from '../../../../shared/errors'
import type { EditDocument, EditElement } from '../../../domain-xml/edit/tree'
import { QmpClosedError, QmpError } from '../../../qmp/index'
import { notReleased } from '../../hardware/refusals'
import type { Guest } from '../guest'
import { growMemory } from './attach'
import { removeNodes } from './nodes'
import { unplugAll } from './plug'
import { findRunning, RunningVm, type PlannedVm } from './running-vm'
import { difference, type Unit } from './units'

/** A guest that is busy, or has no driver for hot-plug, lets go late or never. */
const releaseTimeoutMs = 20_000

export async function detach(vm: RunningVm, element: EditElement, signal: AbortSignal): Promise<void> {
  const { host, guest, id } = vm
  const { removed } = difference(vm.plan(vm.definition), vm.plan(withoutDevice(vm, element)))
  const devices = removed.filter(({ kind }) => kind === 'device')
  if (devices.length === 0)
    throw new AppError('unsupported', 'QEMU has nothing of this kind that could be unplugged', {
      cure: 'It goes at the next start.',
    })
  const finish = async (): Promise<void> => {
    const target = element.name === 'disk' ? element.find('target')?.attribute('dev') : undefined
    if (target !== undefined) await removeNodes(guest, target)
    const others = removed.filter(
      ({ kind }) => kind !== 'device' && (kind !== 'blockdev' || target === undefined),
    )
    await unplugAll(guest, others, (text) => host.log(text))
    // read afresh, as it may have taken long
    const now = await RunningVm.of(host, id)
    if (findRunning(now.definition.root, element)) await now.becomes(withoutDevice(now, element))
  }
  for (const device of devices.toReversed()) {
    const release = await askFor(guest, device)
    try {
      await within(release, signal)
    } catch (error) {
      // one that lets go later is tidied up after all
      release.gone.then(finish).catch((late: unknown) => {
        if (!(late instanceof QmpClosedError)) host.log(`After a late unplugging: ${String(late)}`)
      })
      throw error
    }
  }
  await finish()
}

export function withoutDevice({ definition }: PlannedVm, element: EditElement): EditDocument {
  const document = definition.clone()
  const twin = findRunning(document.root, element)
  if (!twin) throw new AppError('not-found', 'The running VM no longer has this device')
  growMemory(document, twin, -1)
  twin.remove()
  return document
}

interface Release {
  readonly gone: Promise<void>
  /** QEMU's words when it would not ask a second time. */
  readonly refusal?: QmpError
}

export async function askFor(guest: Guest, { id }: Pick<Unit, 'id'>): Promise<Release> {
  const stop = new AbortController()
  const gone = guest
    .untilEvent(
      ({ name, data }) =>
        (name === 'DEVICE_DELETED' || name === 'DEVICE_UNPLUG_GUEST_ERROR') && data['device'] === id,
      stop.signal,
    )
    .then(({ name }) => {
      if (name === 'DEVICE_UNPLUG_GUEST_ERROR') throw notReleased(undefined)
    })
  // it may end before anybody waits
  gone.catch(() => undefined)
  try {
    await guest.execute('device_del', { id })
    return { gone }
  } catch (error) {
    if (error instanceof QmpError && error.errorClass === 'DeviceNotFound') {
      stop.abort()
      return { gone: Promise.resolve() }
    }
    // asked for a second time QEMU says that the device is being unplugged already
    if (error instanceof QmpError && /process of unplug/.test(error.message)) return { gone, refusal: error }
    stop.abort()
    throw error
  }
}

export async function within({ gone, refusal }: Release, signal: AbortSignal): Promise<void> {
  let stop: () => void = () => undefined
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(notReleased(refusal)), releaseTimeoutMs)
    const abort = (): void => reject(new AppError('cancelled', 'It was cancelled'))
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
    stop = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
  })
  try {
    await Promise.race([gone, late])
  } finally {
    stop()
  }
}
