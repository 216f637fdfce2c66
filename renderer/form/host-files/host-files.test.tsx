// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import '../../test-dom'
import type { VolumeChoice } from '../../../shared/model/host-choices'
import { hostId } from '../../../shared/model/ids'
import { AppError } from '../../../shared/errors'
import type { HostFile, PathAccess } from '../../../shared/model/storage/image'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { BrowseVolumesDialog } from '../BrowseVolumesDialog'
import { forgetHostData } from '../host-data'
import { stepsTo } from './host-paths'

const host = hostId.parse('a')
const none = { items: [] }
const file = (name: string, isFolder = false): HostFile => ({ name, isFolder, isLink: false })
const folders: Readonly<Record<string, readonly HostFile[]>> = {
  '/': [file('home', true), file('.secret')],
  '/home': [file('anna', true)],
  '/home/anna': [file('disk, one.qcow2'), file('notes')],
}
const closed: PathAccess = {
  path: '/home/anna/disk, one.qcow2',
  exists: true,
  canRead: false,
  blockedAt: '/home/anna',
  why: 'VMs run as user “libvirt-qemu”, who may not go through the folder /home/anna',
  user: 'libvirt-qemu',
  fix: {
    argv: ['setfacl', '-m', 'u:libvirt-qemu:x', '/home/anna'],
    undo: ['setfacl', '-x', 'u:libvirt-qemu', '/home/anna'],
    paths: ['/home/anna'],
    explanation: 'That user alone.',
  },
}

afterEach(() => {
  cleanup()
  forgetHostData()
})

function open(
  props: { isForFolder?: boolean; current?: string } = {},
  choose = vi.fn<(volume: VolumeChoice, pool: string) => void>(),
): { main: FakeMain; choose: typeof choose } {
  let isClosed = true
  const main = installFakeMain({
    hosts: {
      choices: () => ({
        networks: none,
        interfaces: none,
        filters: none,
        pools: none,
        secrets: none,
        macs: none,
      }),
    },
    files: {
      folder: ({ path }) => {
        const files = folders[path]
        if (!files) throw new AppError('not-found', 'A file this needs is not on the host')
        return { path, files, isTruncated: false }
      },
      access: ({ path }) =>
        isClosed && path.startsWith('/home/anna') ? closed : { path, exists: true, canRead: true },
      grantAccess: () => {
        isClosed = false
      },
    },
    storage: {
      image: ({ path }) => ({
        chain: [
          {
            path,
            format: 'qcow2',
            virtualSizeBytes: 1024 ** 3,
            isDirty: false,
            isEncrypted: false,
            snapshots: [],
            more: [],
          },
        ],
        dependants: [],
        inUseBy: [],
      }),
    },
  })
  const users = new Map<string, string>()
  const close = (): void => undefined
  render(
    <BrowseVolumesDialog
      host={host}
      current={props.current ?? '/home/x'}
      isForFolder={props.isForFolder ?? false}
      users={users}
      onClose={close}
      onChoose={choose}
    />,
  )
  return { main, choose }
}

const row = (name: RegExp): HTMLElement =>
  within(screen.getByRole('grid', { name: 'Files of the host' })).getByRole('row', { name })

it('leads through folders of the host to a file, and tells its format along', async () => {
  const { choose } = open()
  fireEvent.click(await screen.findByRole('radio', { name: 'Files of the host' }))
  await screen.findByRole('grid', { name: 'Files of the host' })
  fireEvent.click(row(/anna/))
  await waitFor(() => expect(screen.getByText('anna').getAttribute('aria-current')).toBe('page'))
  await waitFor(() => row(/disk, one/))
  fireEvent.click(row(/disk, one/))
  expect(await screen.findByText(/qcow2, 1 GiB/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Choose this file' }))
  expect(choose).toHaveBeenCalledWith(
    { name: 'disk, one.qcow2', path: '/home/anna/disk, one.qcow2', type: 'file', format: 'qcow2' },
    '',
  )
})

it('says when a VM could not get to the file, and mends that with one press', async () => {
  const { main } = open({ current: '/home/anna/disk, one.qcow2' })
  fireEvent.click(await screen.findByRole('radio', { name: 'Files of the host' }))
  expect(await screen.findByText('A VM could not open it')).toBeTruthy()
  expect(screen.getByText('setfacl -m u:libvirt-qemu:x /home/anna')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Let VMs through' }))
  await waitFor(() => expect(screen.queryByText('A VM could not open it')).toBeNull())
  expect(main.calls.find(({ channel }) => channel === 'files.grantAccess')?.input).toEqual({
    host,
    path: closed.path,
  })
})

it('goes back by the names of the folders, and keeps hidden files to itself until asked', async () => {
  open({ current: '/home/x' })
  fireEvent.click(await screen.findByRole('radio', { name: 'Files of the host' }))
  await screen.findByRole('grid', { name: 'Files of the host' })
  fireEvent.click(screen.getByRole('button', { name: '/' }))
  await waitFor(() => row(/home/))
  expect(screen.queryByText('.secret')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Show 1 hidden' }))
  expect(screen.getByText('.secret')).toBeTruthy()
})

it('takes a folder where one is wanted, and no file', async () => {
  const { choose } = open({ isForFolder: true, current: '/home/anna' })
  await screen.findByRole('grid', { name: 'Files of the host' })
  expect(row(/disk, one/).getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(screen.getByRole('button', { name: 'Use this folder' }))
  expect(choose).toHaveBeenCalledWith({ name: 'anna', path: '/home/anna', type: 'dir' }, '')
})

it('says that a folder cannot be read, and leaves the way up', async () => {
  open({ current: '/gone/x' })
  fireEvent.click(await screen.findByRole('radio', { name: 'Files of the host' }))
  expect((await screen.findByRole('alert')).textContent).toContain('The folder /gone could not be read')
  expect(screen.getByRole('button', { name: '/' })).toBeTruthy()
})

it('knows the way to a path', () => {
  expect(stepsTo('/var/lib/').map(({ path }) => path)).toEqual(['/', '/var', '/var/lib'])
})
