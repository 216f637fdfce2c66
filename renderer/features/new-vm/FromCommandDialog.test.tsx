// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import { hostId, taskId } from '../../../shared/model/ids'
import type { ReadQemuCommand } from '../../../shared/model/new-vm/qemu-command'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { forgetHostData } from '../../form/host-data'
import { closeDialog, openDialog, useDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost } from '../../stores/test-host'
import { replaceTasks } from '../../stores/tasks'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'

/** A ceiling for a busy machine, not a measure. */
configure({ asyncUtilTimeout: 20_000 })

const host = hostId.parse('a')
const xml = "<domain type='qemu'><name>web</name></domain>"
const command = 'qemu-system-x86_64 -name web -m 512'
const read: ReadQemuCommand = {
  source: 'command',
  xml,
  hardware: [{ kind: 'memory', title: 'Memory', summary: '512 MiB' }],
  told: ['QEMU’s own window is replaced by the console of this one.'],
  kept: ['-fw_cfg', 'name=opt/x,string=a b'],
}

function show(answer: () => ReadQemuCommand = () => read): FakeMain {
  const main = installFakeMain({
    newVm: {
      readQemuCommand: answer,
      planDefinition: (input) => ({
        name: input.name ?? 'web',
        hasUuid: false,
        xml: input.xml,
        problems: [],
      }),
      createFromDefinition: () => taskId.parse('creating'),
    },
  })
  render(<Dialogs />)
  act(() => openDialog({ kind: 'newVmFromCommand', host }))
  return main
}
const area = (): Promise<HTMLElement> => screen.findByRole('textbox', { name: /^Command, script/ })
const createButton = (): HTMLElement => screen.getByRole('button', { name: 'Create' })
const type = async (text: string): Promise<void> => {
  fireEvent.change(await area(), { target: { value: text } })
}

beforeEach(() => {
  replaceHosts([connectedHost('a')])
  replaceVms([])
  replaceTasks([])
})
afterEach(() => {
  act(closeDialog)
  cleanup()
  forgetHostData()
})

it('shows what a command comes to, what was changed, and what goes to QEMU as it is, and makes the VM', async () => {
  const main = show()
  await type(command)
  expect(await screen.findByText('512 MiB')).toBeTruthy()
  expect(screen.getByText(/own window is replaced/)).toBeTruthy()
  expect(screen.getByText("-fw_cfg 'name=opt/x,string=a b'")).toBeTruthy()
  await waitFor(() => expect(createButton().getAttribute('aria-disabled')).toBeNull())
  fireEvent.submit(createButton())
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(main.calls.find(({ channel }) => channel === 'newVm.createFromDefinition')?.input).toEqual({
    host,
    xml,
    identity: 'keep',
    startsNow: false,
  })
})

it('names what is wrong and where, and creates nothing of what was read before', async () => {
  let isWrong = false
  const main = show(() => {
    if (!isWrong) return read
    throw new AppError('invalid', '$DISK is filled in by a shell, and no shell runs here', {
      cure: 'Write what it stands for.',
      detail: 'Line 2, character 8: $DISK',
    })
  })
  await type(command)
  await screen.findByText('512 MiB')
  isWrong = true
  await type(`${command} \\\n  -hda $DISK`)
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('Line 2, character 8: $DISK')
  expect(alert.textContent).toContain('Write what it stands for.')
  expect(screen.queryByText('512 MiB')).toBeNull()
  fireEvent.submit(createButton())
  expect(main.calls.some(({ channel }) => channel === 'newVm.createFromDefinition')).toBe(false)
})

it('goes on as a definition, for those who want to change it first', async () => {
  show()
  await type(command)
  fireEvent.click(await screen.findByRole('button', { name: 'Edit as a definition…' }))
  await waitFor(() => expect(useDialog.getState().open).toEqual({ kind: 'newVmFromDefinition', host, xml }))
})
