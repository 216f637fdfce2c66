/** Which threads a running QEMU has, and where the host runs them. */
import { AppError } from '../../../../shared/errors'
import { parseElement, type EditDocument } from '../../../domain-xml/edit/tree'
import type { ThreadStep } from '../../../domain-xml/hardware/live-threads'
import { objectsIn } from '../../../qmp/index'
import type { RunningVm } from './running-vm'

type PinStep = Extract<ThreadStep, { kind: 'pin' }>

/** By taskset(1), which may do so to one's own processes. */
export async function pin(vm: RunningVm, step: PinStep): Promise<void> {
  const thread = await threadOf(vm, step)
  const cpus = step.cpus ?? (await allCpus(vm))
  await vm.host.store.command(['taskset', '--cpu-list', '--pid', cpus, String(thread)])
  const after = vm.definition.clone()
  writePin(after, step)
  await vm.becomes(after)
}

async function allCpus(vm: RunningVm): Promise<string> {
  return (await vm.host.store.command(['cat', '/sys/devices/system/cpu/online'])).trim()
}

async function threadOf(vm: RunningVm, { what, number }: PinStep): Promise<number> {
  if (what === 'emulator') return vm.pid
  const list = objectsIn(await vm.guest.execute(what === 'vcpu' ? 'query-cpus-fast' : 'query-iothreads'))
  const found = list.find((one) =>
    what === 'vcpu' ? one['cpu-index'] === number : one['id'] === `iothread${number}`,
  )
  const thread = found?.['thread-id']
  if (typeof thread === 'number') return thread
  throw new AppError('not-found', `The running VM has no ${what === 'vcpu' ? 'CPU' : 'I/O thread'} ${number}`)
}

function writePin(document: EditDocument, { what, number, cpus }: PinStep): void {
  const { root } = document
  const name = { vcpu: 'vcpupin', emulator: 'emulatorpin', 'io-thread': 'iothreadpin' }[what]
  const key = { vcpu: 'vcpu', emulator: undefined, 'io-thread': 'iothread' }[what]
  const tuning = root.find('cputune') ?? root.insert(parseElement('<cputune/>'), root.find('vcpu'))
  const element = tuning
    .children(name)
    .find((one) => key === undefined || one.attribute(key) === String(number))
  if (cpus === undefined) element?.remove()
  else {
    const written = element ?? tuning.insert(parseElement(`<${name}/>`), tuning.children(name).at(-1))
    if (key !== undefined) written.setAttribute(key, String(number))
    written.setAttribute('cpuset', cpus)
  }
  if (tuning.children().length === 0) tuning.remove()
}

export async function addThread(vm: RunningVm, number: number): Promise<void> {
  await vm.guest.execute('object-add', { 'qom-type': 'iothread', id: `iothread${number}` })
  await vm.becomes(withThreads(vm, (ids) => [...ids, number]))
}

export async function removeThread(vm: RunningVm, number: number): Promise<void> {
  await vm.guest.execute('object-del', { id: `iothread${number}` })
  await vm.becomes(withThreads(vm, (ids) => ids.filter((id) => id !== number)))
}

function withThreads(vm: RunningVm, change: (ids: number[]) => number[]): EditDocument {
  const after = vm.definition.clone()
  const { root } = after
  const listed = root.find('iothreadids')?.children('iothread') ?? []
  const before = listed.map((one) => Number(one.attribute('id')))
  const count = Number(root.find('iothreads')?.text() ?? before.length)
  for (let next = 1; before.length < count; next += 1) if (!before.includes(next)) before.push(next)
  const ids = change(before)
  const total = root.find('iothreads') ?? root.insert(parseElement('<iothreads/>'), root.find('vcpu'))
  total.setText(String(ids.length))
  const list = root.find('iothreadids') ?? root.insert(parseElement('<iothreadids/>'), total)
  for (const one of list.children('iothread')) if (!ids.includes(Number(one.attribute('id')))) one.remove()
  const kept = list.children('iothread').map((one) => Number(one.attribute('id')))
  for (const id of ids) if (!kept.includes(id)) list.insert(parseElement(`<iothread id='${id}'/>`))
  if (ids.length === 0) {
    list.remove()
    total.remove()
  }
  return after
}
