import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../../../test-dom'
import { AppError } from '../../../../shared/errors'
import type { PoolDeletePlan } from '../../../../shared/model/storage/pool'
import { closeDialog, openDialog, useDialog } from '../../../stores/dialogs'
import type { StorageQuestion } from '../../../stores/storage-dialogs'
import { forgetHostData } from '../../../form/host-data'
import { asked, forgetStorage, gib, layOut, poolOf, showStorage, volumeOf } from '../test-storage'

const web = volumeOf('web.qcow2')
const old = volumeOf('old.img', { format: 'raw' })
const usage = {
  users: {
    '/pools/images/web.qcow2': [
      { kind: 'disk' as const, name: 'web-01', vm: 'x', isRunning: true, target: 'vda' },
    ],
  },
  unread: [],
}
const world = { pools: [poolOf('images'), poolOf('fast')], volumes: [web, old], usage }

beforeEach(() => {
  layOut()
  forgetStorage()
  forgetHostData()
})
afterEach(() => {
  act(closeDialog)
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

type Main = ReturnType<typeof showStorage>

async function open(ask: StorageQuestion, more: Parameters<typeof showStorage>[0] = {}): Promise<Main> {
  const main = showStorage({ ...world, ...more })
  await screen.findByRole('region', { name: /^Pool / })
  act(() => openDialog({ kind: 'storage', host: main.host, ask }))
  return main
}

const button = (name: string): HTMLElement =>
  within(screen.queryByRole('alertdialog') ?? screen.getByRole('dialog')).getByRole('button', { name })
const isOff = (element: HTMLElement): boolean => element.getAttribute('aria-disabled') === 'true'
const type = (label: string | RegExp, value: string): void =>
  void fireEvent.change(screen.getByLabelText(label, { selector: 'input' }), { target: { value } })
const isClosed = (): Promise<void> => waitFor(() => expect(useDialog.getState().open).toBeUndefined())

test('a volume that nobody uses is deleted without more questions, one in use is kept', async () => {
  const main = await open({ kind: 'deleteVolumes', pool: 'images', volumes: ['web.qcow2', 'old.img'] })
  expect(await screen.findByText('1 volume in use')).toBeTruthy()
  expect(screen.getByText(/web-01, disk vda, running/)).toBeTruthy()
  fireEvent.click(button('Delete'))
  await isClosed()
  expect(asked(main, 'storage.deleteVolumes')).toEqual([
    { host: main.host, pool: 'images', volumes: ['old.img'], evenUsed: [] },
  ])
})

test('a volume in use goes only after it was said twice: by a mark and by its name', async () => {
  const main = await open({ kind: 'deleteVolumes', pool: 'images', volumes: ['web.qcow2'] })
  expect(await screen.findByText('It is in use')).toBeTruthy()
  expect(isOff(button('Delete'))).toBe(true)
  fireEvent.click(screen.getByRole('checkbox', { name: 'Delete it although it is in use' }))
  expect(isOff(button('Delete'))).toBe(true)
  type(/^Type web.qcow2/, 'web')
  expect(isOff(button('Delete'))).toBe(true)
  type(/^Type web.qcow2/, 'web.qcow2')
  fireEvent.click(button('Delete'))
  await isClosed()
  expect(asked(main, 'storage.deleteVolumes')).toEqual([
    { host: main.host, pool: 'images', volumes: ['web.qcow2'], evenUsed: ['web.qcow2'] },
  ])
})

test('a volume that may be in use, as not all VMs could be read, needs its name typed', async () => {
  await open(
    { kind: 'deleteVolumes', pool: 'images', volumes: ['old.img'] },
    { usage: { users: {}, unread: ['broken-vm'] } },
  )
  expect(await screen.findByText(/others may be in use too/)).toBeTruthy()
  expect(isOff(button('Delete'))).toBe(true)
  type(/^Type old.img/, 'old.img')
  expect(isOff(button('Delete'))).toBe(false)
})

test('a base goes with what is built on it, and after it', async () => {
  const main = await open(
    { kind: 'deleteVolumes', pool: 'images', volumes: ['a-base', 'b-middle', 'c-top'] },
    {
      volumes: [volumeOf('a-base'), volumeOf('b-middle'), volumeOf('c-top')],
      usage: {
        users: {
          '/pools/images/a-base': [{ kind: 'image', name: '/pools/images/b-middle' }],
          '/pools/images/b-middle': [{ kind: 'image', name: '/pools/images/c-top' }],
        },
        unread: [],
      },
    },
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Delete 3 volumes' }))
  await isClosed()
  expect(asked(main, 'storage.deleteVolumes')).toMatchObject([{ volumes: ['c-top', 'b-middle', 'a-base'] }])
})

test('a larger disk is asked for in bytes, and what remains to be done in the guest is told', async () => {
  const main = await open({ kind: 'resizeVolume', pool: 'images', volume: 'old.img' })
  expect(await screen.findByText('Then, inside the guest')).toBeTruthy()
  expect(isOff(button('Resize'))).toBe(true)
  type('New capacity', '30')
  fireEvent.click(button('Resize'))
  await isClosed()
  expect(asked(main, 'storage.resizeVolume')).toEqual([
    {
      host: main.host,
      pool: 'images',
      volume: 'old.img',
      capacityBytes: 30 * gib,
      allocate: false,
      shrink: false,
    },
  ])
})

test('a disk is made smaller only after the loss was seen', async () => {
  await open({ kind: 'resizeVolume', pool: 'images', volume: 'old.img' })
  await screen.findByLabelText('New capacity', { selector: 'input' })
  type('New capacity', '10')
  expect(isOff(button('Shrink'))).toBe(true)
  fireEvent.click(screen.getByRole('checkbox', { name: /no longer uses what is cut off/ }))
  expect(isOff(button('Shrink'))).toBe(false)
})

test('a disk that a VM runs with is never made smaller', async () => {
  await open({ kind: 'resizeVolume', pool: 'images', volume: 'web.qcow2' })
  await screen.findByLabelText('New capacity', { selector: 'input' })
  type('New capacity', '10')
  fireEvent.click(screen.getByRole('checkbox', { name: /no longer uses what is cut off/ }))
  expect(isOff(button('Shrink'))).toBe(true)
  expect(screen.getByText('A disk that a VM runs with cannot be made smaller')).toBeTruthy()
})

test('a volume in use can be copied, and not moved away from its VM', async () => {
  const main = await open({ kind: 'cloneVolume', pool: 'images', volume: 'web.qcow2' })
  expect(await screen.findByDisplayValue('web-copy.qcow2')).toBeTruthy()
  fireEvent.click(screen.getByRole('radio', { name: 'Move' }))
  expect(screen.getByText(/can be copied but not moved/)).toBeTruthy()
  expect(isOff(button('Move'))).toBe(true)
  fireEvent.click(screen.getByRole('radio', { name: 'Copy' }))
  fireEvent.click(button('Copy'))
  await isClosed()
  expect(asked(main, 'storage.cloneVolume')).toEqual([
    {
      host: main.host,
      pool: 'images',
      volume: 'web.qcow2',
      toPool: 'images',
      name: 'web-copy.qcow2',
      isMove: false,
    },
  ])
})

test('a disk that a VM runs with is not wiped', async () => {
  await open({ kind: 'wipeVolume', pool: 'images', volume: 'web.qcow2' })
  expect(await screen.findByText('A VM runs with it. Shut it down first.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Wipe' })).toBeNull()
})

const plan: PoolDeletePlan = {
  pool: poolOf('images', { type: 'logical' }),
  volumeCount: 12,
  users: [{ vmName: 'web-01', isRunning: true, volumes: ['root'] }],
  canDestroy: true,
  destroys: 'The volume group vg0 is deleted with all of its volumes, and all data in them are lost.',
  detaches: 'The volume group is switched off, so VMs no longer reach their disks in it.',
}

test('a pool is forgotten by default, and destroyed only when its name was typed', async () => {
  const main = await open({ kind: 'deletePool', pool: 'images' }, { storage: { poolDeletePlan: () => plan } })
  expect(await screen.findByText('1 VM has disks in it')).toBeTruthy()
  expect(screen.getByText(/no longer reach their disks/)).toBeTruthy()
  expect(isOff(button('Delete'))).toBe(false)
  fireEvent.click(screen.getByRole('radio', { name: /^Everything/ }))
  expect(screen.getByText(/volume group vg0 is deleted/)).toBeTruthy()
  expect(isOff(button('Destroy'))).toBe(true)
  type(/Type images to confirm/, 'images')
  fireEvent.click(button('Destroy'))
  await isClosed()
  expect(asked(main, 'storage.deletePool')).toEqual([{ host: main.host, pool: 'images', what: 'everything' }])
})

test('what is not known of a pool is said before it is deleted', async () => {
  const { volumeCount: _, ...rest } = plan
  await open(
    { kind: 'deletePool', pool: 'images' },
    { storage: { poolDeletePlan: () => ({ ...rest, users: [], unread: ['broken-vm'] }) } },
  )
  expect(await screen.findByText(/What is in it is not known/)).toBeTruthy()
  expect(screen.getByText('broken-vm')).toBeTruthy()
})

test('a new pool is a folder that the host makes, and a name that is taken is told', async () => {
  const main = await open({ kind: 'createPool' })
  fireEvent.click(button('Create'))
  expect(await screen.findByText('Enter a name')).toBeTruthy()
  type('Name', 'fast')
  expect(screen.getByText('Another pool is called fast')).toBeTruthy()
  type('Name', 'iso')
  fireEvent.click(button('Create'))
  await isClosed()
  expect(asked(main, 'storage.createPool')).toEqual([
    {
      host: main.host,
      values: { name: 'iso', type: 'dir', path: '/var/lib/libvirt/images/iso' },
      build: 'build',
      start: true,
      autostart: true,
    },
  ])
})

test('what a server offers is found and goes into the form', async () => {
  const main = await open(
    { kind: 'createPool' },
    {
      storage: {
        discover: () => [
          { label: '/exports/images', values: { server: 'nas', exportPath: '/exports/images' } },
          { label: '/exports/iso', values: { server: 'nas', exportPath: '/exports/iso' }, usedBy: 'iso' },
        ],
      },
    },
  )
  fireEvent.click(screen.getByRole('option', { name: /^Network share/ }))
  expect(isOff(button('Ask the server'))).toBe(true)
  type('Name', 'nas')
  type('Server', 'nas')
  fireEvent.click(button('Ask the server'))
  fireEvent.click(await screen.findByRole('button', { name: /\/exports\/iso\s*used by iso/ }))
  expect(screen.getByLabelText('Exported folder', { selector: 'input' })).toHaveProperty(
    'value',
    '/exports/iso',
  )
  expect(asked(main, 'storage.discover')).toEqual([{ host: main.host, type: 'netfs', server: 'nas' }])
})

test('what is destroyed by making a pool over something is said before, and on the button', async () => {
  await open({ kind: 'createPool' })
  fireEvent.click(screen.getByRole('option', { name: /^Partition with a file system/ }))
  fireEvent.click(screen.getByRole('radio', { name: /over what is there/ }))
  expect(screen.getByText(/Everything on the device is lost/)).toBeTruthy()
  expect(button('Overwrite and create')).toBeTruthy()
})

test('what the host refuses is told in the dialog, which stays', async () => {
  await open(
    { kind: 'createVolume', pool: 'images' },
    {
      storage: {
        createVolume: () => {
          throw new AppError('busy', 'The pool is full', { cure: 'Delete volumes first.' })
        },
      },
    },
  )
  type('Name', 'new.qcow2')
  fireEvent.click(button('Create'))
  expect((await screen.findByRole('alert')).textContent).toContain('The pool is full')
  expect(dialogIsOpen()).toBe(true)
})

test('a file is uploaded under its own name, and written over another only when that was said', async () => {
  const file = { id: 'f1', name: 'old.img', sizeBytes: gib }
  const main = await open({ kind: 'upload', pool: 'images', files: [file] })
  const over = await screen.findByRole('checkbox', { name: /write over it/ })
  expect(isOff(button('Upload'))).toBe(true)
  fireEvent.click(over)
  fireEvent.click(button('Upload'))
  await isClosed()
  expect(asked(main, 'storage.upload')).toEqual([
    { host: main.host, pool: 'images', file: 'f1', name: 'old.img', overwrite: true, resume: false },
  ])
})

test('a change of a pool is made against what was read, and leaves the name alone', async () => {
  const main = await open(
    { kind: 'editPool', pool: 'images', page: 'form' },
    {
      storage: {
        pool: () => ({
          base: 'b1',
          pool: poolOf('images'),
          values: { name: 'images', type: 'dir', path: '/pools/images' },
          xml: '<pool/>',
        }),
        editPool: () => {
          throw new AppError('busy', 'The pool was changed elsewhere')
        },
      },
    },
  )
  expect(await screen.findByLabelText('Path on the host', { selector: 'input' })).toBeTruthy()
  expect(screen.queryByLabelText('Name', { selector: 'input' })).toBeNull()
  type('Path on the host', '/other')
  fireEvent.click(button('Save'))
  expect((await screen.findByRole('alert')).textContent).toContain('changed elsewhere')
  expect(asked(main, 'storage.editPool')).toEqual([
    {
      host: main.host,
      pool: 'images',
      base: 'b1',
      values: { name: 'images', type: 'dir', path: '/other' },
    },
  ])
})

function dialogIsOpen(): boolean {
  return useDialog.getState().open !== undefined
}

test('a pool can be made of a definition that comes from elsewhere', async () => {
  const main = await open({ kind: 'createPool' })
  fireEvent.click(screen.getByRole('button', { name: 'From XML' }))
  expect(screen.queryByRole('button', { name: 'Preview' })).toBeNull()
  fireEvent.click(button('Create'))
  await isClosed()
  const [input] = asked(main, 'storage.createPool')
  expect(input).toMatchObject({ build: 'no', start: true })
  expect((input as { xml: string }).xml).toContain("<pool type='dir'>")
})

test('an image is built on another one with its format, which the host knows', async () => {
  const main = await open({ kind: 'createVolume', pool: 'images' })
  await waitFor(() => expect(asked(main, 'storage.volumeNames').length).toBeGreaterThan(1))
  type('Name', 'layer.qcow2')
  type('Built on', '/pools/images/old.img')
  expect(await screen.findByRole('button', { name: /raw.*Format of that image/ })).toBeTruthy()
  fireEvent.click(button('Create'))
  await isClosed()
  expect(asked(main, 'storage.createVolume')).toMatchObject([
    { values: { backingPath: '/pools/images/old.img', backingFormat: 'raw' } },
  ])
})
