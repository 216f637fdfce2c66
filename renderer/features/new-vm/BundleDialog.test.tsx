// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { hostId, taskId } from '../../../shared/model/ids'
import {
  bundleInput,
  type BundleInput,
  type BundlePlan,
  type BundleSummary,
} from '../../../shared/model/new-vm/bundle'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { closeDialog, openDialog, useDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { replaceTasks } from '../../stores/tasks'
import { connectedHost } from '../../stores/test-host'
import { replaceVms } from '../../stores/vms'
import { BundleDialog } from './BundleDialog'

configure({ asyncUtilTimeout: 10_000 })
const host = hostId.parse('a')
const gib = 1024 ** 3
const bundle: BundleSummary = {
  name: 'shop',
  exportedAtMs: 1_700_000_000_000,
  hasVariables: false,
  disks: [
    {
      target: 'vda',
      device: 'disk',
      file: 'vda.qcow2',
      format: 'qcow2',
      capacityBytes: 20 * gib,
      sizeBytes: 3 * gib,
    },
  ],
}
const planOf = (input: BundleInput, more: Partial<BundlePlan> = {}): BundlePlan => ({
  disks: bundle.disks.map((disk) => ({ ...disk, to: `/${input.pool ?? 'default'}/${input.name}.qcow2` })),
  pools: [{ name: 'default', freeBytes: 90 * gib }, { name: 'fast' }],
  pool: input.pool ?? 'default',
  xml: '<domain/>',
  problems: [],
  ...more,
})

beforeEach(() => {
  replaceHosts([connectedHost('a')])
  replaceVms([])
  replaceTasks([])
  openDialog({ kind: 'newVmFromBundle', host, file: 'chosen', bundle })
})
afterEach(() => {
  act(closeDialog)
  cleanup()
})

function open(more: Partial<BundlePlan> = {}): FakeMain {
  const main = installFakeMain({
    newVm: {
      planBundle: (input) => planOf(bundleInput.parse(input), more),
      createFromBundle: () => taskId.parse('creating'),
    },
  })
  render(<BundleDialog host={host} file="chosen" bundle={bundle} />)
  return main
}
const create = (): HTMLElement => screen.getByRole('button', { name: 'Create' })
const ready = (): Promise<void> =>
  waitFor(() => expect(create().getAttribute('aria-disabled')).not.toBe('true'))

it('shows where each disk goes, and makes the VM under the name and identity that were chosen', async () => {
  const main = open()
  await screen.findByText('/default/shop.qcow2')
  expect(screen.getByText(/20.GiB, qcow2, 3.GiB to upload/)).toBeTruthy()
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'store' } })
  fireEvent.click(screen.getByRole('radio', { name: 'A VM of its own' }))
  await screen.findByText('/default/store.qcow2')
  await ready()
  fireEvent.click(create())
  await waitFor(() =>
    expect(main.calls.find(({ channel }) => channel === 'newVm.createFromBundle')?.input).toEqual({
      host,
      file: 'chosen',
      name: 'store',
      identity: 'new',
      startsNow: false,
    }),
  )
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
})

it('cannot be made while something stands against it', async () => {
  open({
    problems: [
      { level: 'error', field: 'identity', message: 'Its UUID belongs to shop', cure: 'Give it a new one.' },
    ],
  })
  expect((await screen.findByRole('alert')).textContent).toContain('Give it a new one.')
  expect(create().getAttribute('aria-disabled')).toBe('true')
})
