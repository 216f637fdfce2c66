// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import type { Diagnosis, DiagnosisStep } from '../../../shared/model/diagnosis'
import { hostId } from '../../../shared/model/ids'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { openDialog, useDialog } from '../../stores/dialogs'
import { ClipboardContext } from '../../ui/clipboard'
import { DiagnosisDialog, summaryText } from './DiagnosisDialog'

const id = hostId.parse('h1')
const step = (more: Partial<DiagnosisStep> & { id: string }): DiagnosisStep => ({
  title: `Step ${more.id}`,
  state: 'ok',
  ...more,
})
const diagnosis = (steps: readonly DiagnosisStep[], more: Partial<Diagnosis> = {}): Diagnosis => ({
  host: id,
  uri: 'qemu+ssh://h1/system',
  startedAtMs: 0,
  state: 'ended',
  steps,
  ...more,
})

const broken = diagnosis([
  step({ id: 'name', found: 'h1 is 10.0.0.1', facts: ['10.0.0.1'] }),
  step({
    id: 'port',
    state: 'failed',
    found: 'Port 22 of h1 refuses connections',
    cause: 'Nothing listens',
    cure: 'Start sshd',
    commands: [{ where: 'host', text: "systemctl start 'ssh'" }],
    detail: 'ECONNREFUSED <b>bold</b>',
    recipe: 'sshd',
  }),
  step({ id: 'rest', state: 'skipped', found: 'Not looked at, because of "Step port"' }),
])

let main: FakeMain
let copied: string[]

function show(last: Diagnosis, isReturn = false): void {
  main = installFakeMain({
    hosts: { diagnose: () => undefined, diagnosis: () => last, cancelDiagnosis: () => undefined },
  })
  render(
    <ClipboardContext
      value={async (text) => {
        copied.push(text)
      }}
    >
      <DiagnosisDialog id={id} isReturn={isReturn} />
    </ClipboardContext>,
  )
}

const asked = (): string[] => main.calls.map(({ channel }) => channel)
const tell = (next: Diagnosis): void => act(() => main.emit.hosts.diagnosisChanged(next))

beforeEach(() => {
  copied = []
  openDialog({ kind: 'diagnosis', host: id })
})
afterEach(cleanup)

it('begins at once and shows each step as it goes on', async () => {
  show(diagnosis([step({ id: 'name', state: 'running' })], { state: 'running' }))
  expect(await screen.findByText('Checking: Step name')).toBeTruthy()
  expect(asked()[0]).toBe('hosts.diagnose')
  tell(broken)
  expect(screen.getByText('Connecting fails here: Port 22 of h1 refuses connections.')).toBeTruthy()
  expect(screen.getByText('Not looked at, because of "Step port"')).toBeTruthy()
})

it('opens the step that failed, with cause, cure, command and the words of the host as text', async () => {
  show(broken)
  const words = await screen.findByText('ECONNREFUSED <b>bold</b>')
  expect(words.closest('details')?.open).toBe(true)
  expect(screen.getByText('Nothing listens.')).toBeTruthy()
  expect(screen.getByText('Start sshd.')).toBeTruthy()
  expect(screen.getByText('10.0.0.1').closest('details')?.open).toBe(false)
  expect(document.querySelector('b')).toBe(null)
})

it('copies a command alone and the whole report', async () => {
  show(broken)
  fireEvent.click(await screen.findByRole('button', { name: 'Copy command' }))
  fireEvent.click(screen.getByRole('button', { name: 'Copy report' }))
  await waitFor(() => expect(copied).toHaveLength(2))
  expect(copied[0]).toBe("systemctl start 'ssh'")
  expect(copied[1]).toContain('[Failed] Step port: Port 22 of h1 refuses connections')
})

it('leads to the fitting recipe and back without running anew', async () => {
  show(broken)
  fireEvent.click(await screen.findByRole('button', { name: 'Recipe: Prepare the ssh server' }))
  const back = { kind: 'diagnosis', host: id, isReturn: true }
  expect(useDialog.getState().open).toEqual({ kind: 'recipes', recipe: 'sshd', host: id, back })
  cleanup()
  show(broken, true)
  await screen.findByText('Start sshd.')
  expect(asked()).toEqual(['hosts.diagnosis'])
})

it('is cancelled by its button and when it is closed, and run again when it has ended', async () => {
  show(diagnosis([step({ id: 'name', state: 'running' })], { state: 'running' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(asked()).toContain('hosts.cancelDiagnosis'))
  tell(broken)
  fireEvent.click(screen.getByRole('button', { name: 'Run again' }))
  await waitFor(() => expect(asked().filter((name) => name === 'hosts.diagnose')).toHaveLength(2))
  tell(diagnosis([step({ id: 'name', state: 'running' })], { state: 'running' }))
  fireEvent.click(screen.getByText('Close', { selector: '.dialog-footer .button-text' }))
  await waitFor(() => expect(asked().filter((name) => name === 'hosts.cancelDiagnosis')).toHaveLength(2))
  expect(useDialog.getState().open).toBe(undefined)
})

it('ignores what is told of other hosts', async () => {
  show(broken)
  await screen.findByText('Start sshd.')
  tell({ ...broken, host: hostId.parse('other'), steps: [] })
  expect(screen.getByText('Start sshd.')).toBeTruthy()
})

it.each([
  [diagnosis([step({ id: 'a' })]), 'Everything works.'],
  [diagnosis([step({ id: 'a', state: 'warning' })]), 'The host can be used; one step has a note.'],
  [broken, 'Connecting fails here: Port 22 of h1 refuses connections.'],
  [diagnosis([step({ id: 'a' })], { state: 'cancelled' }), 'Cancelled before the end.'],
  [
    diagnosis([step({ id: 'sign-in', state: 'skipped' }), step({ id: 'open-read-write', state: 'skipped' })]),
    'It was not looked at to the end.',
  ],
])('sums up a diagnosis (%#)', (one, text) => {
  expect(summaryText(one)).toBe(text)
})
