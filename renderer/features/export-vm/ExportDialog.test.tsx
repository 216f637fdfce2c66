// @vitest-environment jsdom
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import type { ExportInput, ExportPlan } from '../../../shared/model/export'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { openDialog, useDialog } from '../../stores/dialogs'
import { replaceVms } from '../../stores/vms'
import { ExportDialog } from './ExportDialog'

configure({ asyncUtilTimeout: 10_000 })
const gib = 1024 ** 3
const target = { host: hostId.parse('a'), vm: vmId.parse('00000000-0000-0000-0000-000000000001') }

const planOf = (input: ExportInput, more: Partial<ExportPlan> = {}): ExportPlan => {
  const isOvf = input.kind === 'ovf'
  const wants = (name: string): boolean => input.disks === undefined || input.disks.includes(name)
  return {
    source: 'web',
    fileName: isOvf ? 'web.ova' : 'web.innkeeper.tar',
    disks: [
      {
        target: 'vda',
        device: 'disk',
        isIncluded: wants('vda'),
        isConverted: isOvf,
        layerCount: 0,
        from: '/i/web.qcow2',
        sizeBytes: 20 * gib,
        ...(wants('vda') ? { file: isOvf ? 'web-vda.vmdk' : 'vda.qcow2', neededBytes: 3 * gib } : {}),
      },
      {
        target: 'vdb',
        device: 'disk',
        isIncluded: wants('vdb'),
        isConverted: wants('vdb'),
        layerCount: 2,
        from: '/i/data.qcow2',
        sizeBytes: 5 * gib,
        ...(wants('vdb') ? { file: 'vdb.qcow2', neededBytes: gib } : {}),
      },
      {
        target: 'sda',
        device: 'cdrom',
        isIncluded: false,
        isConverted: false,
        layerCount: 0,
        whyNot: 'There is no medium in it',
      },
    ],
    pools: [{ name: 'default', freeBytes: 90 * gib }],
    ...(isOvf || wants('vdb') ? { pool: 'default' } : {}),
    hasVariables: false,
    neededBytes: 4 * gib,
    ...(input.file === undefined ? {} : { freeBytes: 50 * gib }),
    problems: [],
    ...more,
  }
}

beforeEach(() => {
  replaceVms([
    {
      host: target.host,
      id: target.vm,
      name: 'web',
      state: 'shut-off',
      isPersistent: true,
      hasSavedState: false,
      autostart: false,
      vcpuCount: 1,
      memoryBytes: 1,
      maxMemoryBytes: 1,
    },
  ])
  openDialog({ kind: 'exportVm', ref: target })
})
afterEach(cleanup)

function open(
  more: Partial<ExportPlan> = {},
  start: () => ReturnType<typeof taskId.parse> = () => taskId.parse('t'),
): FakeMain {
  const main = installFakeMain({
    vms: { exportPlan: (input) => planOf(input as ExportInput, more), export: start },
    files: { chooseLocal: (wanted) => ({ id: 'chosen', name: wanted.name ?? '' }) },
  })
  render(<ExportDialog target={target} />)
  return main
}
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })
const isOff = (): boolean => button('Export').getAttribute('aria-disabled') === 'true'
const choose = async (): Promise<void> => {
  await screen.findByText('/i/web.qcow2')
  fireEvent.click(button('Choose where to…'))
  await waitFor(() => expect(isOff()).toBe(false))
}
const inputOf = (main: FakeMain): unknown => main.calls.find(({ channel }) => channel === 'vms.export')?.input

it('shows what becomes of each disk, asks where to under a fitting name, and exports', async () => {
  const main = open()
  await screen.findByText(/20.GiB · becomes vda.qcow2 · takes about 3.GiB · sent as it is/)
  expect(screen.getByText(/becomes vdb.qcow2 · takes about 1.GiB · made into one image first/)).toBeTruthy()
  expect(isOff()).toBe(true)
  await choose()
  expect(screen.getByText('web.innkeeper.tar')).toBeTruthy()
  expect(screen.getByText(/Takes about 4.GiB · 50.GiB free there/)).toBeTruthy()
  fireEvent.click(button('Export'))
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
  expect(inputOf(main)).toEqual({ ...target, kind: 'bundle', as: 'file', file: 'chosen' })
})

it('exports an OVF with the disks and the format that were chosen', async () => {
  const main = open()
  fireEvent.click(await screen.findByRole('radio', { name: 'OVF for other hypervisors' }))
  await screen.findByText(/becomes web-vda.vmdk/)
  fireEvent.click(screen.getByRole('checkbox', { name: 'vdb' }))
  await screen.findByText(/left out/)
  await choose()
  expect(screen.getByText('web.ova')).toBeTruthy()
  fireEvent.click(button('Export'))
  await waitFor(() =>
    expect(inputOf(main)).toEqual({
      ...target,
      kind: 'ovf',
      as: 'file',
      diskFormat: 'vmdk',
      disks: ['vda'],
      file: 'chosen',
    }),
  )
})

it('asks anew where to once something else is written there', async () => {
  open()
  await choose()
  fireEvent.click(screen.getByRole('radio', { name: 'Folder' }))
  await waitFor(() => expect(isOff()).toBe(true))
  expect(screen.getByText('A new folder on this computer')).toBeTruthy()
})

it('cannot be confirmed while something stands against it, which is told with the way out', async () => {
  open({
    problems: [
      { level: 'error', field: 'vm', message: 'web is on.', cure: 'Shut it down first.' },
      { level: 'warning', message: 'Its TPM stays here.' },
    ],
  })
  expect((await screen.findByRole('alert')).textContent).toContain('Shut it down first.')
  expect(screen.getByText('Its TPM stays here.')).toBeTruthy()
  fireEvent.click(button('Choose where to…'))
  await screen.findByText('web.innkeeper.tar')
  expect(isOff()).toBe(true)
})

it('says why it was refused, and stays open', async () => {
  open({}, () => {
    throw new AppError('already-exists', 'web-bundle is there already')
  })
  await choose()
  fireEvent.click(button('Export'))
  expect((await screen.findByRole('alert')).textContent).toContain('web-bundle is there already')
  expect(useDialog.getState().open).toMatchObject({ kind: 'exportVm' })
})
