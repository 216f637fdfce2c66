import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import '../../test-dom'
import { DiffView } from './DiffView'

afterEach(cleanup)

const lines = Array.from({ length: 60 }, (_, index) => `<line n='${index + 1}'/>`)
const before = lines.join('\n')
const after = lines.map((text, index) => (index === 29 ? "<line n='thirty'/>" : text)).join('\n')
const texts = (): string[] =>
  [...document.querySelectorAll('.diff-line')].map(({ textContent }) => textContent)

test('a changed line is read out as removed and added, with its numbers', () => {
  render(<DiffView label="Changes" before={before} after={after} />)
  expect(texts()).toContain("30−Removed<line n='30'/>")
  expect(texts()).toContain("30+Added<line n='thirty'/>")
  expect([...document.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual([
    '30',
    'thirty',
  ])
  expect(screen.getByText('1 line added')).toBeTruthy()
  expect(screen.getByText('1 line removed')).toBeTruthy()
})

test('unchanged lines are folded away until they are asked for, and the focus goes to the first of them', () => {
  render(<DiffView label="Changes" before={before} after={after} />)
  expect(screen.queryByText("<line n='5'/>")).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: '26 unchanged lines' }))
  const first = screen.getByText("<line n='1'/>").closest('tr')
  expect(document.activeElement).toBe(first)
  expect(screen.getByText("<line n='26'/>")).toBeTruthy()
  expect(screen.getByRole('button', { name: '27 unchanged lines' })).toBeTruthy()
})

test('another difference begins folded again', () => {
  const { rerender } = render(<DiffView label="Changes" before={before} after={after} />)
  fireEvent.click(screen.getByRole('button', { name: '26 unchanged lines' }))
  rerender(<DiffView label="Changes" before={before} after={after.replace('thirty', 'XXX')} />)
  expect(screen.getByRole('button', { name: '26 unchanged lines' })).toBeTruthy()
})

test('equal texts are said to be equal', () => {
  render(<DiffView label="Changes" before="a" after="a" emptyText="Nothing has been changed" />)
  expect(screen.getByText('Nothing has been changed')).toBeTruthy()
  expect(screen.queryByRole('table')).toBeNull()
})

test('the difference is copied as unified text', async () => {
  const onCopy = vi.fn(() => Promise.resolve())
  render(<DiffView label="Changes" before={'a\n'} after={'b\n'} onCopy={onCopy} />)
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Copy difference' })))
  expect(onCopy).toHaveBeenCalledWith('@@ -1,1 +1,1 @@\n-a\n+b\n')
})

test('a very long difference is drawn in steps that the user asks for', () => {
  const many = Array.from({ length: 2500 }, (_, index) => `new ${index}`).join('\n')
  render(<DiffView label="Changes" before="" after={many} />)
  expect(texts()).toHaveLength(1000)
  expect(screen.getByText('1,500 lines left')).toBeTruthy()
  fireEvent.click(screen.getByText('Show 1000 more'))
  fireEvent.click(screen.getByText('Show 500 more'))
  expect(texts()).toHaveLength(2500)
  expect(screen.queryByText(/left$/)).toBeNull()
})

test('characters that cannot be seen are shown, and markup stays text', () => {
  render(<DiffView label="Changes" before="" after={'<img src=x>\u202e\r\0'} />)
  expect(screen.getByText('<img src=x>⟨U+202E⟩␍⟨U+0000⟩')).toBeTruthy()
  expect(document.querySelector('img')).toBeNull()
})
