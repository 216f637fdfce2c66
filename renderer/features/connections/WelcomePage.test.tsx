import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import '../../test-dom'
import type { LocalDaemon } from '../../../shared/model/host'
import { installFakeMain } from '../../api/fake'
import { WelcomePage } from './WelcomePage'

afterEach(cleanup)

function show(platform: string, daemons: readonly LocalDaemon[]): void {
  installFakeMain({
    hosts: { findLocal: () => daemons },
    app: {
      info: () => ({ version: '1', electron: '1', platform, isSubstituteRuntime: false, theme: 'light' }),
    },
  })
  render(<WelcomePage />)
}

test('Linux has a command for each family of distributions', async () => {
  show('linux', [])
  expect(await screen.findByText(/^sudo apt install qemu-system-x86/)).toBeTruthy()
  expect(screen.getByText(/^sudo dnf install/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Look again' })).toBeTruthy()
})

test.each([
  ['win32', 'Windows'],
  ['darwin', 'macOS'],
])('%s is told that guests run elsewhere', async (platform, name) => {
  show(platform, [])
  expect(await screen.findByText('Virtual machines run on other computers')).toBeTruthy()
  expect(screen.getByText(new RegExp(`^Innkeeper on ${name} manages`))).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Look again' })).toBeNull()
})

test('QEMU without a service is one click away', async () => {
  const title = 'QEMU on this computer, without a service'
  show('linux', [{ uri: 'qemu-direct:///', title, access: { ok: true }, isAdded: false }])
  expect(await screen.findByRole('button', { name: `Connect to ${title}` })).toBeTruthy()
})
