// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import type { FoundHosts, ImportableHost } from '../../../shared/model/host-import'
import { hostId } from '../../../shared/model/ids'
import { installFakeMain } from '../../api/fake'
import { openDialog, useDialog } from '../../stores/dialogs'
import { useHosts } from '../../stores/hosts'
import { ImportDialog } from './ImportDialog'

beforeEach(() => {
  useHosts.setState(useHosts.getInitialState(), true)
  openDialog({ kind: 'importHosts' })
})
afterEach(cleanup)

function found(
  source: ImportableHost['source'],
  name: string,
  more: Partial<ImportableHost> = {},
): ImportableHost {
  return {
    source,
    uri: `qemu+ssh://${name}/system`,
    label: name,
    autoconnect: false,
    isAdded: false,
    ...more,
  }
}
const hosts = [
  found('virt-manager', 'db1', { autoconnect: true }),
  found('virt-manager', 'there', { isAdded: true }),
  found('virt-manager', 'esx', { problem: { kind: 'unsupported', message: 'Innkeeper cannot manage it' } }),
  found('ssh-config', 'web'),
  found('ssh-config', 'mail'),
]
const answer: FoundHosts = { hosts, notes: ['How to export'] }

const box = (name: RegExp): HTMLInputElement => screen.getByRole('checkbox', { name })
const press = (name: string | RegExp): void => void fireEvent.click(screen.getByRole('button', { name }))
const open = async (more: Parameters<typeof installFakeMain>[0] = {}) => {
  const main = installFakeMain({ ...more, hosts: { findImports: () => answer, ...more?.hosts } })
  render(<ImportDialog />)
  await screen.findByText('How to export')
  return main
}

describe('importing hosts', () => {
  it('begins with what virt-manager has chosen, and leaves the machines of ssh to the user', async () => {
    await open()
    expect(['db1', 'web', 'mail'].map((name) => box(new RegExp(`^${name}`)).checked)).toEqual([
      true,
      false,
      false,
    ])
    expect(screen.getByRole('button', { name: 'Import one host' })).toBeTruthy()
  })

  it('says why a host cannot be chosen', async () => {
    await open()
    expect(box(/there/).disabled).toBe(true)
    expect(screen.getByText('In the list already')).toBeTruthy()
    expect(box(/esx/).disabled).toBe(true)
    expect(screen.getByText('Innkeeper cannot manage it')).toBeTruthy()
  })

  it('imports those that are chosen into a group, and closes', async () => {
    const main = await open({ hosts: { addMany: () => ({ added: [hostId.parse('new')], skipped: [] }) } })
    press('Choose all')
    fireEvent.change(screen.getByLabelText('Group (optional)', { selector: 'input' }), {
      target: { value: 'Berlin' },
    })
    press('Import 3 hosts')
    await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
    expect(main.calls.find(({ channel }) => channel === 'hosts.addMany')?.input).toEqual({
      hosts: [
        { uri: 'qemu+ssh://db1/system', label: 'db1', autoconnect: true, group: 'Berlin' },
        { uri: 'qemu+ssh://web/system', label: 'web', autoconnect: false, group: 'Berlin' },
        { uri: 'qemu+ssh://mail/system', label: 'mail', autoconnect: false, group: 'Berlin' },
      ],
    })
  })

  it('tells what was left out, and why', async () => {
    const skipped = [
      {
        uri: 'qemu+ssh://db1/system',
        error: { kind: 'already-exists' as const, message: 'Somebody was faster' },
      },
    ]
    await open({ hosts: { addMany: () => ({ added: [], skipped }) } })
    press('Import one host')
    expect(await screen.findByText('Somebody was faster')).toBeTruthy()
    press('Done')
    expect(useDialog.getState().open).toBeUndefined()
  })

  it('takes a chosen file’s hosts in, and keeps what was there', async () => {
    const more = { hosts: [found('virt-manager', 'far')], notes: [] }
    await open({ hosts: { chooseImportFile: () => more } })
    press('Choose a file…')
    await waitFor(() => expect(box(/^far/).checked).toBe(true))
    expect(box(/^db1/).checked).toBe(true)
  })

  it('says why a file cannot be read, and goes on', async () => {
    await open({
      hosts: {
        chooseImportFile: () => {
          throw new AppError('invalid', 'That is no list')
        },
      },
    })
    press('Choose a file…')
    expect(await screen.findByText(/That is no list/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Import one host' })).toBeTruthy()
  })
})
