import { beforeEach, expect, test, vi } from 'vitest'
import { hostId, vmId } from '../../shared/model/ids'

const ref = { host: hostId.parse('h'), vm: vmId.parse('11111111-2222-3333-4444-555555555555') }
const other = { host: hostId.parse('h'), vm: vmId.parse('99999999-2222-3333-4444-555555555555') }

/** The module as a window that opens finds it. */
async function opened() {
  vi.resetModules()
  return import('./console-habits')
}

beforeEach(() => localStorage.clear())

test('what was chosen for a VM is there when the window opens again', async () => {
  const { rememberConsole } = await opened()
  rememberConsole(ref, { layout: 'de', scaleMode: 'actual', copiesToGuest: true })
  const { habitsOf, useConsoleHabits } = await opened()
  expect(habitsOf(useConsoleHabits.getState(), ref)).toEqual({
    layout: 'de',
    scaleMode: 'actual',
    copiesToGuest: true,
  })
})

test('another VM begins with the keyboard layout chosen last, and with nothing that is about a VM', async () => {
  const { habitsOf, rememberConsole, useConsoleHabits } = await opened()
  rememberConsole(ref, { layout: 'de', scaleMode: 'actual', copiesToGuest: true, hidesTabletHint: true })
  expect(habitsOf(useConsoleHabits.getState(), other)).toEqual({ layout: 'de' })
})

test('only values of the right kind are taken from what is stored', async () => {
  const byVm = { [`h/${ref.vm}`]: { layout: 7, pace: 'slow', isExclusive: 'yes', else: 1 } }
  localStorage.setItem('innkeeper.consoles', JSON.stringify({ byVm, last: [] }))
  const { habitsOf, useConsoleHabits } = await opened()
  expect(habitsOf(useConsoleHabits.getState(), ref)).toEqual({ pace: 'slow' })
})
