import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../../test-dom'
import { useDialog, closeDialog } from '../../stores/dialogs'
import { useRoute } from '../../stores/route'
import { useToasts } from '../../stores/toasts'
import { asked, forgetStorage, gib, layOut, poolOf, showStorage, volumeOf } from './test-storage'

const volumes = [
  volumeOf('web.qcow2', { modifiedAtMs: 0 }),
  volumeOf('base.qcow2', { allocationBytes: 2 * gib }),
  volumeOf('old.img', { format: 'raw', capacityBytes: 8 * gib, allocationBytes: 8 * gib }),
]
const usage = {
  users: {
    '/pools/images/web.qcow2': [
      { kind: 'disk' as const, name: 'web-01', vm: 'x', isRunning: true, target: 'vda' },
    ],
    '/pools/images/base.qcow2': [
      { kind: 'image' as const, name: '/pools/images/web.qcow2' },
      { kind: 'image' as const, name: '/pools/images/other.qcow2' },
    ],
  },
  unread: [],
}

beforeEach(() => {
  layOut()
  forgetStorage()
})
afterEach(() => {
  act(closeDialog)
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const row = async (name: string): Promise<HTMLElement> => {
  const cell = await screen.findByText(
    (_, element) => element?.className === 'middle-truncate' && element.textContent === name,
  )
  return cell.closest<HTMLElement>('[role=row]') ?? cell
}
const tool = (name: string | RegExp): HTMLElement =>
  within(screen.getByRole('toolbar', { name: 'Selected volumes' })).getByRole('button', { name })

test('the page opens on a pool that is started, and lists its volumes with who uses them', async () => {
  showStorage({
    pools: [poolOf('archive', { state: 'inactive', isAutostart: false }), poolOf('images')],
    volumes,
    usage,
  })
  const page = await screen.findByRole('region', { name: 'Pool images' })
  expect(within(page).getByRole('meter', { name: 'Space used' }).getAttribute('aria-valuetext')).toBe(
    '40 GiB of 100 GiB used, 60 GiB free',
  )
  const web = await row('web.qcow2')
  await waitFor(() => expect(web.textContent).toContain('web-01'))
  expect((await row('base.qcow2')).textContent).toContain('base of 2 images')
  await waitFor(() => expect(screen.getByText('Unused')).toBeTruthy())
  expect((await row('old.img')).textContent).toContain('8 GiB')
})

test('a name among the users leads to the VM', async () => {
  showStorage({ volumes, usage })
  fireEvent.click(await screen.findByRole('button', { name: 'web-01' }))
  expect(useRoute.getState().route).toMatchObject({ kind: 'vm' })
})

test('nothing is called unused while a definition could not be read', async () => {
  showStorage({ volumes, usage: { users: {}, unread: ['secret-vm'] } })
  await row('old.img')
  await waitFor(() => expect(screen.getAllByText('Not known')).toHaveLength(3))
  expect(screen.queryByText('Unused')).toBeNull()
  expect(screen.getByText(/secret-vm/)).toBeTruthy()
})

test('a pool that runs out of space is told of in the list and on its page, until clearly more is free', async () => {
  let free = 8 * gib
  const pool = () => poolOf('images', { allocationBytes: 100 * gib - free, availableBytes: free })
  const main = showStorage({
    volumes: [volumeOf('large.qcow2', { capacityBytes: 200 * gib })],
    storage: { pools: () => ({ items: [pool()] }) },
  })
  const read = async (freeBytes: number): Promise<void> => {
    free = freeBytes
    const before = asked(main, 'storage.pools').length
    act(() => main.emit.hosts.resourceChanged({ host: main.host, resource: 'pool', name: 'images' }))
    await waitFor(() => expect(asked(main, 'storage.pools').length).toBeGreaterThan(before))
  }
  expect(await screen.findByText('This pool is nearly full')).toBeTruthy()
  expect(screen.getByRole('option', { name: /images.*Nearly full/ })).toBeTruthy()
  expect(
    await screen.findByText(/8 GiB of 100 GiB are free, and its volumes can grow to 200 GiB/),
  ).toBeTruthy()
  await read(2 * gib)
  expect((await screen.findByRole('alert')).textContent).toContain('This pool is full')
  await read(12 * gib)
  expect(await screen.findByText('This pool is nearly full')).toBeTruthy()
  await read(20 * gib)
  await waitFor(() => expect(screen.queryByText(/This pool is/)).toBeNull())
})

test('a pool that is stopped offers to start, and is not asked for volumes', async () => {
  const main = showStorage({ pools: [poolOf('archive', { state: 'inactive' })] })
  fireEvent.click(await screen.findByRole('button', { name: 'Start the pool' }))
  await waitFor(() =>
    expect(asked(main, 'storage.poolAction')).toEqual([
      { host: main.host, pool: 'archive', action: 'start' },
    ]),
  )
  expect(asked(main, 'storage.volumeNames')).toEqual([])
})

test('a host without pools offers the usual one in one click', async () => {
  const main = showStorage({ pools: [] })
  fireEvent.click(await screen.findByRole('button', { name: 'Create the default pool' }))
  await waitFor(() =>
    expect(asked(main, 'storage.createPool')).toEqual([
      {
        host: main.host,
        values: { name: 'default', type: 'dir', path: '/var/lib/libvirt/images' },
        build: 'build',
        start: true,
        autostart: true,
      },
    ]),
  )
})

test('a host that is away is not asked, one that refuses says why and can be asked again', async () => {
  const main = showStorage({ isConnected: false })
  expect(screen.getByText('Connect the host to see its storage')).toBeTruthy()
  expect(main.calls).toEqual([])
  cleanup()
  showStorage({ pools: [], poolsError: { kind: 'denied', message: 'You may not list pools' } })
  expect((await screen.findByRole('alert')).textContent).toContain('You may not list pools')
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
  expect(screen.queryByText('No storage pools yet')).toBeNull()
})

test('over a read-only connection everything can be seen and nothing changed', async () => {
  const main = showStorage({ volumes, usage, isReadOnly: true })
  fireEvent.mouseDown(await row('old.img'), { button: 0 })
  for (const button of [
    screen.getByRole('button', { name: 'Stop' }),
    screen.getByRole('button', { name: 'New volume…' }),
    screen.getByRole('button', { name: 'New pool…' }),
    tool('Delete…'),
    tool('Resize…'),
  ]) {
    expect(button.getAttribute('aria-disabled')).toBe('true')
  }
  fireEvent.keyDown(screen.getByRole('grid'), { key: 'Delete' })
  expect(useDialog.getState().open).toBeUndefined()
  expect(screen.getByText(/This connection is read-only/)).toBeTruthy()
  expect(asked(main, 'storage.poolAction')).toEqual([])
})

test('a filter finds by name, format and user, and what it hides is no longer selected', async () => {
  showStorage({ volumes, usage })
  fireEvent.mouseDown(await row('old.img'), { button: 0 })
  expect(tool('Delete…').getAttribute('aria-disabled')).toBeNull()
  await waitFor(() => expect(screen.getByRole('button', { name: 'web-01' })).toBeTruthy())
  fireEvent.change(screen.getByRole('searchbox', { name: 'Filter volumes' }), { target: { value: 'web-01' } })
  await waitFor(() => expect(screen.getByText('1 of 3')).toBeTruthy())
  await row('web.qcow2')
  await waitFor(() => expect(tool('Delete…').getAttribute('aria-disabled')).toBe('true'))
})

test('LUNs of a storage server are not made or resized here, and the page says who does', async () => {
  showStorage({
    pools: [poolOf('san', { type: 'iscsi' })],
    volumes: [volumeOf('unit:0:0:1', { type: 'block' })],
  })
  fireEvent.mouseDown(await row('unit:0:0:1'), { button: 0 })
  expect(screen.getByRole('button', { name: 'New volume…' }).getAttribute('aria-disabled')).toBe('true')
  expect(tool('Resize…').getAttribute('aria-disabled')).toBe('true')
})

test('what the host tells of a pool and what ended here is read again', async () => {
  const main = showStorage({ volumes, usage })
  await row('old.img')
  const before = asked(main, 'storage.volumeNames').length
  act(() => main.emit.hosts.resourceChanged({ host: main.host, resource: 'pool', name: 'images' }))
  await waitFor(() => expect(asked(main, 'storage.volumeNames').length).toBe(before + 1))
  expect(asked(main, 'storage.pools').length).toBeGreaterThan(1)
  act(() => main.emit.hosts.resourceChanged({ host: main.host, resource: 'network' }))
  act(() => main.emit.hosts.resourceChanged({ host: main.host, resource: 'pool', name: 'other' }))
  await waitFor(() => expect(asked(main, 'storage.pools').length).toBeGreaterThan(2))
  expect(asked(main, 'storage.volumeNames').length).toBe(before + 1)
})

test('an upload that ended early can go on, also from a file that has to be chosen anew', async () => {
  const unfinished = {
    pool: 'images',
    volume: 'big.iso',
    localName: 'big.iso',
    sentBytes: gib,
    sizeBytes: 4 * gib,
    endedAtMs: 0,
  }
  const main = showStorage({
    storage: { unfinishedUploads: () => [unfinished, { ...unfinished, pool: 'other', volume: 'not here' }] },
    files: { chooseLocal: () => ({ id: 'f1', name: 'big.iso', sizeBytes: 4 * gib }) },
  })
  const bar = await screen.findByRole('region', { name: 'Unfinished upload of big.iso' })
  expect(bar.textContent).toContain('1 GiB of 4 GiB')
  expect(screen.queryByText('not here')).toBeNull()
  fireEvent.click(within(bar).getByRole('button', { name: 'Choose the file…' }))
  await waitFor(() =>
    expect(asked(main, 'storage.upload')).toEqual([
      { host: main.host, pool: 'images', file: 'f1', name: 'big.iso', overwrite: true, resume: true },
    ]),
  )
})

test('files dropped on the volumes are uploaded, and a folder among them is told', async () => {
  showStorage({ volumes })
  const drop = {
    types: ['Files'],
    files: [new File(['x'], 'a.iso'), new File([''], 'folder')],
    dropEffect: '',
  }
  window.innkeeper.dropped = async (file) =>
    file.name === 'folder'
      ? { ok: false, error: { kind: 'invalid', message: 'It is a folder' } }
      : { ok: true, value: { id: `local ${file.name}`, name: file.name, sizeBytes: 1 } }
  const grid = await screen.findByRole('grid')
  fireEvent.dragEnter(grid, { dataTransfer: drop })
  expect(screen.getByText('Drop to upload to images')).toBeTruthy()
  fireEvent.drop(grid, { dataTransfer: drop })
  expect(screen.queryByText('Drop to upload to images')).toBeNull()
  await waitFor(() =>
    expect(useDialog.getState().open).toMatchObject({
      ask: { kind: 'upload', pool: 'images', files: [{ id: 'local a.iso' }] },
    }),
  )
  expect(useToasts.getState().toasts.at(-1)?.title).toBe('folder cannot be uploaded')
})

test('nothing can be dropped where nothing can be uploaded, and the reason hovers there', async () => {
  showStorage({ volumes, isReadOnly: true })
  const drop = { types: ['Files'], files: [new File(['x'], 'a.iso')], dropEffect: '' }
  const grid = await screen.findByRole('grid')
  fireEvent.dragEnter(grid, { dataTransfer: drop })
  expect(screen.getAllByText(/This connection is read-only/)).toHaveLength(2)
  fireEvent.drop(grid, { dataTransfer: drop })
  expect(useDialog.getState().open).toBeUndefined()
})
