// @vitest-environment jsdom
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import type { DiskJob } from '../../../shared/model/disk-jobs/disk-job'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { useDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost } from '../../stores/test-host'
import { DiskJobStrip } from './DiskJobStrip'

configure({ asyncUtilTimeout: 10_000 })

const mib = 1024 ** 2
const target = { host: hostId.parse('a'), vm: vmId.parse('00000000-0000-0000-0000-000000000001') }
const record: Vm = {
  host: target.host,
  id: target.vm,
  name: 'web-01',
  state: 'running',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
}
const copy: DiskJob = {
  target: 'vda',
  kind: 'copy',
  doneBytes: 10 * mib,
  totalBytes: 64 * mib,
  bytesPerSecond: 2 * mib,
  isReady: false,
  to: '/fast/web-01.qcow2',
}

let jobs: readonly DiskJob[]
let main: FakeMain
beforeEach(() => {
  jobs = [copy]
  replaceHosts([connectedHost('a')])
  main = installFakeMain({
    diskJobs: { list: () => jobs, end: () => taskId.parse('t') },
  })
})
afterEach(() => {
  cleanup()
  useDialog.setState({ open: undefined })
})

const show = (vm = record) => render(<DiskJobStrip target={target} record={vm} />)

it('a job that others began is shown with how far and how fast it is', async () => {
  show()
  const strip = await screen.findByRole('region', { name: 'Work on disks' })
  expect(strip.textContent).toContain('vda is copied to /fast/web-01.qcow2')
  expect(strip.textContent).toContain('10 MiB of 64 MiB, 2 MiB/s')
  expect(screen.queryByRole('button', { name: 'Switch to it' })).toBeNull()
})

it('once both images are equal the VM can be switched to the copy', async () => {
  jobs = [{ ...copy, isReady: true }]
  show()
  fireEvent.click(await screen.findByRole('button', { name: 'Switch to it' }))
  await waitFor(() =>
    expect(main.calls.at(-1)).toEqual({
      channel: 'diskJobs.end',
      input: { ...target, target: 'vda', how: 'switch' },
    }),
  )
})

it('stopping asks first', async () => {
  show()
  fireEvent.click(await screen.findByRole('button', { name: 'Stop…' }))
  expect(useDialog.getState().open).toMatchObject({ kind: 'stopDiskJob', job: copy })
})

it('a backup is not stopped here, and a VM that is off is not asked about', async () => {
  jobs = [{ ...copy, kind: 'backup' }]
  const { unmount } = show()
  await screen.findByText(/is backed up/)
  expect(screen.queryByRole('button')).toBeNull()
  unmount()
  const before = main.calls.length
  show({ ...record, state: 'shut-off' })
  expect(main.calls).toHaveLength(before)
})
