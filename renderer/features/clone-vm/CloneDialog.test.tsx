// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import type { CloneInput, ClonePlan } from '../../../shared/model/clone'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { openDialog, useDialog } from '../../stores/dialogs'
import { replaceVms } from '../../stores/vms'
import { CloneDialog } from './CloneDialog'

const gib = 1024 ** 3
const target = { host: hostId.parse('a'), vm: vmId.parse('00000000-0000-0000-0000-000000000001') }

const planOf = (input: CloneInput, more: Partial<ClonePlan> = {}): ClonePlan => ({
  source: 'web',
  clones: [
    {
      name: input.name,
      xml: `<domain><name>${input.name}</name></domain>`,
      disks: [
        {
          target: 'vda',
          device: 'disk',
          how: input.disks[0]?.how ?? 'copy',
          whyNot: { linked: 'web is on and goes on writing to it' },
          from: '/i/web.qcow2',
          to: `/i/${input.name}.qcow2`,
          pool: 'default',
          volume: `${input.name}.qcow2`,
          format: 'qcow2',
          sizeBytes: 20 * gib,
          neededBytes: 3 * gib,
        },
        { target: 'sda', device: 'cdrom', how: 'share', whyNot: { copy: 'There is no medium in it' } },
      ],
      cards: [{ from: '52:54:00:00:00:01', to: '52:54:00:00:00:02' }],
    },
  ],
  pools: [{ name: 'default', path: '/i', freeBytes: 90 * gib }],
  problems: [],
  command: `virt-clone --original web --name ${input.name}`,
  identityCommand: `virt-sysprep -d ${input.name}`,
  ...more,
})

beforeEach(() => {
  replaceVms(
    ['web', 'web-clone'].map((name, at) => ({
      host: target.host,
      id: vmId.parse(`00000000-0000-0000-0000-00000000000${at + 1}`),
      name,
      state: 'shut-off',
      isPersistent: true,
      hasSavedState: false,
      autostart: false,
      vcpuCount: 1,
      memoryBytes: 1,
      maxMemoryBytes: 1,
    })),
  )
  openDialog({ kind: 'cloneVm', ref: target })
})
afterEach(cleanup)

function open(
  more: Partial<ClonePlan> = {},
  clone: () => ReturnType<typeof taskId.parse> = () => taskId.parse('t'),
): FakeMain {
  const main = installFakeMain({
    vms: { clonePlan: (input) => planOf(input as CloneInput, more), clone },
  })
  render(<CloneDialog target={target} />)
  return main
}

const button = (): HTMLElement => screen.getByRole('button', { name: /^(Clone|Make \d+ clones)$/ })
const isOff = (): boolean => button().getAttribute('aria-disabled') === 'true'
const ready = (): Promise<void> => waitFor(() => expect(isOff()).toBe(false))

it('proposes a free name, and shows every path before anything is done', async () => {
  const main = open()
  expect(screen.getByLabelText<HTMLInputElement>('Name of the clone').value).toBe('web-clone-2')
  await screen.findByText('/i/web-clone-2.qcow2')
  expect(screen.getByText('/i/web.qcow2')).toBeTruthy()
  expect(screen.getByText(/20.GiB · qcow2 · takes about 3.GiB · 90.GiB free there/)).toBeTruthy()
  expect(screen.getByText('virt-sysprep -d web-clone-2')).toBeTruthy()
  expect(screen.getByText('virt-clone --original web --name web-clone-2')).toBeTruthy()
  expect(main.calls.map(({ channel }) => channel)).not.toContain('vms.clone')
})

it('clones what was chosen, and closes when the host has begun', async () => {
  const main = open()
  fireEvent.change(screen.getByLabelText('Name of the clone'), { target: { value: 'shop' } })
  await screen.findByText('/i/shop.qcow2')
  fireEvent.change(screen.getByLabelText('Volume for vda'), { target: { value: 'mine.qcow2' } })
  await ready()
  fireEvent.click(button())
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
  expect(main.calls.find(({ channel }) => channel === 'vms.clone')?.input).toEqual({
    ...target,
    name: 'shop',
    count: 1,
    disks: [{ target: 'vda', how: 'copy', volume: 'mine.qcow2' }],
  })
})

it('cannot be confirmed while something stands against it, which is told with the way out', async () => {
  open({
    problems: [
      { level: 'error', field: 'vm', message: 'web is on.', cure: 'Shut it down first.' },
      { level: 'warning', message: 'The TPM is not copied.' },
    ],
  })
  expect((await screen.findByRole('alert')).textContent).toContain('Shut it down first.')
  expect(screen.getByText('The TPM is not copied.')).toBeTruthy()
  expect(isOff()).toBe(true)
})

it('asks for a name that hosts take, and for a number of clones that makes sense', async () => {
  open()
  await ready()
  fireEvent.change(screen.getByLabelText('Name of the clone'), { target: { value: 'a b' } })
  expect(screen.getByText(/Use letters, digits/)).toBeTruthy()
  expect(isOff()).toBe(true)
  fireEvent.change(screen.getByLabelText('Name of the clone'), { target: { value: 'a' } })
  fireEvent.change(screen.getByLabelText('How many'), { target: { value: '99' } })
  expect(screen.getByText('Enter 1 to 50')).toBeTruthy()
  expect(isOff()).toBe(true)
  fireEvent.change(screen.getByLabelText('How many'), { target: { value: '3' } })
  await ready()
  expect(button().textContent).toContain('Make 3 clones')
  expect(screen.queryByLabelText('Volume for vda')).toBeNull()
})

it('says why the host refused, and stays open', async () => {
  open({}, () => {
    throw new AppError('invalid', 'There is already a VM called that.')
  })
  await ready()
  fireEvent.click(button())
  expect((await screen.findByRole('alert')).textContent).toContain('There is already a VM called that.')
  expect(useDialog.getState().open).toMatchObject({ kind: 'cloneVm' })
})

it('of a snapshot says so, and asks for its disks', async () => {
  const main = installFakeMain({
    vms: { clonePlan: (input) => planOf(input as CloneInput), clone: () => taskId.parse('t') },
  })
  render(<CloneDialog target={target} snapshot="before" />)
  expect(screen.getByRole('dialog', { name: 'New VM from snapshot “before” of web' }).textContent).toContain(
    'Its disks are what they were when the snapshot was taken; its hardware is what web has now.',
  )
  await ready()
  fireEvent.click(button())
  await waitFor(() =>
    expect(main.calls.find(({ channel }) => channel === 'vms.clone')?.input).toMatchObject({
      ...target,
      snapshot: 'before',
    }),
  )
})
