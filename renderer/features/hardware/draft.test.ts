import { expect, test } from 'vitest'
import type { HardwareView } from '../../../shared/model/hardware/view'
import {
  addDevice,
  countChanges,
  editItem,
  newKey,
  rebase,
  removeItem,
  revertPending,
  setBootOrder,
  shownItems,
  undoBootOrder,
  undoChange,
  undoRemove,
  type Changes,
} from './draft'

const rng = { kind: 'rng', key: '#0' }
const watchdog = { kind: 'watchdog', key: 'itco' }

const view: Pick<HardwareView, 'items' | 'pending'> = {
  items: [
    { ref: rng, values: { model: 'virtio', backend: 'random', device: '/dev/urandom' }, hasMore: false },
    { ref: watchdog, values: { model: 'itco', action: 'reset' }, live: {}, hasMore: false },
  ],
  pending: [
    { item: watchdog, what: { kind: 'changed', field: 'action', now: 'pause', next: 'reset' } },
    { item: rng, what: { kind: 'added' } },
  ],
}

const shown = (changes: Changes, key: string) => shownItems(view, changes).find(({ ref }) => ref.key === key)

test('edits of one item are one change, and an edit back to what is stored is none', () => {
  let changes = editItem(view, [], watchdog, { action: 'pause' })
  changes = editItem(view, changes, watchdog, { model: 'i6300esb' })
  expect(changes).toEqual([{ kind: 'set', item: watchdog, values: { action: 'pause', model: 'i6300esb' } }])
  expect(countChanges(changes)).toBe(2)
  expect(shown(changes, 'itco')).toMatchObject({ mark: 'changed', values: { action: 'pause' } })
  changes = editItem(view, changes, watchdog, { action: 'reset', model: 'itco' })
  expect(changes).toEqual([])
})

test('a field taken away is unset, and shown without value', () => {
  const changes = editItem(view, [], watchdog, { action: undefined })
  expect(changes).toEqual([{ kind: 'set', item: watchdog, values: {}, unset: ['action'] }])
  const item = shown(changes, 'itco')
  expect(item?.values).toEqual({ model: 'itco' })
  expect([...(item?.changedFields ?? [])]).toEqual(['action'])
})

test('a field that makes no sense beside a new choice goes with it, and comes back with the old one', () => {
  const away = editItem(view, [], rng, { backend: 'builtin' })
  expect(away).toEqual([{ kind: 'set', item: rng, values: { backend: 'builtin' } }])
  expect(shown(away, '#0')?.values).toEqual({ model: 'virtio', backend: 'builtin' })
  expect(editItem(view, away, rng, { backend: 'random' })).toEqual([])
})

test('what was typed for a choice that is taken back is not sent', () => {
  let changes = editItem(view, [], rng, { device: '/dev/hwrng' })
  changes = editItem(view, changes, rng, { backend: 'egd' })
  expect(changes).toEqual([{ kind: 'set', item: rng, values: { backend: 'egd' } }])
})

test('edits of a new device change what is added, and removing it drops it', () => {
  const key = newKey([])
  let changes = addDevice([], 'watchdog', key, { model: 'i6300esb', action: 'reset' })
  const ref = { kind: 'watchdog', key }
  changes = editItem(view, changes, ref, { action: 'pause', model: undefined })
  expect(changes).toEqual([{ kind: 'add', device: 'watchdog', key, values: { action: 'pause' } }])
  expect(shown(changes, key)).toMatchObject({ mark: 'added' })
  expect(newKey(changes)).not.toBe(key)
  expect(removeItem(changes, ref)).toEqual([])
})

test('removing takes an item’s edits and its place in the boot order along, and can be taken back', () => {
  let changes = editItem(view, [], watchdog, { action: 'pause' })
  changes = setBootOrder(changes, [rng, watchdog])
  changes = removeItem(changes, watchdog)
  expect(changes).toEqual([
    { kind: 'boot-order', order: [rng] },
    { kind: 'remove', item: watchdog },
  ])
  expect(shown(changes, 'itco')?.mark).toBe('removed')
  expect(shown(undoRemove(changes, watchdog), 'itco')?.mark).toBeUndefined()
})

test('one change of several is taken back', () => {
  const changes = removeItem(editItem(view, [], watchdog, { action: 'pause' }), rng)
  expect(undoChange(changes, 0)).toEqual([{ kind: 'remove', item: rng }])
})

test('only one boot order is kept', () => {
  const changes = setBootOrder(setBootOrder([], [rng]), [watchdog])
  expect(changes).toEqual([{ kind: 'boot-order', order: [watchdog] }])
})

test('a boot order is seen in the places of the devices, and replaces what was typed there', () => {
  const disk = (key: string, values = {}) => ({ ref: { kind: 'disk', key }, values, hasMore: false })
  const boot = {
    ref: { kind: 'boot', key: '' },
    values: { osType: 'hvm', legacyBoot: [{ device: 'hd' }] },
    hasMore: false,
  }
  const basis = { items: [boot, disk('vda'), disk('vdb', { bootOrder: 3 })], pending: [] }
  const typed = editItem(basis, [], { kind: 'disk', key: 'vda' }, { bootOrder: 5, serial: 'a' })
  const changes = setBootOrder(typed, [{ kind: 'disk', key: 'vda' }])
  expect(changes).toEqual([
    { kind: 'set', item: { kind: 'disk', key: 'vda' }, values: { serial: 'a' } },
    { kind: 'boot-order', order: [{ kind: 'disk', key: 'vda' }] },
  ])
  const [page, vda, vdb] = shownItems(basis, changes)
  expect(page).toMatchObject({ mark: 'changed', values: { osType: 'hvm' } })
  expect(page?.values).not.toHaveProperty('legacyBoot')
  expect(vda?.values).toEqual({ bootOrder: 1, serial: 'a' })
  // what the order says of a device is no change that its own rules could hold up
  expect(vdb?.mark).toBeUndefined()
  expect(vdb?.values).toEqual({})
  expect(undoBootOrder(changes)).toEqual(changes.slice(0, 1))
})

test('what is taken back to the running guest shows as it runs', () => {
  const one = revertPending([], watchdog, 'action')
  expect(shown(one, 'itco')).toMatchObject({ mark: 'changed', values: { action: 'pause' } })
  const all = revertPending(one)
  expect(all).toEqual([{ kind: 'as-running' }])
  // it was never plugged in
  expect(shown(all, '#0')?.mark).toBe('removed')
})

test('on a newer definition, changes that are done are dropped and those without a place are told', () => {
  let changes = editItem(view, [], watchdog, { action: 'pause' })
  changes = editItem(view, changes, rng, { backend: 'builtin' })
  changes = removeItem(changes, { kind: 'disk', key: 'vda' })
  changes = addDevice(changes, 'rng', 'new-1', { model: 'virtio' })
  const newer = {
    items: [{ ref: watchdog, values: { model: 'itco', action: 'pause' }, hasMore: false }],
    pending: [],
  }
  const { changes: kept, lost } = rebase(newer, changes)
  expect(kept).toEqual([{ kind: 'add', device: 'rng', key: 'new-1', values: { model: 'virtio' } }])
  expect(lost).toEqual([{ kind: 'set', item: rng, values: { backend: 'builtin' } }])
})
