// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { useDialog } from '../../stores/dialogs'
import { putTask } from '../../stores/tasks'
import { useToasts } from '../../stores/toasts'
import { replaceVms } from '../../stores/vms'
import { toastFailures } from './failure-toasts'

const host = hostId.parse('a')
const id = vmId.parse('00000000-0000-0000-0000-000000000001')
const vm: Vm = {
  host,
  id,
  name: 'web',
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: true,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
}
let stop: () => void
let count = 0

beforeEach(() => {
  useToasts.setState({ toasts: [] })
  replaceVms([vm])
  stop = toastFailures()
})
afterEach(() => stop())

function fail(kind: string): void {
  putTask({
    id: taskId.parse(`${kind} ${(count += 1)}`),
    kind,
    title: 'Restoring web',
    host,
    vm: id,
    state: 'failed',
    startedAtMs: 0,
    canCancel: false,
    error: { kind: 'internal', message: 'The host could not do this' },
  })
}

it('a saved state that cannot be restored is offered to be discarded, which asks first', () => {
  fail('power.restore')
  const [toast] = useToasts.getState().toasts
  expect(toast).toMatchObject({ title: 'Restoring web failed', action: { label: 'Discard saved state…' } })
  toast?.action?.run()
  expect(useDialog.getState().open).toMatchObject({
    kind: 'confirmPower',
    action: 'discardSaved',
    refs: [{ host, vm: id }],
  })
})

it('other failures, and one whose saved state is gone, offer nothing of the kind', () => {
  fail('power.start')
  replaceVms([{ ...vm, hasSavedState: false }])
  fail('power.restore')
  expect(useToasts.getState().toasts.map(({ action }) => action)).toEqual([undefined, undefined])
})
