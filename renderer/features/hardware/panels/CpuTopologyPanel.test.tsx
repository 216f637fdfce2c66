import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import '../../../test-dom'
import type { Values } from '../../../../shared/model/hardware/field'
import { drafted, itemOf, openPage, showHardware } from './test-panel'

const page = { kind: 'cpu', key: '' }
const show = async (values: Values, view = {}) => {
  showHardware({ items: [itemOf('cpu', '', { maximum: 8, ...values })], view })
  await openPage(/^Processor/)
  // what follows the first group is drawn a moment later
  await screen.findByRole('group', { name: 'Topology' })
}
const panel = () => within(screen.getByRole('group', { name: 'Topology' }))
const number = (label: string) => panel().getByLabelText<HTMLInputElement>(label)
const type = (label: string, value: string) => fireEvent.change(number(label), { target: { value } })

afterEach(cleanup)

test('without a topology the panel says what the guest sees, and one click begins with one socket', async () => {
  await show({})
  expect(panel().getByRole<HTMLInputElement>('radio', { name: 'Left to the hypervisor' }).checked).toBe(true)
  expect(panel().getByText(/8 virtual CPUs, each a socket of its own/)).toBeTruthy()
  fireEvent.click(panel().getByRole('radio', { name: 'Set here' }))
  expect(drafted()).toEqual([{ kind: 'set', item: page, values: { sockets: 1, cores: 8, threads: 1 } }])
  expect(panel().getByRole('status').textContent).toContain('1 socket × 8 cores × 1 thread = 8 virtual CPUs')
})

test('a topology is left to the hypervisor again, and undo brings back what is stored', async () => {
  await show({ sockets: 2, cores: 2, threads: 2 })
  fireEvent.click(panel().getByRole('radio', { name: 'Left to the hypervisor' }))
  expect(drafted()).toEqual([{ kind: 'set', item: page, values: {}, unset: ['sockets', 'cores', 'threads'] }])
  fireEvent.click(screen.getByRole('button', { name: 'Undo: Topology' }))
  expect(drafted()).toEqual([])
  expect(number('Sockets').value).toBe('2')
})

test('a product that is not the number of virtual CPUs is told, and mended on either side by one click', async () => {
  await show({ sockets: 1, cores: 8, threads: 1 })
  type('Threads per core', '2')
  const status = panel().getByRole('status')
  expect(status.textContent).toContain('= 16 virtual CPUs')
  expect(screen.getByRole('alert').textContent).toContain('makes 16 virtual CPUs, but the VM has 8')
  fireEvent.click(screen.getByRole('button', { name: 'Use 4 cores per socket' }))
  expect(number('Cores per socket').value).toBe('4')
  expect(status.textContent).toContain('= 8 virtual CPUs')
  expect(screen.queryByRole('alert')).toBeNull()
  type('Sockets', '3')
  fireEvent.click(panel().getByRole('button', { name: 'Give the VM 24 virtual CPUs' }))
  expect(drafted()).toEqual([
    { kind: 'set', item: page, values: { threads: 2, cores: 4, sockets: 3, maximum: 24 } },
  ])
})

test('dies count, clusters are shown only where there are some, and cannot be left out', async () => {
  await show({ maximum: 16, sockets: 1, dies: 2, clusters: 2, cores: 2, threads: 2 })
  expect(panel().getByRole('status').textContent).toContain('2 dies × 2 clusters × 2 cores')
  expect(number('Clusters per die').disabled).toBe(true)
  expect(panel().queryByRole('radio')).toBeNull()
  cleanup()
  await show({ sockets: 1, cores: 8, threads: 1 })
  expect(panel().queryByLabelText('Clusters per die')).toBeNull()
})

test('what cannot be is said at its box, and a running guest sees the change at its next start', async () => {
  await show({ sockets: 1, cores: 8, threads: 1 }, { isRunning: true })
  type('Cores per socket', '0')
  expect(panel().getByText('Enter 1 or more')).toBeTruthy()
  type('Cores per socket', '4')
  expect(screen.getByText(/At the next start\. The guest sees its processor/)).toBeTruthy()
})
