// @vitest-environment jsdom
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { cloneInput, type CloneInput, type ClonePlan } from '../../../shared/model/clone'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { openDialog, useDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost } from '../../stores/test-host'
import { replaceVms } from '../../stores/vms'
import { FromTemplateDialog } from './FromTemplateDialog'

configure({ asyncUtilTimeout: 10_000 })
const gib = 1024 ** 3
const host = hostId.parse('a')
const idOf = (at: number) => vmId.parse(`00000000-0000-0000-0000-00000000000${at}`)
const vm = (at: number, name: string, more: Partial<Vm> = {}): Vm => ({
  host,
  id: idOf(at),
  name,
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 2,
  memoryBytes: gib,
  maxMemoryBytes: gib,
  ...more,
})
const planOf = (input: CloneInput): ClonePlan => ({
  source: 'debian',
  clones: [
    {
      name: input.name,
      xml: '<domain/>',
      disks: [
        {
          target: 'vda',
          device: 'disk',
          how: input.usual ?? 'copy',
          whyNot: {},
          from: '/i/debian.qcow2',
          to: `/i/${input.name}.qcow2`,
        },
        { target: 'vdb', device: 'disk', how: 'share', whyNot: {}, from: '/i/data.raw' },
        { target: 'sda', device: 'cdrom', how: 'share', whyNot: {} },
      ],
      cards: [],
    },
  ],
  pools: [],
  problems: [],
  identityCommand: '',
})

beforeEach(() => {
  replaceHosts([connectedHost('a')])
  openDialog({ kind: 'newVmFromTemplate', host })
})
afterEach(cleanup)

function open(vms: readonly Vm[]): FakeMain {
  replaceVms([...vms])
  const main = installFakeMain({
    vms: { clonePlan: (input) => planOf(cloneInput.parse(input)), clone: () => taskId.parse('t') },
    sizePresets: { list: () => [], save: () => [], remove: () => [] },
  })
  render(<FromTemplateDialog host={host} template={undefined} />)
  return main
}
const button = (name: string): HTMLElement => screen.getByRole('button', { name })
const ready = (name: string): Promise<void> =>
  waitFor(() => expect(button(name).getAttribute('aria-disabled')).not.toBe('true'))
const asked = (main: FakeMain, channel: string): unknown =>
  main.calls.findLast((call) => call.channel === channel)?.input

it('makes a linked VM as large as the template, under the next free name, and starts it', async () => {
  const main = open([vm(1, 'debian', { isTemplate: true }), vm(2, 'debian-1')])
  await ready('Create')
  fireEvent.click(button('Create'))
  await waitFor(() =>
    expect(asked(main, 'vms.clone')).toEqual({
      host,
      vm: idOf(1),
      name: 'debian-2',
      count: 1,
      disks: [],
      usual: 'linked',
      startsNow: true,
    }),
  )
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
})

it('gives it another size at one click, and a full copy', async () => {
  const main = open([vm(1, 'debian-template', { isTemplate: true })])
  await ready('Create')
  fireEvent.click(screen.getByRole('button', { name: /^Medium/ }))
  fireEvent.click(screen.getByRole('radio', { name: 'Full copy' }))
  await waitFor(() =>
    expect(asked(main, 'vms.clonePlan')).toMatchObject({
      name: 'debian-1',
      usual: 'copy',
      memoryBytes: 4 * gib,
    }),
  )
  expect(asked(main, 'vms.clonePlan')).not.toHaveProperty('vcpuCount')
})

it('tells each file before it is made, and which are those of the template itself', async () => {
  open([vm(1, 'debian', { isTemplate: true })])
  await ready('Create')
  const lines = (): string[] =>
    screen.getAllByRole('definition').map((line) => {
      const name = line.previousElementSibling
      return `${name?.textContent}: ${line.textContent}`
    })
  expect(lines()).toEqual(['vda, linked: /i/debian-1.qcow2', 'vdb, shared with the template: /i/data.raw'])
  fireEvent.click(screen.getByRole('radio', { name: 'Full copy' }))
  await waitFor(() => expect(lines()[0]).toBe('vda, copied: /i/debian-1.qcow2'))
})

it('waits for a size and a number that make sense', async () => {
  open([vm(1, 'debian', { isTemplate: true })])
  await ready('Create')
  fireEvent.change(screen.getByLabelText('Virtual CPUs'), { target: { value: '0' } })
  expect(screen.getByText('Enter a whole number, at least 1')).toBeTruthy()
  expect(button('Create').getAttribute('aria-disabled')).toBe('true')
})

it('says how a template comes to be where there is none', () => {
  open([vm(1, 'debian')])
  expect(screen.getByText(/This host has no template/)).toBeTruthy()
})
