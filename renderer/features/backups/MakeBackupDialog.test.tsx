// @vitest-environment jsdom
import { act, cleanup, configure, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import '../../test-dom'
import type { BackupsView } from '../../../shared/model/backups/backup'
import { hostId, vmId } from '../../../shared/model/ids'
import type { Vm, VmState } from '../../../shared/model/vm'
import { installFakeMain } from '../../api/fake'
import { replaceVms } from '../../stores/vms'
import { MakeBackupDialog } from './MakeBackupDialog'

configure({ asyncUtilTimeout: 10_000 })
afterEach(cleanup)

const target = { host: hostId.parse('a'), vm: vmId.parse('00000000-0000-0000-0000-000000000001') }
const inState = (state: VmState): Vm => ({
  host: target.host,
  id: target.vm,
  name: 'web-01',
  state,
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
})
const view = (isRunning: boolean): BackupsView => ({
  vmName: 'web-01',
  isRunning,
  backups: [],
  checkpoints: [],
  pools: [],
  disks: [{ target: 'vda', sizeBytes: 1024 }],
  hasAgent: true,
  unread: [],
})

it('a VM that goes off while its backup is being asked for is backed up as one that is off', async () => {
  const main = installFakeMain({ backups: { view: () => view(false) } })
  replaceVms([inState('running')])
  render(<MakeBackupDialog target={target} known={view(true)} />)
  expect(await screen.findByText(/The VM runs on/)).toBeTruthy()
  expect(main.calls).toEqual([])
  act(() => replaceVms([inState('shut-off')]))
  expect(await screen.findByText(/The VM is off: its pools copy the disks/)).toBeTruthy()
  await waitFor(() => expect(screen.queryByText(/The VM runs on/)).toBeNull())
})
