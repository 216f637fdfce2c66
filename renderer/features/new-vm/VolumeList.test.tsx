// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it } from 'vitest'
import '../../test-dom'
import type { PlaceOnHost } from '../../../shared/model/new-vm/new-vm'
import { VolumeList } from './VolumeList'

afterEach(cleanup)

function List({ count }: { readonly count: number }) {
  const [chosen, setChosen] = useState<PlaceOnHost>()
  const found = Array.from({ length: count }, (_, at) => ({
    pool: at % 2 === 0 ? 'isos' : 'archive',
    volume: {
      name: `disc-${String(at + 1).padStart(4, '0')}.iso`,
      path: `/isos/${at}`,
      type: 'file' as const,
      capacityBytes: 1,
    },
  }))
  return (
    <VolumeList
      label="Discs"
      found={{ found, isLoading: false, unread: [], again: () => undefined }}
      chosen={chosen}
      onChoose={setChosen}
      empty="There are none. Upload one."
    />
  )
}

const filter = (text: string): void => {
  fireEvent.change(screen.getByRole('searchbox', { name: 'Filter: Discs' }), { target: { value: text } })
}
const names = (): (string | null)[] =>
  screen.getAllByRole('option').map((option) => option.getAttribute('aria-label') ?? option.textContent)

it('needs no filter for what is seen at a glance, and says what to do where there is nothing', () => {
  render(<List count={8} />)
  expect(screen.queryByRole('searchbox')).toBeNull()
  cleanup()
  render(<List count={0} />)
  expect(screen.getByText('There are none. Upload one.')).toBeTruthy()
})

it('finds one of a thousand by words of its name and pool, and keeps it chosen when others are looked for', () => {
  render(<List count={1000} />)
  expect(screen.getByText('900 more: filter to see them.')).toBeTruthy()
  filter('ARCHIVE 0998')
  expect(names()).toEqual([expect.stringContaining('disc-0998.iso')])
  fireEvent.click(screen.getByRole('option'))
  expect(screen.getByRole('option').getAttribute('aria-selected')).toBe('true')
  filter('0999')
  expect(screen.getByRole('option').getAttribute('aria-selected')).toBe('false')
  filter('')
  filter('0998')
  expect(screen.getByRole('option').getAttribute('aria-selected')).toBe('true')
  filter('nothing like it')
  expect(screen.getByText('Nothing of that name. Shorten or clear the filter.')).toBeTruthy()
})
