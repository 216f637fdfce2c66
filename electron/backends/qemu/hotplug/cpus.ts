/** Virtual CPUs that come and go while the guest runs. Those it started with stay, as QEMU has no name for them. */
import { AppError } from '../../../../shared/errors'
import { objectsIn, isObject, type JsonObject } from '../../../qmp/index'
import { cpusNotChanged } from '../../hardware/refusals'
import { askFor, within } from './detach'
import type { RunningVm } from './running-vm'

interface CpuPlace {
  readonly type: string
  readonly props: JsonObject
  /** Where its device is; absent: nothing is plugged there. */
  readonly path?: string
}

export async function setCpus(vm: RunningVm, count: number, signal: AbortSignal): Promise<void> {
  const { guest } = vm
  const places = await placesOf(vm)
  const taken = places.filter(({ path }) => path !== undefined)
  const free = places.filter(({ path }) => path === undefined)
  if (count > places.length)
    throw new AppError('invalid', `The running VM has room for ${places.length} virtual CPUs`, {
      cure: 'Raise the maximum: it counts at the next start.',
    })
  const more = free.slice(0, Math.max(0, count - taken.length))
  for (const { type, props } of more) {
    await guest.execute('device_add', { driver: type, id: nameOf(props), ...props })
    await write(vm, (await placesOf(vm)).filter(({ path }) => path !== undefined).length)
  }
  const fewer = taken.slice(count).toReversed()
  for (const { path, props } of fewer) {
    const id = /^\/machine\/peripheral\/([^/]+)$/.exec(path ?? '')?.[1]
    if (id === undefined)
      throw new AppError('unsupported', 'Virtual CPUs that the VM was started with cannot be taken away', {
        cure: 'Only those that were added while it runs can. The new number counts at the next start.',
        detail: JSON.stringify(props),
      })
    try {
      await within(await askFor(guest, { id }), signal)
    } catch (error) {
      if (error instanceof AppError && error.kind === 'timed-out') throw cpusNotChanged(error)
      throw error
    }
    await write(vm, (await placesOf(vm)).filter((one) => one.path !== undefined).length)
  }
}

/** In the order in which they are filled. */
async function placesOf({ guest }: RunningVm): Promise<CpuPlace[]> {
  const list = objectsIn(await guest.execute('query-hotpluggable-cpus'))
  return list
    .flatMap((one): CpuPlace[] => {
      const { type, props, 'qom-path': path } = one
      if (typeof type !== 'string' || !isObject(props)) return []
      return [{ type, props, ...(typeof path === 'string' ? { path } : {}) }]
    })
    .toReversed()
    .toSorted((one, other) => Number(one.path === undefined) - Number(other.path === undefined))
}

/** "vcpu-1-0-0": the same for the same place, so that a number is never taken twice. */
function nameOf(props: JsonObject): string {
  return ['vcpu', ...Object.values(props).map(String)].join('-')
}

async function write(vm: RunningVm, count: number): Promise<void> {
  const after = vm.definition.clone()
  const vcpu = after.root.find('vcpu')
  const isAll = vcpu?.text() === String(count)
  vcpu?.setAttribute('current', isAll ? undefined : String(count))
  await vm.becomes(after)
}
