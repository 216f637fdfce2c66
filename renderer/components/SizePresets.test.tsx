// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it } from 'vitest'
import '../test-dom'
import { AppError } from '../../shared/errors'
import type { SaveSizePreset, SizePreset } from '../../shared/model/new-vm/size-preset'
import { SizePresets } from './SizePresets'

const gib = 1024 ** 3
const host = { cpuCount: 4, memoryBytes: 8 * gib }
const build: SizePreset = {
  id: 'b',
  label: 'Build server',
  vcpuCount: 3,
  memoryBytes: 6 * gib,
  storageBytes: 30 * gib,
}
afterEach(cleanup)

function Sizes(props: {
  first?: readonly SizePreset[]
  save?: (preset: SaveSizePreset) => void
  hasDisk?: boolean
}) {
  const [presets, setPresets] = useState(props.first ?? [])
  const [size, setSize] = useState({ vcpuCount: 2, memoryBytes: 3 * gib, storageBytes: 15 * gib })
  return (
    <>
      <SizePresets
        host={host}
        size={size}
        hasDisk={props.hasDisk ?? true}
        onChoose={setSize}
        kept={{
          presets,
          save: async (preset) => {
            props.save?.(preset)
            const kept = { ...preset, id: preset.id ?? 'new' }
            setPresets((before) => [...before.filter(({ id }) => id !== kept.id), kept])
          },
          remove: async (id) => setPresets((before) => before.filter((one) => one.id !== id)),
        }}
      />
      <output>{`${size.vcpuCount} ${size.memoryBytes / gib} ${size.storageBytes / gib}`}</output>
    </>
  )
}
const press = (name: string | RegExp): void => void fireEvent.click(screen.getByRole('button', { name }))
const chosen = (): (string | null)[] =>
  screen.getAllByRole('button', { pressed: true }).map((one) => one.textContent)

it('sets processors, memory and disk at one click, and offers none that the host cannot run', () => {
  render(<Sizes />)
  press(/^Large/)
  expect(screen.getByRole('status').textContent).toBe('4 8 50')
  expect(chosen()).toEqual(['Large4 vCPUs, 8 GiB, 50 GiB disk'])
  expect(screen.queryByRole('button', { name: /^Very large/ })).toBeNull()
})

it('says why a kept size is too large for this host', () => {
  render(<Sizes first={[{ ...build, vcpuCount: 64 }]} />)
  const button = screen.getByRole('button', { name: /^Build server/ })
  expect(button.getAttribute('aria-disabled') ?? button.getAttribute('disabled')).not.toBeNull()
})

it('keeps what is entered under a name, which is then chosen', async () => {
  const saved: SaveSizePreset[] = []
  render(<Sizes save={(preset) => saved.push(preset)} />)
  press('Keep this size…')
  press('Keep')
  expect(screen.getByText('Enter a name')).toBeTruthy()
  fireEvent.change(screen.getByLabelText('Name of the size'), { target: { value: ' Mine ' } })
  fireEvent.keyDown(screen.getByLabelText('Name of the size'), { key: 'Enter' })
  await waitFor(() => expect(chosen()).toEqual(['Mine2 vCPUs, 3 GiB, 15 GiB disk']))
  expect(saved).toEqual([{ label: 'Mine', vcpuCount: 2, memoryBytes: 3 * gib, storageBytes: 15 * gib }])
})

it('says why a name is refused, beside it', async () => {
  render(
    <Sizes
      save={() => {
        throw new AppError('already-exists', 'There is already a size called "Small"')
      }}
    />,
  )
  press('Keep this size…')
  fireEvent.change(screen.getByLabelText('Name of the size'), { target: { value: 'Small' } })
  press('Keep')
  expect(await screen.findByText('There is already a size called "Small"')).toBeTruthy()
})

it('renames and deletes what was kept, and only that', async () => {
  render(<Sizes first={[build]} />)
  expect(screen.queryByRole('button', { name: 'Change the size Small' })).toBeNull()
  press('Change the size Build server')
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Rename…' }))
  fireEvent.change(screen.getByLabelText('Name of the size'), { target: { value: 'Builder' } })
  press('Keep')
  await screen.findByRole('button', { name: /^Builder/ })
  press('Change the size Builder')
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Builder/ })).toBeNull())
})

it('speaks of no disk where none is made', () => {
  render(<Sizes hasDisk={false} />)
  expect(screen.getByRole('button', { name: /^Small/ }).textContent).toBe('Small1 vCPU, 1 GiB')
})
