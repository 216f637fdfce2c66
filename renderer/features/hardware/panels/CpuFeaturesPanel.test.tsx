import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import '../../../test-dom'
import type { Values } from '../../../../shared/model/hardware/field'
import type { GuestCapabilities } from '../../../../shared/model/host-details'
import { drafted, itemOf, openPage, showHardware } from './test-panel'

const page = { kind: 'cpu', key: '' }

const capabilitiesWith = (names: readonly string[]): GuestCapabilities => ({
  virtType: 'kvm',
  architecture: 'x86_64',
  firmware: { kinds: [], loaders: [], secureBoot: 'unknown' },
  cpuModes: [],
  hostModel: { model: 'EPYC', features: names.map((name) => ({ name, policy: 'require' })) },
  cpuModels: [],
  devices: [],
  features: [],
})

const show = async (
  values: Values = {},
  names: readonly string[] = ['avx2', 'vmx', 'pcid'],
  answer: GuestCapabilities | Promise<GuestCapabilities> = capabilitiesWith(names),
) => {
  showHardware({
    items: [itemOf('cpu', '', { maximum: 2, mode: 'host-model', ...values })],
    hosts: { guestCapabilities: () => answer },
  })
  await openPage(/^Processor/)
  await screen.findByRole('group', { name: 'CPU features' })
  if (names.length > 0) await waitFor(() => expect(shown().length).toBeGreaterThanOrEqual(names.length))
}
const panel = () => within(screen.getByRole('group', { name: 'CPU features' }))
const shown = () =>
  [...document.querySelectorAll<HTMLElement>('[data-feature]')].map(({ dataset }) => dataset['feature'])
const find = (text: string) =>
  fireEvent.change(panel().getByLabelText('Find a CPU feature'), { target: { value: text } })
const rows = (...features: { name: string; policy: string }[]) => [
  { kind: 'set', item: page, values: { features } },
]

afterEach(cleanup)

test('features that are set come first, and one is switched on or off by a button', async () => {
  await show({ features: [{ name: 'pcid', policy: 'disable' }] })
  expect(shown()).toEqual(['pcid', 'avx2', 'vmx'])
  expect(panel().getByText('1 set, the others as the model has them')).toBeTruthy()
  fireEvent.click(panel().getByRole('button', { name: 'vmx: on' }))
  expect(drafted()).toEqual(rows({ name: 'pcid', policy: 'disable' }, { name: 'vmx', policy: 'require' }))
  // it stays where it was clicked
  expect(shown()).toEqual(['pcid', 'avx2', 'vmx'])
})

test('features that are set stay first when the host’s come a moment later', async () => {
  let answer: (value: GuestCapabilities) => void = () => undefined
  await show({ features: [{ name: 'pcid', policy: 'disable' }] }, [], new Promise((done) => (answer = done)))
  expect(shown()).toEqual(['pcid'])
  answer(capabilitiesWith(['avx2', 'vmx']))
  await waitFor(() => expect(shown()).toEqual(['pcid', 'avx2', 'vmx']))
})

test('every policy can be chosen, and one left to the model again', async () => {
  await show()
  fireEvent.click(panel().getByRole('button', { name: 'vmx: off' }))
  const policy = () => panel().getByRole('button', { name: /Policy of vmx/ })
  fireEvent.click(policy())
  fireEvent.click(screen.getByRole('option', { name: 'On where the host has it' }))
  expect(drafted()).toEqual(rows({ name: 'vmx', policy: 'optional' }))
  fireEvent.click(policy())
  fireEvent.click(screen.getByRole('option', { name: 'As the model has it' }))
  expect(drafted()).toEqual([])
})

test('the search finds features by a part of the name, and adds one that nobody told of', async () => {
  await show()
  find('V')
  expect(shown()).toEqual(['avx2', 'vmx'])
  find('tsc-deadline')
  fireEvent.click(panel().getByRole('button', { name: 'Add “tsc-deadline”' }))
  expect(drafted()).toEqual(rows({ name: 'tsc-deadline', policy: 'require' }))
  find('no name')
  expect(panel().getByText(/this can be no name/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Undo: CPU features' }))
  expect(drafted()).toEqual([])
})

test('a host that tells nothing leaves the name to be typed', async () => {
  await show({}, [])
  expect(panel().getByText(/does not tell which features/)).toBeTruthy()
  find('svm')
  fireEvent.click(panel().getByRole('button', { name: 'Add “svm”' }))
  expect(drafted()).toEqual(rows({ name: 'svm', policy: 'require' }))
})

test('of hundreds of features only the line that changes becomes a list of choices', async () => {
  await show(
    {},
    Array.from({ length: 300 }, (_, at) => `f${at}`),
  )
  expect(document.querySelectorAll('.feature-policy')).toHaveLength(0)
  const row = document.querySelector<HTMLElement>('[data-feature="f150"]')
  if (!row) throw new Error('no row')
  fireEvent.click(within(row).getByRole('button', { name: 'f150: on' }))
  expect(document.querySelectorAll('.feature-policy')).toHaveLength(1)
  expect(shown()).toHaveLength(300)
})
