import { expect, test } from 'vitest'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { shownItems } from './draft'
import { placeOfRefusal } from './refusal'

const changes: HardwareChange[] = [
  { kind: 'set', item: { kind: 'general', key: '' }, values: { title: 'Web' } },
  { kind: 'add', device: 'pci-device', key: 'new-1', values: { address: '0000:01:00.0', managed: true } },
]
const items = shownItems(
  { items: [{ ref: { kind: 'general', key: '' }, values: {}, hasMore: false }], pending: [] },
  changes,
)

test('a refusal that names a field is put at that field', () => {
  expect(placeOfRefusal(changes, items, { kind: 'invalid', message: 'No', field: 'title' })).toMatchObject({
    item: { kind: 'general', key: '' },
  })
})

test('what the host says about a device of its own is put at the field that names the device', () => {
  const detail = 'PCI device 0000:01:00.0 is in use by driver QEMU, domain web'
  expect(placeOfRefusal(changes, items, { kind: 'invalid', message: 'No', detail })).toMatchObject({
    item: { kind: 'pci-device', key: 'new-1' },
    error: { field: 'address', message: `No: ${detail}` },
  })
})

test('what is about none of the changes stays where all of them are', () => {
  const error = { kind: 'invalid', message: 'PCI device 0000:02:00.0 is in use' } as const
  expect(placeOfRefusal(changes, items, error)).toEqual({ error })
})
